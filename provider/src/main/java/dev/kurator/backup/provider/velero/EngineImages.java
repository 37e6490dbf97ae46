package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which images an engine runs. */
public final class EngineImages {

  /** The Velero version that this release is tested with. */
  public static final String DEFAULT_VERSION = "v1.18.3";

  private static final String DEFAULT_REPOSITORY = "velero/velero";

  private EngineImages() {}

  /** The wanted version, with its {@code v}. */
  public static String version(EngineSettings settings) {
    return Objects.requireNonNullElse(settings.version(), DEFAULT_VERSION);
  }

  /** Image of the server and the node-agent, with tag. */
  public static String velero(EngineSettings settings) {
    return Objects.requireNonNullElse(settings.image(), DEFAULT_REPOSITORY)
        + ":"
        + version(settings);
  }

  /**
   * Images of the object store plugins, with tags, sorted, so that the order in which claims arrive
   * never restarts the engine.
   *
   * @param providers the object stores of every VeleroInstall on the member
   */
  public static List<String> plugins(EngineSettings settings, Set<StorageProvider> providers) {
    return providers.stream().map(provider -> plugin(settings, provider)).sorted().toList();
  }

  /**
   * The object stores that a pod of the server has plugins for.
   *
   * @param settings where other images than the usual ones are named; versions may differ
   */
  static Set<StorageProvider> providers(PodSpec pod, EngineSettings settings) {
    Set<String> containers =
        pod.getInitContainers().stream()
            .map(Container::getName)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return Stream.of(StorageProvider.values())
        .filter(
            provider ->
                containers.contains(containerName(plugin(settings, provider)))
                    || containers.contains(containerName(usualPlugin(provider))))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A container name for a plugin's image: its path without host and tag, as Velero does it. */
  static String containerName(String image) {
    String path = image.replaceFirst("@.*$", "").replaceFirst(":[^:/]*$", "");
    if (path.chars().filter(c -> c == '/').count() > 1) {
      path = path.substring(path.indexOf('/') + 1);
    }
    String name = path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    // the end tells plugins apart
    String end = name.substring(Math.max(0, name.length() - 63));
    return end.replaceAll("^-+|-+$", "");
  }

  private static String plugin(EngineSettings settings, StorageProvider provider) {
    return settings.plugins().getOrDefault(provider.name(), usualPlugin(provider));
  }

  private static String usualPlugin(StorageProvider provider) {
    return switch (provider) {
      case aws -> "velero/velero-plugin-for-aws:v1.14.3";
      case azure -> "velero/velero-plugin-for-microsoft-azure:v1.14.0";
      case gcp -> "velero/velero-plugin-for-gcp:v1.14.2";
    };
  }
}
