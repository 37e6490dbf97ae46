package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

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
    String configured = settings.plugins().get(provider.name());
    if (configured != null) {
      return configured;
    }
    return switch (provider) {
      case aws -> "velero/velero-plugin-for-aws:v1.14.3";
      case azure -> "velero/velero-plugin-for-microsoft-azure:v1.14.0";
      case gcp -> "velero/velero-plugin-for-gcp:v1.14.2";
    };
  }
}
