package dev.kurator.backup.apis.managed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What is on the member. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VeleroInstallObservation(
    @Nullable @JsonPropertyDescription("The member's identity: UID of its kube-system namespace.")
        String memberIdentity,
    @Nullable @JsonPropertyDescription("Velero's namespace on the member.") String namespace,
    @Nullable @JsonPropertyDescription("Version of the running engine.") String version,
    @Nullable
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Nodes that should run a node-agent.")
        Integer nodeAgentsDesired,
    @Nullable
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Nodes whose node-agent is ready.")
        Integer nodeAgentsReady,
    @Nullable @JsonPropertyDescription("Name of the BackupStorageLocation on the member.")
        String storageLocation,
    @Nullable @JsonPropertyDescription("Phase of the BackupStorageLocation.")
        String storageLocationPhase,
    @Nullable
        @JsonPropertyDescription(
            "Whether this member has the repository password of the one in writerConfigRef, without"
                + " which it cannot read its volumes.")
        SharedPassword sharedPassword) {}
