package dev.kurator.backup.apis.claim;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A backup and the point in time that it brings back. */
public record BackupMoment(
    @JsonPropertyDescription("Name of Velero's Backup on the member.") String name,
    @JsonPropertyDescription("When Velero began: what was written later is not in it.")
        String startTimestamp) {}
