package dev.kurator.backup.apis.claim;

import java.util.List;
import java.util.Map;

/** What a storage location may say: for the schemas, and for both programs once more. */
public final class LocationSyntax {

  /** Name of a bucket; 222 characters at most. */
  public static final String BUCKET = "^[A-Za-z0-9][-A-Za-z0-9._]*$";

  /** Longest name of a bucket. */
  public static final int LONGEST_BUCKET = 222;

  /** Address of an S3 server, without a path. */
  public static final String S3_URL = "^https?://[^/?#@ ]+/?$";

  /** Longest address of an S3 server. */
  public static final int LONGEST_S3_URL = 512;

  /** Region of a bucket. */
  public static final String REGION = "^[A-Za-z0-9-]+$";

  /** Longest name of a region. */
  public static final int LONGEST_REGION = 64;

  /**
   * Folders in a bucket. Velero cleans paths: a folder {@code ..} would put one member's backups
   * among another's.
   */
  public static final String PREFIX =
      "^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$";

  /** Longest path of folders that a claim may give. */
  public static final int LONGEST_PREFIX = 256;

  /** Longest path of a member's own folder: behind the claim's, namespace and member have room. */
  public static final int LONGEST_FOLDER = 640;

  /** Settings of Velero's plugins that may be made; those that name files are not here. */
  public static final Map<StorageProvider, List<String>> CONFIG_KEYS =
      Map.of(
          StorageProvider.aws,
          List.of(
              "s3ForcePathStyle",
              "publicUrl",
              "insecureSkipTLSVerify",
              "profile",
              "kmsKeyId",
              "serverSideEncryption",
              "signatureVersion",
              "tagging",
              "checksumAlgorithm"),
          StorageProvider.azure,
          List.of(
              "resourceGroup",
              "storageAccount",
              "storageAccountKeyEnvVar",
              "subscriptionId",
              "storageAccountURI",
              "useAAD",
              "activeDirectoryAuthorityURI",
              "blockSizeInBytes"),
          StorageProvider.gcp,
          List.of("serviceAccount", "kmsKeyName", "storeEndpoint", "universeDomain"));

  private LocationSyntax() {}
}
