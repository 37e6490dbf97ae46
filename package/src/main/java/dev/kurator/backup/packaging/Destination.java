package dev.kurator.backup.packaging;

/**
 * Where packages are pushed to, or how the cluster names that place.
 *
 * @param registry host with optional port
 * @param path organisation, possibly nested; empty at the registry's root
 */
record Destination(String registry, String path) {

  private static final int LABEL_LENGTH = 63;

  /**
   * Reads {@code HOST[:PORT][/ORG]}.
   *
   * @throws IllegalArgumentException when there is no host
   */
  static Destination parse(String text) {
    String trimmed = text.replaceFirst("/+$", "");
    int slash = trimmed.indexOf('/');
    String registry = slash < 0 ? trimmed : trimmed.substring(0, slash);
    if (registry.isEmpty() || text.contains("://")) {
      throw new IllegalArgumentException("\"" + text + "\" is not HOST[:PORT][/ORG]");
    }
    return new Destination(registry, slash < 0 ? "" : trimmed.substring(slash + 1));
  }

  /** The product's repository path, without the registry. */
  String repositoryPath(Product product) {
    return path.isEmpty() ? product.packageName() : path + "/" + product.packageName();
  }

  /** The product's whole repository name, without tag. */
  String repository(Product product) {
    return registry + "/" + repositoryPath(product);
  }

  /**
   * The name that Crossplane gives the object when it installs the product as a dependency: the
   * repository path as a DNS label (crossplane-runtime, {@code xpkg.ToDNSLabel}).
   */
  String objectName(Product product) {
    String repository = repositoryPath(product);
    StringBuilder label = new StringBuilder();
    for (int i = 0; i < Math.min(repository.length(), LABEL_LENGTH); i++) {
      char c = repository.charAt(i);
      boolean edge = i == 0 || i == LABEL_LENGTH - 1 || i == repository.length() - 1;
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        label.append(c);
      } else if ("./:-".indexOf(c) >= 0 && !edge) {
        label.append('-');
      }
    }
    return label.toString().replaceAll("^-+|-+$", "");
  }

  /** Whether Crossplane takes package names of this registry: it wants a dot in the host. */
  boolean acceptedByCrossplane() {
    return registry.contains(".");
  }

  /** Whether plain HTTP may be tried: this machine or a private network. */
  boolean isPrivate() {
    String host = registry.replaceFirst(":\\d+$", "");
    return host.equals("localhost")
        || host.matches("127(\\.\\d+){3}|10(\\.\\d+){3}|192\\.168(\\.\\d+){2}")
        || host.matches("172\\.(1[6-9]|2\\d|3[01])(\\.\\d+){2}");
  }
}
