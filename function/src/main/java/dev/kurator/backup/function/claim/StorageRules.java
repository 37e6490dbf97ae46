package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.LocationSyntax;
import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.List;
import java.util.regex.Pattern;

/** Where backups may go. */
final class StorageRules {

  private static final Pattern BUCKET = Pattern.compile(LocationSyntax.BUCKET);
  private static final Pattern S3_URL = Pattern.compile(LocationSyntax.S3_URL);
  private static final Pattern REGION = Pattern.compile(LocationSyntax.REGION);
  private static final Pattern PREFIX = Pattern.compile(LocationSyntax.PREFIX);
  private static final Pattern SECRET = Pattern.compile(Syntax.DNS_SUBDOMAIN);

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
        location.bucket(),
        BUCKET,
        LocationSyntax.LONGEST_BUCKET,
        field + ".bucket",
        "is not the name of a bucket");
    problems.requireSyntax(
        location.prefix(),
        PREFIX,
        LocationSyntax.LONGEST_PREFIX,
        field + ".prefix",
        "is not a folder; use letters, digits, '.', '_' and '-', with '/' between folders only,"
            + " and no folder that begins with '.'");
    problems.requireSyntax(
        location.s3Url(),
        S3_URL,
        LocationSyntax.LONGEST_S3_URL,
        field + ".s3Url",
        "is not the address of an S3 server; write http:// or https://, host and port, no path");
    problems.requireSyntax(
        location.region(),
        REGION,
        LocationSyntax.LONGEST_REGION,
        field + ".region",
        "is not the name of a region");
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
    List<String> allowed = LocationSyntax.CONFIG_KEYS.getOrDefault(location.provider(), List.of());
    for (String key : location.config().keySet()) {
      problems.require(
          allowed.contains(key),
          field,
          Problems.shown(key)
              + " is not allowed for provider "
              + location.provider()
              + "; allowed are "
              + String.join(", ", allowed));
    }
  }
}
