package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files in examples, as a user copies them.
 *
 * @param root the project's root folder
 */
record Example(Path root) {

  /** Namespace of the claim. */
  static final String NAMESPACE = "team-shop";

  /** Name of the claim. */
  static final String NAME = "before-upgrade";

  /** Name of the Secret beside the claim. */
  static final String CREDENTIALS = "bucket-credentials";

  /** The bucket it writes to. */
  static final String BUCKET = "backups";

  /** Namespace on the members that it backs up. */
  static final String WORKLOAD = "shop";

  /** The claim, with the bed's object store in the place of the one it names. */
  String claim(ObjectStore store) {
    return read("backup", "claim.yaml").replaceAll("s3Url: .*", "s3Url: " + store.url());
  }

  /**
   * The claim of any example, as a user changes it for a namespace of claims and a workload of his
   * own.
   *
   * @param folder of the example
   * @param claims namespace in the place of {@link #NAMESPACE}
   * @param workload namespace in the place of {@link #WORKLOAD}, and the name of its policy
   */
  String claim(String folder, String claims, String workload, ObjectStore store) {
    return read(folder, "claim.yaml")
        .replaceAll("s3Url: .*", "s3Url: " + store.url())
        .replaceAll("(?<!team-)\\bshop\\b", workload)
        .replace(NAMESPACE, claims);
  }

  /** The registration of two members. */
  String members() {
    return read("backup", "members.yaml");
  }

  /**
   * How a package's program is to run.
   *
   * @param program provider or function
   */
  String runtime(String program) {
    return read("runtime", program + ".yaml");
  }

  /** What refuses to delete a claim whose edit to Retain has not arrived. */
  String deletionPolicy() {
    return read("deletion-policy", "policy.yaml");
  }

  private String read(String folder, String file) {
    try {
      return Files.readString(root.resolve("examples").resolve(folder).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
