package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads what a backup holds from the bucket. */
final class FilterContents {

  private FilterContents() {}

  /**
   * Names of the files in a backup, in the order in which Velero took them.
   *
   * @param backup Velero's Backup, Completed or at least PartiallyFailed
   */
  static List<String> files(Bed bed, GenericKubernetesResource backup) {
    assertThat(State.phase(backup))
        .as("%s: %s", backup.getMetadata().getName(), State.describe(backup))
        .isIn("Completed", "PartiallyFailed");
    return files(bed.store().read(Example.BUCKET, folder(bed, backup) + ".tar.gz"));
  }

  private static String folder(Bed bed, GenericKubernetesResource backup) {
    String location = State.text(backup, "spec", "storageLocation");
    String prefix =
        State.text(
            Kind.VELERO_IO_LOCATION
                .on(bed.paris().client())
                .inNamespace(Member.VELERO)
                .withName(location)
                .get(),
            "spec",
            "objectStorage",
            "prefix");
    String name = backup.getMetadata().getName();
    return prefix + "/backups/" + name + "/" + name;
  }

  private static List<String> files(byte[] tarball) {
    List<String> names = new ArrayList<>();
    try (var in =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(tarball)))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
