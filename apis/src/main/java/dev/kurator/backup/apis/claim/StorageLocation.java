package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket, as Velero's BackupStorageLocation describes it (velero pkg/apis/velero/v1). */
@ValidationRule(
    value = "self.provider == 'aws' || (!has(self.s3Url) && !has(self.region))",
    message = "s3Url and region belong to provider aws")
@ValidationRule(
    value = "self.provider != 'aws' || has(self.region) || has(self.s3Url)",
    message = "provider aws needs region, or s3Url for another S3 server")
@ValidationRule(
    value =
        "!has(self.config) || self.config.all(k, k in (self.provider == 'aws' ?"
            + " ['s3ForcePathStyle','publicUrl','insecureSkipTLSVerify','profile','kmsKeyId',"
            + "'serverSideEncryption','signatureVersion','tagging','checksumAlgorithm'] :"
            + " self.provider == 'azure' ? ['resourceGroup','storageAccount',"
            + "'storageAccountKeyEnvVar','subscriptionId','storageAccountURI','useAAD',"
            + "'activeDirectoryAuthorityURI','blockSizeInBytes'] :"
            + " ['serviceAccount','kmsKeyName','storeEndpoint','universeDomain']))",
    message =
        "config has a key that is not allowed; allowed are aws: s3ForcePathStyle, publicUrl,"
            + " insecureSkipTLSVerify, profile, kmsKeyId, serverSideEncryption, signatureVersion,"
            + " tagging, checksumAlgorithm; azure: resourceGroup, storageAccount,"
            + " storageAccountKeyEnvVar, subscriptionId, storageAccountURI, useAAD,"
            + " activeDirectoryAuthorityURI, blockSizeInBytes; gcp: serviceAccount, kmsKeyName,"
            + " storeEndpoint, universeDomain")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StorageLocation(
    @Required
        @Size(min = 1, max = LocationSyntax.LONGEST_BUCKET)
        @Pattern(LocationSyntax.BUCKET)
        @JsonPropertyDescription("Name of the bucket (azure: the container).")
        String bucket,
    @Required @JsonPropertyDescription("aws (any S3), azure or gcp.") StorageProvider provider,
    @Nullable
        @Size(max = LocationSyntax.LONGEST_S3_URL)
        @Pattern(LocationSyntax.S3_URL)
        @JsonPropertyDescription(
            "aws only: address of the S3 server, without a path, as the members reach it.")
        String s3Url,
    @Nullable
        @Size(min = 1, max = LocationSyntax.LONGEST_REGION)
        @Pattern(LocationSyntax.REGION)
        @JsonPropertyDescription("aws only: region of the bucket.")
        String region,
    @Nullable
        @Size(min = 1, max = LocationSyntax.LONGEST_FOLDER)
        @Pattern(LocationSyntax.PREFIX)
        @JsonPropertyDescription(
            "Folder in the bucket, no part of which begins with a dot; every member writes below"
                + " it, under <claim namespace>/<member>.")
        String prefix,
    @Size(max = 16)
        @JsonPropertyDescription(
            "More settings of Velero's object store plugin, by their plugin names.")
        Map<String, @Size(max = 512) String> config) {

  /** Null maps become empty. */
  public StorageLocation {
    config = Absent.orEmpty(config);
  }

  /**
   * This bucket seen under another folder.
   *
   * @param prefix the whole folder path, without slashes at its ends
   * @return a location that differs only in its prefix
   */
  public StorageLocation under(String prefix) {
    return new StorageLocation(bucket, provider, s3Url, region, prefix, config);
  }
}
