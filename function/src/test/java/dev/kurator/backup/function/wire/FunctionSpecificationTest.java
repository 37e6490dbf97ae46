package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.kurator.crossplane.fn.v1.Capability;
import dev.kurator.crossplane.fn.v1.Condition;
import dev.kurator.crossplane.fn.v1.Ready;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.Resources;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import dev.kurator.crossplane.fn.v1.Severity;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Crossplane's function specification (contributing/specifications/functions.md), MUST by MUST. */
class FunctionSpecificationTest {

  private static final List<String> RESERVED =
      List.of("Ready", "Synced", "Healthy", "UpToDate", "Responsive");

  private final Runner runner = new Runner(InstantSource.system());

  private RunFunctionResponse run(RunFunctionRequest.Builder request) {
    return runner.run(request.build());
  }

  @Test
  void theTagIsEchoed() {
    assertThat(run(Requests.twoMembers()).getMeta().getTag()).isEqualTo("the tag");
  }

  @Test
  void everyResponseSaysHowLongItHolds() {
    assertThat(run(Requests.twoMembers()).getMeta().getTtl().getSeconds()).isEqualTo(10);
    assertThat(run(RunFunctionRequest.newBuilder()).getMeta().hasTtl()).isTrue();
  }

  @Test
  void deletionPolicyDeleteIsMindedInAClaimThatIsInvalidOtherwise() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    Struct.Builder claim = Requests.claim("europe").toBuilder();
    Struct spec = Requests.struct("{storage: nowhere, deletionPolicy: Delete}");
    claim.putFields("spec", Value.newBuilder().setStructValue(spec).build());
    request.getObservedBuilder().setComposite(Requests.resource(claim.build()));

    RunFunctionResponse response = run(request);

    assertThat(response.getConditions(0).getReason()).isEqualTo("InvalidClaim");
    assertThat(response.getMeta().getTtl().getSeconds()).isEqualTo(50);
  }

  @Test
  void desiredResourcesOfEarlierFunctionsAreKept() {
    Resource foreign =
        Requests.resource(
                Requests.struct("{apiVersion: v1, kind: ConfigMap, data: {count: 1.5, a: null}}"))
            .toBuilder()
            .setReady(Ready.READY_TRUE)
            .putConnectionDetails("password", ByteString.copyFromUtf8("x"))
            .build();
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request.getDesiredBuilder().putResources("somebody-elses", foreign);

    assertThat(run(request).getDesired().getResourcesMap())
        .containsEntry("somebody-elses", foreign)
        .hasSize(5);
  }

  @Test
  void desiredStatusOfEarlierFunctionsIsKeptBesideOurs() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request
        .getDesiredBuilder()
        .setComposite(Requests.resource(Requests.struct("status: {cost: 12, phase: Odd}")));

    Struct status = status(run(request));

    assertThat(status.getFieldsMap()).containsKeys("cost", "phase", "summary", "backupDetails");
    assertThat(status.getFieldsOrThrow("cost").getNumberValue()).isEqualTo(12);
    assertThat(status.getFieldsOrThrow("phase").getStringValue()).isEqualTo("Preparing");
  }

  @Test
  void noDeletionPolicyOfAnEarlierFunctionIsTakenForWhatIsInForce() {
    RunFunctionRequest.Builder request = Requests.twoMembers().clearRequiredResources();
    Struct.Builder claim = Requests.claim("europe").toBuilder();
    Struct.Builder spec = claim.getFieldsOrThrow("spec").getStructValue().toBuilder();
    spec.putFields("deletionPolicy", Value.newBuilder().setStringValue("Delete").build());
    claim.putFields("spec", Value.newBuilder().setStructValue(spec).build());
    request.getObservedBuilder().setComposite(Requests.resource(claim.build()));
    request
        .getDesiredBuilder()
        .setComposite(Requests.resource(Requests.struct("status: {deletionPolicy: Retain}")));

    assertThat(status(run(request)).getFieldsMap())
        .containsKey("phase")
        .doesNotContainKey("deletionPolicy");
  }

  @Test
  void contextIsKept() {
    Struct context = Requests.struct("apiextensions.crossplane.io/environment: {stage: prod}");

    RunFunctionResponse response = run(Requests.twoMembers().setContext(context.toByteString()));

    assertThat(Requests.struct(response.getContext())).isEqualTo(context);
    assertThat(run(Requests.twoMembers()).hasContext()).isFalse();
  }

  @Test
  void noSpecOrMetadataOfTheCompositeIsDesired() {
    assertThat(
            Requests.struct(run(Requests.twoMembers()).getDesired().getComposite()).getFieldsMap())
        .containsOnlyKeys("apiVersion", "kind", "status");
  }

  @Test
  void noConditionsAreWrittenIntoTheDesiredStatus() {
    assertThat(status(run(Requests.twoMembers())).getFieldsMap()).doesNotContainKey("conditions");
  }

  @Test
  void noStatusOfComposedResourcesIsDesired() {
    assertThat(run(Requests.twoMembers()).getDesired().getResourcesMap().values())
        .isNotEmpty()
        .allSatisfy(
            resource ->
                assertThat(Requests.struct(resource).getFieldsMap())
                    .containsOnlyKeys("apiVersion", "kind", "metadata", "spec"));
  }

  @Test
  void composedResourcesStayInTheClaimsNamespace() {
    assertThat(run(Requests.twoMembers()).getDesired().getResourcesMap().values())
        .allSatisfy(
            resource ->
                assertThat(
                        field(Requests.struct(resource), "metadata")
                            .getFieldsOrThrow("namespace")
                            .getStringValue())
                    .isEqualTo("team-shop"));
  }

  @Test
  void noReservedConditionTypesAreUsed() {
    assertThat(run(Requests.twoMembers()).getConditionsList())
        .extracting(Condition::getType)
        .isNotEmpty()
        .doesNotContainAnyElementsOf(RESERVED);
    assertThat(run(Requests.twoMembers()).getConditionsList())
        .allSatisfy(condition -> assertThat(condition.getReason()).isNotEmpty());
  }

  @Test
  void noResultIsRepeatedOnEveryCall() {
    for (String fleet : List.of("europe", "atlantis", "not a fleet")) {
      RunFunctionRequest.Builder request = Requests.twoMembers();
      request.getObservedBuilder().setComposite(Requests.resource(Requests.claim(fleet)));
      request.putRequiredResources(
          "members:fleet.kurator.dev/name=atlantis", Resources.getDefaultInstance());
      request.putRequiredResources(
          "own-members:fleet.kurator.dev/name=atlantis", Resources.getDefaultInstance());
      RunFunctionResponse first = run(request);

      request
          .getObservedBuilder()
          .setComposite(Requests.resource(written(Requests.claim(fleet), first)));

      assertThat(first.getResultsList()).as(fleet).isNotEmpty();
      assertThat(run(request).getResultsList()).as(fleet).isEmpty();
    }
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    RunFunctionRequest request = Requests.twoMembers().build();

    ByteString first = runner.run(request).toByteString();

    assertThat(runner.run(request).toByteString()).isEqualTo(first);
  }

  @Test
  void requirementsAreTheSameOnEveryCall() {
    RunFunctionRequest.Builder unanswered = Requests.twoMembers().clearRequiredResources();

    assertThat(run(unanswered).getRequirements())
        .isEqualTo(run(Requests.twoMembers()).getRequirements());
    assertThat(run(unanswered).getRequirements().getResourcesMap())
        .containsOnlyKeys(Requests.REQUIREMENT, Requests.OWN_REQUIREMENT);
  }

  @Test
  void whatTheUserCanMendIsNotFatal() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request.getObservedBuilder().setComposite(Requests.resource(Requests.claim("not a fleet")));

    assertThat(run(request).getResultsList())
        .noneMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
  }

  @Test
  void aCompositeThatIsNoClaimOfOursIsRefusedAndTheDesiredStatePassedOn() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request
        .getObservedBuilder()
        .setComposite(
            Requests.resource(Requests.struct("{apiVersion: example.org/v1, kind: Bucket}")));
    request.getDesiredBuilder().putResources("somebody-elses", Resource.getDefaultInstance());

    RunFunctionResponse response = run(request);

    assertFatal(
        response,
        "Backup, Restore, Migrate of backup.kurator.dev/v1alpha1",
        "\"Bucket\"",
        "example.org/v1");
    assertThat(response.getDesired()).isEqualTo(request.getDesired());
  }

  @Test
  void anEmptyRequestIsRefusedWithASentence() {
    assertFatal(run(RunFunctionRequest.newBuilder()), "this function handles composites Backup");
  }

  @Test
  void aCrossplaneThatFetchesNothingIsRefused() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request.getMetaBuilder().addCapabilities(Capability.CAPABILITY_CAPABILITIES);

    assertFatal(run(request), "required resources");

    request.getMetaBuilder().addCapabilities(Capability.CAPABILITY_REQUIRED_RESOURCES);
    assertThat(run(request).getDesired().getResourcesMap()).hasSize(4);
  }

  @Test
  void anObservedResourceThatCannotBeReadStopsTheCallInsteadOfBeingDropped() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request
        .getObservedBuilder()
        .putResources(
            "backup:default@berlin",
            Requests.resource(
                Requests.struct(
                    "{apiVersion: velero.m.kurator.dev/v1alpha1, kind: VeleroBackup, spec: {}}")));

    assertFatal(run(request), "backup:default@berlin");
  }

  @Test
  void observedResourcesOfOthersAreNotTakenForOurs() {
    RunFunctionRequest.Builder request = Requests.twoMembers();
    request
        .getObservedBuilder()
        .putResources(
            "install@rome", Requests.resource(Requests.struct("{apiVersion: v1, kind: Secret}")));

    assertThat(run(request).getDesired().getResourcesMap()).doesNotContainKey("install@rome");
  }

  private static void assertFatal(RunFunctionResponse response, String... parts) {
    assertThat(response.getResultsList())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.getSeverity()).isEqualTo(Severity.SEVERITY_FATAL);
              assertThat(result.getMessage()).contains(parts);
            });
  }

  private static Struct status(RunFunctionResponse response) {
    return field(Requests.struct(response.getDesired().getComposite()), "status");
  }

  private static Struct field(Struct struct, String name) {
    return struct.getFieldsOrThrow(name).getStructValue();
  }

  /** The claim after Crossplane has written what the response says. */
  private static Struct written(Struct claim, RunFunctionResponse response) {
    var conditions = ListValue.newBuilder();
    for (Condition condition : response.getConditionsList()) {
      String status = condition.getStatus().name().replace("STATUS_CONDITION_", "");
      conditions
          .addValuesBuilder()
          .getStructValueBuilder()
          .putFields("type", text(condition.getType()))
          .putFields(
              "status", text(status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT)))
          .putFields("reason", text(condition.getReason()))
          .putFields("message", text(condition.getMessage()));
    }
    Struct status =
        status(response).toBuilder()
            .putFields("conditions", Value.newBuilder().setListValue(conditions).build())
            .build();
    return claim.toBuilder()
        .putFields("status", Value.newBuilder().setStructValue(status).build())
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
