package dev.kurator.backup.function.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.claim.Destination;
import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.function.wire.struct.StructWriter;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.Resources;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Answers for a claim that is nobody's, so that the first call from outside finds every class
 * loaded. Done beside the start of the server, it costs that no time.
 */
public final class FirstCall {

  private static final BackupSpec SPEC =
      new BackupSpec(
          new Storage(
              new StorageLocation("bucket", StorageProvider.aws, null, "region", null, Map.of()),
              "credentials"),
          null,
          null,
          new Destination("fleet", null),
          List.of(),
          null,
          null);

  private FirstCall() {}

  /** Goes through a claim's first minute: just applied, its members listed, its work observed. */
  public static RunFunctionResponse make() {
    Runner runner = new Runner(InstantSource.system());
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    StructWriter claim = new StructWriter();
    claim.field("spec", SPEC);
    request.getObservedBuilder().setComposite(object(claim, ClaimKind.Backup.name(), "claim"));
    RunFunctionResponse response = answer(runner, request);
    response
        .getRequirements()
        .getResourcesMap()
        .forEach(
            (key, selector) ->
                request.putRequiredResources(
                    key,
                    Resources.newBuilder()
                        .addItems(
                            object(new StructWriter(), selector.getKind(), selector.getKind()))
                        .build()));
    response = answer(runner, request);
    request.getObservedBuilder().putAllResources(response.getDesired().getResourcesMap());
    return answer(runner, request);
  }

  private static Resource object(StructWriter fields, String kind, String name) {
    fields.field("metadata", Map.of("name", name, "namespace", "namespace"));
    fields.field("kind", kind);
    fields.field("apiVersion", ClaimKind.API_VERSION);
    return Resource.newBuilder().setResource(fields.take()).build();
  }

  private static RunFunctionResponse answer(Runner runner, RunFunctionRequest.Builder request) {
    try {
      RunFunctionRequest sent = RunFunctionRequest.parseFrom(request.build().toByteArray());
      return RunFunctionResponse.parseFrom(runner.run(sent).toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("protobuf does not read what it writes", e);
    }
  }
}
