package dev.kurator.backup.function.wire;

import com.google.protobuf.Duration;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.LocationName;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.function.render.ClaimCondition;
import dev.kurator.backup.function.render.Composed;
import dev.kurator.backup.function.render.Notice;
import dev.kurator.backup.function.render.Rendering;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.backup.function.wire.struct.StructWriter;
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
import java.util.Map;
import java.util.TreeMap;

/** A response in the making. */
final class Answer {

  private static final List<String> COMPOSITE_FIELDS = List.of("apiVersion", "kind", "status");

  private static final List<String> OUR_LABELS =
      List.of(
          Names.CLAIM_KIND_LABEL,
          Names.CLAIM_NAMESPACE_LABEL,
          Names.CLAIM_NAME_LABEL,
          Names.POLICY_LABEL);

  private static final Map<String, String> RETAIN =
      Map.of(ObservedReader.DELETION_POLICY, DeletionPolicy.Retain.name());

  private static final Duration DEFAULT_TTL = Duration.newBuilder().setSeconds(60).build();

  private final RunFunctionResponse.Builder response;
  private final StructWriter writer = new StructWriter();

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
    response.mergeRequirements(requirements);
  }

  void add(ClaimKind kind, Rendering rendering) throws UnreadableException {
    addStatus(kind, rendering.report().status(), rendering.ready());
    rendering
        .resources()
        .forEach(
            (key, composed) -> response.getDesiredBuilder().putResources(key, write(composed)));
    rendering.conditions().forEach(condition -> response.addConditions(write(condition)));
    rendering.notices().forEach(notice -> response.addResults(write(notice)));
    response.getMetaBuilder().setTtl(Duration.newBuilder().setSeconds(rendering.ttl().toSeconds()));
  }

  /**
   * Keeps resources as they are, by key: of each what this function renders, whatever it says.
   *
   * @param deletesData whether the claim says Delete; where it does not, neither does a resource
   */
  void keep(Map<String, StructBytes> observed, boolean deletesData) throws UnreadableException {
    Map<String, String> instead = deletesData ? Map.of() : RETAIN;
    for (Map.Entry<String, StructBytes> one : observed.entrySet()) {
      try {
        response.getDesiredBuilder().putResources(one.getKey(), copy(one.getValue(), instead));
      } catch (MalformedException e) {
        throw new UnreadableException("cannot keep the observed " + one.getKey(), e);
      }
    }
  }

  private Resource copy(StructBytes observed, Map<String, String> instead)
      throws MalformedException {
    StructBytes metadata = observed.struct("metadata");
    int spec = writer.mark();
    writer.copy(observed.struct("spec"), "providerConfigRef");
    writer.copy(observed.struct("spec"), "forProvider", instead);
    writer.struct(spec);
    writer.field("spec", spec);
    int end = writer.mark();
    writer.copy(metadata, "namespace");
    writer.copy(metadata, "name");
    String location = metadata.struct("annotations").text(Names.EXTERNAL_NAME);
    if (observed.text("kind").equals("VeleroInstall") && !location.isEmpty()) {
      writer.field("annotations", Map.of(Names.EXTERNAL_NAME, location));
    }
    writer.field("labels", ourLabels(metadata.struct("labels")));
    writer.field("finalizers", List.of(Names.FINALIZER));
    writer.struct(end);
    writer.field("metadata", end);
    writer.copy(observed, "kind");
    writer.copy(observed, "apiVersion");
    return Resource.newBuilder().setReady(Ready.READY_FALSE).setResource(writer.take()).build();
  }

  private static Map<String, String> ourLabels(StructBytes labels) throws MalformedException {
    Map<String, String> ours = new TreeMap<>();
    for (String label : OUR_LABELS) {
      String value = labels.text(label);
      if (!value.isEmpty()) {
        ours.put(label, value);
      }
    }
    return ours;
  }

  RunFunctionResponse build() {
    return response.build();
  }

  private void addStatus(ClaimKind kind, Record ours, boolean ready) throws UnreadableException {
    Resource.Builder composite = response.getDesiredBuilder().getCompositeBuilder();
    StructBytes before = StructBytes.of(composite.getResource());
    try {
      int end = writer.mark();
      writer.fields(ours);
      writer.fields(before.struct("status"), kind.statusFields());
      writer.struct(end);
      writer.field("status", end);
      writer.field("kind", kind.name());
      writer.field("apiVersion", ClaimKind.API_VERSION);
      writer.fields(before, COMPOSITE_FIELDS);
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read the desired composite of an earlier function", e);
    }
    // Always said, because Crossplane takes a composite without composed resources for ready.
    composite.setResource(writer.take()).setReady(ready ? Ready.READY_TRUE : Ready.READY_FALSE);
  }

  private Resource write(Composed composed) {
    writer.field("spec", composed.spec());
    int metadata = writer.mark();
    writer.field("namespace", composed.namespace());
    writer.field("name", composed.name());
    if (composed.spec() instanceof VeleroInstallSpec install) {
      String location = LocationName.of(install.forProvider());
      writer.field("annotations", Map.of(Names.EXTERNAL_NAME, location));
    }
    writer.field("labels", composed.labels());
    writer.field("finalizers", List.of(Names.FINALIZER));
    writer.struct(metadata);
    writer.field("metadata", metadata);
    writer.field("kind", composed.kind());
    writer.field("apiVersion", Names.GROUP + "/" + Names.VERSION);
    return Resource.newBuilder()
        .setReady(composed.ready() ? Ready.READY_TRUE : Ready.READY_FALSE)
        .setResource(writer.take())
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
}
