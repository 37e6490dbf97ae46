package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where backups may go. */
final class StorageRules {

  /** Settings of Velero's plugins that a claim may make; those that name files are not here. */
  static final Map<StorageProvider, List<String>> CONFIG_KEYS =
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

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]*");
  private static final Pattern S3_URL = Pattern.compile("https?://[^/?#@ ]+/?");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern SECRET = Pattern.compile(Syntax.DNS_SUBDOMAIN);
  // Velero cleans paths: a folder `..` would put one member's backups among another's.
  private static final Pattern PREFIX =
      Pattern.compile("(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");

  private StorageRules() {}

  static void check(Storage storage, Problems problems) {
    checkLocation(storage.location(), "spec.storage.location", problems);
    problems.requireSyntax(
        storage.credentials(),
        SECRET,
        253,
        "spec.storage.credentials",
        "is not the name of a Secret; use lower-case letters, digits, '-' and '.'");
  }

  private static void checkLocation(StorageLocation location, String field, Problems problems) {
    problems.requireSyntax(
        location.bucket(), BUCKET, 222, field + ".bucket", "is not the name of a bucket");
    problems.requireSyntax(
        location.prefix(),
        PREFIX,
        256,
        field + ".prefix",
        "is not a folder; use letters, digits, '.', '_' and '-', with '/' between folders only,"
            + " and no folder called '.' or '..'");
    problems.requireSyntax(
        location.s3Url(),
        S3_URL,
        512,
        field + ".s3Url",
        "is not the address of an S3 server; write http:// or https://, host and port, no path");
    problems.requireSyntax(
        location.region(), REGION, 64, field + ".region", "is not the name of a region");
    if (location.provider() == StorageProvider.aws) {
      problems.require(
          location.region() != null || location.s3Url() != null,
          field,
          "provider aws needs region, or s3Url for another S3 server");
    } else {
      problems.require(
          location.region() == null && location.s3Url() == null,
          field,
          "s3Url and region belong to provider aws; remove them");
    }
    checkConfig(location, field + ".config", problems);
  }

  private static void checkConfig(StorageLocation location, String field, Problems problems) {
    List<String> allowed = CONFIG_KEYS.getOrDefault(location.provider(), List.of());
    for (String key : location.config().keySet()) {
      problems.require(
          allowed.contains(key),
          field,
          "\""
              + key
              + "\" is not allowed for provider "
              + location.provider()
              + "; allowed are "
              + String.join(", ", allowed));
    }
  }
}
