package dev.kurator.backup.test.cluster;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The S3 server of the bed; a folder of its disk is a bucket. */
final class ObjectStore {

  private static final int PORT = 7070;

  /** What S3 clients assume of a server that they know by URL alone. */
  private static final String REGION = "us-east-1";

  private static final String DATA = "/data";
  private static final String ACCESS_KEY = "bed";
  private static final String SECRET_KEY = "bed-secret-key";

  private final GenericContainer<?> container;

  private ObjectStore(GenericContainer<?> container) {
    this.container = container;
  }

  /** Starts the server with no bucket. */
  static ObjectStore start(Map<String, String> labels) {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("versity/versitygw:v1.8.0"))
            .withCommand("--port", ":" + PORT, "--region", REGION, "posix", "--nometa", DATA)
            .withEnv("ROOT_ACCESS_KEY", ACCESS_KEY)
            .withEnv("ROOT_SECRET_KEY", SECRET_KEY)
            .withCreateContainerCmdModifier(command -> command.withVolumes(new Volume(DATA)))
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/").forStatusCodeMatching(code -> code < 500));
    Containers.start(container, "store", labels);
    return new ObjectStore(container);
  }

  /** Its URL for members. */
  String url() {
    return "http://" + Containers.address(container) + ":" + PORT;
  }

  /** Makes an empty bucket. */
  void bucket(String name) {
    try {
      MountableFile empty = MountableFile.forHostPath(Files.createTempDirectory("bucket"));
      container.copyFileToContainer(empty, DATA + "/" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of an object; fails when there is none. */
  byte[] read(String bucket, String key) {
    return container.copyFileFromContainer(
        DATA + "/" + bucket + "/" + key, InputStream::readAllBytes);
  }

  /**
   * All objects below a folder of a bucket.
   *
   * @return keys with a digest of the bytes; empty when there is no such folder
   */
  SortedMap<String, String> objects(String bucket, String folder) {
    SortedMap<String, String> objects = new TreeMap<>();
    try (TarArchiveInputStream archive =
        new TarArchiveInputStream(
            container
                .getDockerClient()
                .copyArchiveFromContainerCmd(
                    container.getContainerId(), DATA + "/" + bucket + "/" + folder)
                .exec())) {
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        if (entry.isFile()) {
          objects.put(entry.getName(), DigestUtils.sha256Hex(archive));
        }
      }
    } catch (NotFoundException e) {
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }

  /** The one part of the credentials that nobody may see. */
  static String secretKey() {
    return SECRET_KEY;
  }

  /** A credentials file that the server accepts. */
  String credentials() {
    return credentials(SECRET_KEY);
  }

  /** A credentials file that the server refuses. */
  String wrongCredentials() {
    return credentials("not-" + SECRET_KEY);
  }

  private static String credentials(String secretKey) {
    return """
    [default]
    aws_access_key_id=%s
    aws_secret_access_key=%s
    """
        .formatted(ACCESS_KEY, secretKey);
  }
}
