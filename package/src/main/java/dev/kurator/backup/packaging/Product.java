package dev.kurator.backup.packaging;

import java.util.Optional;
import java.util.stream.Stream;

/** The packages of one release, in the order in which they are built and pushed. */
enum Product {
  /** The composition function. */
  FUNCTION("function", "function-fleet-backup", "apis", true),
  /** The provider with its CRDs. */
  PROVIDER("provider", "provider-velero", "crds", true),
  /** XRD and Composition; depends on the other two. */
  CONFIGURATION("configuration", "configuration-fleet-backup", "apis", false);

  private final String folder;
  private final String packageName;
  private final String objects;
  private final boolean program;

  Product(String folder, String packageName, String objects, boolean program) {
    this.folder = folder;
    this.packageName = packageName;
    this.objects = objects;
    this.program = program;
  }

  /** Folder of its sources below {@code package/}, and, of a program, of its Maven module. */
  String folder() {
    return folder;
  }

  /** Last segment of its repository, and its name in crossplane.yaml. */
  String packageName() {
    return packageName;
  }

  /** Folder beside crossplane.yaml with the objects that it installs; need not exist. */
  String objects() {
    return objects;
  }

  /** Whether it is also a runtime image. */
  boolean program() {
    return program;
  }

  /** The product that a repository such as {@code registry.example.org/org/name} holds, if ours. */
  static Optional<Product> ofRepository(String repository) {
    String last = repository.substring(repository.lastIndexOf('/') + 1);
    return Stream.of(values()).filter(product -> product.packageName.equals(last)).findFirst();
  }
}
