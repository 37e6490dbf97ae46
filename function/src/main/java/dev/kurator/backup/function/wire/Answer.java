package dev.kurator.backup.function.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.render.ClaimCondition;
import dev.kurator.backup.function.render.Composed;
import dev.kurator.backup.function.render.Notice;
import dev.kurator.backup.function.render.Rendering;
import dev.kurator.crossplane.fn.v1.Condition;
import dev.kurator.crossplane.fn.v1.Ready;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.Result;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import dev.kurator.crossplane.fn.v1.Severity;
import dev.kurator.crossplane.fn.v1.Status;
import dev.kurator.crossplane.fn.v1.Target;
import java.util.List;

/** A response in the making. */
final class Answer {

  /** What we own of the composite's status: everything else belongs to other functions. */
  private static final List<String> STATUS_FIELDS = List.of("phase", "summary", "backupDetails");

  private static final Duration DEFAULT_TTL = Duration.newBuilder().setSeconds(60).build();

  private final RunFunctionResponse.Builder response;

  private Answer(RunFunctionResponse.Builder response) {
    this.response = response;
  }

  /** Begins with what the request brought: its tag, and the desired state and context so far. */
  static Answer to(RunFunctionRequest request) {
    RunFunctionResponse.Builder response =
        RunFunctionResponse.newBuilder().setDesired(request.getDesired());
    response.getMetaBuilder().setTag(request.getMeta().getTag()).setTtl(DEFAULT_TTL);
    if (request.hasContext()) {
      response.setContext(request.getContext());
    }
    return new Answer(response);
  }

  /** Ends the pipeline: nothing is applied, so nothing is lost either. */
  void refuse(String message) {
    response.addResults(
        Result.newBuilder()
            .setSeverity(Severity.SEVERITY_FATAL)
            .setMessage(message)
            .setTarget(Target.TARGET_COMPOSITE_AND_CLAIM));
  }

  void require(Requirements requirements) {
    response.setRequirements(requirements);
  }

  void add(Rendering rendering) {
    rendering
        .resources()
        .forEach(
            (key, composed) -> response.getDesiredBuilder().putResources(key, write(composed)));
    addStatus(Structs.toStruct(Records.write(rendering.status())), rendering.ready());
    rendering.conditions().forEach(condition -> response.addConditions(write(condition)));
    rendering.notices().forEach(notice -> response.addResults(write(notice)));
    response.getMetaBuilder().setTtl(Duration.newBuilder().setSeconds(rendering.ttl().toSeconds()));
  }

  RunFunctionResponse build() {
    return response.build();
  }

  private void addStatus(Struct ours, boolean ready) {
    Resource.Builder composite = response.getDesiredBuilder().getCompositeBuilder();
    Struct.Builder status =
        composite
            .getResource()
            .getFieldsOrDefault("status", Value.getDefaultInstance())
            .getStructValue()
            .toBuilder();
    STATUS_FIELDS.forEach(status::removeFields);
    status.putAllFields(ours.getFieldsMap());
    composite
        .getResourceBuilder()
        .putFields("apiVersion", text(ClaimReader.API_VERSION))
        .putFields("kind", text(ClaimReader.KIND))
        .putFields("status", Value.newBuilder().setStructValue(status).build());
    // Always said, because Crossplane takes a composite without composed resources for ready.
    composite.setReady(ready ? Ready.READY_TRUE : Ready.READY_FALSE);
  }

  private static Resource write(Composed composed) {
    Struct.Builder labels = Struct.newBuilder();
    composed.labels().forEach((key, value) -> labels.putFields(key, text(value)));
    Struct metadata =
        Struct.newBuilder()
            .putFields("labels", Value.newBuilder().setStructValue(labels).build())
            .putFields("name", text(composed.name()))
            .putFields("namespace", text(composed.namespace()))
            .build();
    Struct spec = Structs.toStruct(Records.write(composed.spec()));
    return Resource.newBuilder()
        .setReady(composed.ready() ? Ready.READY_TRUE : Ready.READY_FALSE)
        .setResource(
            Struct.newBuilder()
                .putFields("apiVersion", text(Names.GROUP + "/" + Names.VERSION))
                .putFields("kind", text(composed.kind()))
                .putFields("metadata", Value.newBuilder().setStructValue(metadata).build())
                .putFields("spec", Value.newBuilder().setStructValue(spec).build()))
        .build();
  }

  private static Condition write(ClaimCondition condition) {
    Status status =
        switch (condition.status()) {
          case True -> Status.STATUS_CONDITION_TRUE;
          case False -> Status.STATUS_CONDITION_FALSE;
          case Unknown -> Status.STATUS_CONDITION_UNKNOWN;
        };
    return Condition.newBuilder()
        .setType(condition.type())
        .setStatus(status)
        .setReason(condition.reason())
        .setMessage(condition.message())
        .setTarget(Target.TARGET_COMPOSITE_AND_CLAIM)
        .build();
  }

  private static Result write(Notice notice) {
    return Result.newBuilder()
        .setSeverity(notice.warning() ? Severity.SEVERITY_WARNING : Severity.SEVERITY_NORMAL)
        .setReason(notice.reason())
        .setMessage(notice.message())
        .setTarget(Target.TARGET_COMPOSITE_AND_CLAIM)
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
