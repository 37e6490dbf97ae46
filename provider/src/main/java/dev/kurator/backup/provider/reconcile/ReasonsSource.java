package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.member.Download;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.Downloads;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.Results;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where Velero's own words about an operation are: in the object store, to which Velero signs an
 * address on request.
 *
 * @param target the member
 * @param kind of Velero's object
 * @param name of Velero's object
 * @param location its backup storage location, empty where that is not known
 * @param insecure whether the store's certificate is not looked at
 */
record ReasonsSource(
    Target.Reached target, VeleroKind kind, String name, String location, boolean insecure) {

  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
  private static final Duration SIGNING = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(300);

  /** Of Velero's object of that kind and name, which an operation made. */
  static ReasonsSource of(Footing footing, VeleroKind kind, String name) {
    VeleroInstall install = footing.install();
    return new ReasonsSource(
        footing.target(),
        kind,
        name,
        install == null ? "" : footing.location(),
        install != null
            && "true"
                .equals(
                    install
                        .getSpec()
                        .forProvider()
                        .location()
                        .config()
                        .get("insecureSkipTLSVerify")));
  }

  List<String> without(String why) {
    return without(why, kind, name, target.name());
  }

  /** The words, or why there are none: asks a few times and may take a while. */
  List<String> fetch() throws InterruptedException {
    String why = "";
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) {
        Thread.sleep(BETWEEN_TRIES);
      }
      try {
        List<String> words = attempt();
        // Velero counts what it logged, and may keep no words of it
        return words.isEmpty() ? without("there are none") : words;
      } catch (Download.Failed e) {
        why = String.valueOf(e.getMessage());
        if (!e.passing()) {
          break;
        }
      } catch (MemberApiException e) {
        why = e.text();
      }
    }
    return without(why);
  }

  private List<String> attempt() throws Download.Failed, InterruptedException {
    GenericKubernetesResource request =
        Downloads.results(
            "kurator-" + Long.toHexString(System.nanoTime()) + "-" + name,
            kind,
            name,
            target.namespace());
    target.cluster().create(request);
    try {
      byte[] credentials = credentials();
      return Download.read(
          url(request, credentials), insecure, file -> Results.reasons(file, credentials));
    } finally {
      target.cluster().delete(request);
    }
  }

  private String url(GenericKubernetesResource request, byte[] credentials)
      throws Download.Failed, InterruptedException {
    long end = System.nanoTime() + SIGNING.toNanos();
    while (System.nanoTime() < end) {
      Optional<GenericKubernetesResource> answered =
          target
              .cluster()
              .get(VeleroKind.DownloadRequest, target.namespace(), request.getMetadata().getName());
      Optional<String> failure = answered.flatMap(seen -> Downloads.failure(seen, credentials));
      if (failure.isPresent()) {
        throw new Download.Failed("Velero signs no address for it: " + failure.get(), false);
      }
      Optional<String> url = answered.flatMap(Downloads::url);
      if (url.isPresent()) {
        return url.get();
      }
      Thread.sleep(LOOK);
    }
    throw new Download.Failed("Velero does not answer the DownloadRequest", true);
  }

  /** The member's own copy: the hub's Secret may be gone. */
  private byte[] credentials() {
    if (location.isEmpty()) {
      return new byte[0];
    }
    return target
        .cluster()
        .get(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(target.namespace())
                .withName(location)
                .endMetadata()
                .build())
        .map(Secret::getData)
        .map(data -> data.get(Location.CREDENTIALS_KEY))
        .map(text -> Base64.getDecoder().decode(text))
        .orElse(new byte[0]);
  }

  /** What stands in the place of words that could not be had. */
  static List<String> without(String why, VeleroKind kind, String name, String member) {
    return List.of(
        "Velero's reasons could not be fetched from the object store: %s; see `velero %s describe %s --details` on %s"
            .formatted(why, kind.name().toLowerCase(Locale.ROOT), name, member));
  }
}
