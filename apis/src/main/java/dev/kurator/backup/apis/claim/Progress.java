package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Velero's BackupProgress. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    @Nullable @JsonPropertyDescription("Objects to back up, growing while they are found.")
        Long totalItems,
    @Nullable @JsonPropertyDescription("Objects backed up so far.") Long itemsBackedUp) {}
