package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Velero's RestoreProgress. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreProgress(
    @Nullable @JsonPropertyDescription("Objects to restore, growing while they are found.")
        Long totalItems,
    @Nullable @JsonPropertyDescription("Objects restored so far.") Long itemsRestored) {}
