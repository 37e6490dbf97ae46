package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to take: Velero's own filters (proposal: {@code resourceFilter}). */
@ValidationRule(
    value = "!(has(self.labelSelector) && has(self.orLabelSelectors))",
    message = "labelSelector and orLabelSelectors exclude each other; use one of them")
@ValidationRule(
    value =
        "!((has(self.includedResources) || has(self.excludedResources) ||"
            + " has(self.includeClusterResources)) &&"
            + " (has(self.includedClusterScopedResources) ||"
            + " has(self.excludedClusterScopedResources) ||"
            + " has(self.includedNamespaceScopedResources) ||"
            + " has(self.excludedNamespaceScopedResources)))",
    message =
        "includedResources, excludedResources and includeClusterResources cannot be combined with"
            + " the ...ClusterScopedResources and ...NamespaceScopedResources filters; use one"
            + " family")
@ValidationRule(value = FilterSyntax.NAMESPACES_RULE, message = FilterSyntax.NAMESPACES_MESSAGE)
@ValidationRule(value = FilterSyntax.EVERYTHING_RULE, message = FilterSyntax.EVERYTHING_MESSAGE)
@ValidationRule(value = FilterSyntax.NOTHING_RULE, message = FilterSyntax.NOTHING_MESSAGE)
@ValidationRule(
    value = FilterSyntax.NOTHING_SCOPED_RULE,
    message = FilterSyntax.NOTHING_SCOPED_MESSAGE)
@ValidationRule(value = FilterSyntax.OVERLAP_RULE, message = FilterSyntax.OVERLAP_MESSAGE)
@ValidationRule(value = FilterSyntax.OVERLAP_SCOPED_RULE, message = FilterSyntax.OVERLAP_MESSAGE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourceFilter(
    @Size(max = 64)
        @JsonPropertyDescription("Namespaces to take, by name or glob; absent = all of them.")
        List<@Size(min = 1, max = 63) String> includedNamespaces,
    @Size(max = 64) @JsonPropertyDescription("Namespaces to leave out, by name or glob.")
        List<@Size(min = 1, max = 63) String> excludedNamespaces,
    @Size(max = 64)
        @JsonPropertyDescription("Kinds to take, as resource or resource.group; absent = all.")
        List<@Size(min = 1, max = 253) String> includedResources,
    @Size(max = 64) @JsonPropertyDescription("Kinds to leave out, as resource or resource.group.")
        List<@Size(min = 1, max = 253) String> excludedResources,
    @Nullable
        @JsonPropertyDescription(
            "Whether cluster-scoped objects are taken; absent = those that taken objects need.")
        Boolean includeClusterResources,
    @Size(max = 64) @JsonPropertyDescription("Cluster-scoped kinds to take.")
        List<@Size(min = 1, max = 253) String> includedClusterScopedResources,
    @Size(max = 64) @JsonPropertyDescription("Cluster-scoped kinds to leave out.")
        List<@Size(min = 1, max = 253) String> excludedClusterScopedResources,
    @Size(max = 64) @JsonPropertyDescription("Namespaced kinds to take.")
        List<@Size(min = 1, max = 253) String> includedNamespaceScopedResources,
    @Size(max = 64) @JsonPropertyDescription("Namespaced kinds to leave out.")
        List<@Size(min = 1, max = 253) String> excludedNamespaceScopedResources,
    @Nullable @JsonPropertyDescription("Only objects that match; excludes orLabelSelectors.")
        LabelSelector labelSelector,
    @Size(max = 16)
        @JsonPropertyDescription("Objects that match any of these; excludes labelSelector.")
        List<LabelSelector> orLabelSelectors) {

  /** Null lists become empty. */
  public ResourceFilter {
    includedNamespaces = Absent.orEmpty(includedNamespaces);
    excludedNamespaces = Absent.orEmpty(excludedNamespaces);
    includedResources = Absent.orEmpty(includedResources);
    excludedResources = Absent.orEmpty(excludedResources);
    includedClusterScopedResources = Absent.orEmpty(includedClusterScopedResources);
    excludedClusterScopedResources = Absent.orEmpty(excludedClusterScopedResources);
    includedNamespaceScopedResources = Absent.orEmpty(includedNamespaceScopedResources);
    excludedNamespaceScopedResources = Absent.orEmpty(excludedNamespaceScopedResources);
    orLabelSelectors = Absent.orEmpty(orLabelSelectors);
  }
}
