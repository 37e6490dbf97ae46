package dev.kurator.backup.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expressions of examples/deletion-policy; DeletionPolicyIT has an API server read them. */
class DeletionPolicyTest {

  private static final Path POLICY = Path.of("..", "examples", "deletion-policy", "policy.yaml");
  private static final String STAYS = "metadata: {name: team-shop}";

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("oldObject", SimpleType.DYN)
          .addVar("namespaceObject", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {deletionPolicy: Retain} | {deletionPolicy: Delete}
          {}                       | {deletionPolicy: Delete}
          {}                       | {phase: Scheduled, deletionPolicy: Delete}
          {deletionPolicy: Keep}   | {deletionPolicy: Delete}
          {deletionPolicy: Retain} | {deletionPolicy: Archive}
          {crossplane: {resourceRefs: [{kind: VeleroInstall}, {kind: VeleroBackup}]}}   |
          {crossplane: {resourceRefs: [{kind: VeleroInstall}, {kind: VeleroSchedule}]}} | {phase: Scheduled}
          """)
  void refusesWhatSaysRetainAndMayStillDelete(String spec, @Nullable String status)
      throws IOException, CelValidationException, CelEvaluationException {
    assertThat(allows(claim(spec, status, ""), STAYS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {deletionPolicy: Retain} | {deletionPolicy: Retain}
          {}                       | {deletionPolicy: Retain}
          {deletionPolicy: Delete} | {deletionPolicy: Delete}
          {deletionPolicy: Delete} | {deletionPolicy: Retain}
          {deletionPolicy: Delete} |
          {deletionPolicy: Retain} |
          {}                       | {phase: Pending}
          {crossplane: {compositionRef: {name: backups.backup.kurator.dev}}}            |
          {crossplane: {resourceRefs: []}}                                              |
          {crossplane: {resourceRefs: [{kind: VeleroInstall}, {kind: VeleroRestore}]}}  | {phase: Failed}
          {crossplane: {resourceRefs: [{kind: VeleroBackup}]}}                          | {deletionPolicy: Retain}
          """)
  void allowsWhatDeletesNothingOrIsMeantTo(String spec, @Nullable String status)
      throws IOException, CelValidationException, CelEvaluationException {
    assertThat(allows(claim(spec, status, ""), STAYS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          , deletionTimestamp: '2026-01-01T12:00:00Z' | {name: team-shop}
          ''                                          | {name: a, deletionTimestamp: '2026-01-01T12:00:00Z'}
          """)
  void holdsNeitherWhatIsBeingDeletedNorANamespaceThatIs(String claim, String namespace)
      throws IOException, CelValidationException, CelEvaluationException {
    String retained = claim("{deletionPolicy: Retain}", "{deletionPolicy: Delete}", claim);

    assertThat(allows(retained, "metadata: " + namespace)).isTrue();
  }

  private static String claim(String spec, @Nullable String status, String metadata) {
    String yaml = "metadata: {name: nightly%s}\nspec: %s\n".formatted(metadata, spec);
    return status == null ? yaml : yaml + "status: " + status;
  }

  /** As an API server decides: where all conditions match, each validation must hold. */
  private static boolean allows(String claim, String namespace)
      throws IOException, CelValidationException, CelEvaluationException {
    String yaml = Files.readString(POLICY);
    String first = yaml.substring(0, yaml.indexOf("\n---\n"));
    var policy = Serialization.unmarshal(first, ValidatingAdmissionPolicy.class).getSpec();
    Map<String, Object> input =
        Map.of(
            "oldObject", Serialization.unmarshal(claim, Map.class),
            "namespaceObject", Serialization.unmarshal(namespace, Map.class));
    for (var condition : policy.getMatchConditions()) {
      if (!holds(condition.getExpression(), input)) {
        return true;
      }
    }
    for (var validation : policy.getValidations()) {
      if (!holds(validation.getExpression(), input)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(String expression, Map<String, Object> input)
      throws CelValidationException, CelEvaluationException {
    return (Boolean) RUNTIME.createProgram(COMPILER.compile(expression).getAst()).eval(input);
  }
}
