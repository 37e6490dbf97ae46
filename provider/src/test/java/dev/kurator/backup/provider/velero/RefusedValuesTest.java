package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an object may hold that is older than the schema which would refuse it today. */
class RefusedValuesTest {

  private static final String NAME = "name: a, installName: i, ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          policy: {ttl: 99999999h}                                 | policy.ttl is "99999999h" and must be a Go duration
          policy: {ttl: 2562047h47m16.854775808s}                  | policy.ttl
          policy: {ttl: 1500000h1500000h}                          | policy.ttl
          policy: {ttl: '9223372036854775808ns'}                   | policy.ttl
          policy: {ttl: 30d}                                       | write 30d as 720h
          policy: {ttl: -1h}                                       | policy.ttl
          policy: {ttl: ''}                                        | policy.ttl
          policy: {ttl: ' 1h'}                                     | policy.ttl
          policy: {ttl: ٣h}                                        | policy.ttl
          policy: {ttl: 1e3h}                                      | policy.ttl
          policy: {itemOperationTimeout: 153722868m}               | policy.itemOperationTimeout
          labels: {team: 'a b'}                                    | labels.team is "a b" and must be a label value
          labels: {'a/b/c': x}                                     | labels has the key "a/b/c"
          labels: {'/x': x}                                        | labels has the key
          policy: {resourceFilter: {labelSelector: {matchLabels: {a: '-'}}}} | a selector's matchLabels.a
          policy: {resourceFilter: {orLabelSelectors: [{matchExpressions: [{key: a, operator: In, values: ['b!']}]}]}} | a selector's matchExpressions is "b!"
          """)
  void ofABackupAndOfASchedule(String fields, String reason) {
    assertThat(backup(fields)).hasValueSatisfying(why -> assertThat(why).contains(reason));
    assertThat(schedule("schedule: '@daily', " + fields))
        .hasValueSatisfying(why -> assertThat(why).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          startDeadline: 99999999h                     | startDeadline
          progressInterval: 99999999h                  | progressInterval
          """)
  void ofWhatRunsOnce(String fields, String reason) {
    assertThat(backup(fields)).hasValueSatisfying(why -> assertThat(why).contains(reason));
    assertThat(restore(fields)).hasValueSatisfying(why -> assertThat(why).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          policy: {itemOperationTimeout: 99999999h}    | policy.itemOperationTimeout
          labels: {team: 'a b'}                        | labels.team
          backupLabels: {team: 'a b'}                  | backupLabels.team
          backupName: '../x'                           | backupName is "../x"
          """)
  void ofARestore(String fields, String reason) {
    assertThat(restore(fields)).hasValueSatisfying(why -> assertThat(why).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prefix: a/../b                        | location.prefix is "a/../b"
          prefix: /a                            | location.prefix
          prefix: ''                            | location.prefix
          bucket: a/b                           | location.bucket
          s3Url: 'http://user@minio:9000/x'     | location.s3Url
          config: {credentialsFile: /etc/x}     | location.config has the key "credentialsFile"
          """)
  void ofALocation(String fields, String reason) {
    String all = fields.startsWith("bucket") ? fields : "bucket: b, " + fields;
    assertThat(
            Location.refusal(
                read(
                    "location: {provider: aws, region: r, " + all + "}",
                    VeleroInstallParameters.class)))
        .hasValueSatisfying(why -> assertThat(why).contains(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resources: {limits: {memory: ''}}                 | velero.resources.limits.memory is ""
          resources: {limits: {memory: 1e6z}}               | velero.resources.limits.memory
          resources: {requests: {cpu: -1}}                  | velero.resources.requests.cpu
          resources: {limits: {memory: '1e999999999'}}      | velero.resources.limits.memory
          resources: {limits: {memory: 1 Gi}}               | velero.resources.limits.memory
          resources: {limits: {memory: NaN}}                | velero.resources.limits.memory
          nodeAgent: {resources: {requests: {cpu: '.'}}}    | velero.nodeAgent.resources.requests.cpu
          """)
  void ofAnEngineAndItCanBeTakenOffAllTheSame(String fields, String reason) {
    EngineSettings settings = read(fields, EngineSettings.class);

    assertThat(Engine.refusal(settings))
        .hasValueSatisfying(why -> assertThat(why).contains(reason));
    List<HasMetadata> manifests = Engine.manifests(settings, "hub", Set.of());
    assertThat(manifests).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1",
    "4294967296",
    "0.5",
    "500m",
    "512Mi",
    "1.5Gi",
    "1e6",
    "2E3",
    "100k",
    "1E",
    "+1",
    "3."
  })
  void quantitiesThatKubernetesReadsAreTaken(String quantity) {
    EngineSettings settings =
        read("resources: {limits: {memory: " + quantity + "}}", EngineSettings.class);

    assertThat(Engine.refusal(settings)).isEmpty();
    assertThat(Engine.manifests(settings, "hub", Set.of())).isNotEmpty();
  }

  @Test
  void whatUsersWriteIsTaken() {
    assertThat(
            backup(
                "startDeadline: 87600h, labels: {example.org/team: a_b.c, x: ''},"
                    + " policy: {ttl: 2562047h47m16.854775807s, itemOperationTimeout: 1h30m}"))
        .isEmpty();
    assertThat(schedule("schedule: 'CRON_TZ=Europe/Paris 0 2 * * 1-5'")).isEmpty();
    assertThat(restore("backupName: daily-20250101020000")).isEmpty();
  }

  private static Optional<String> backup(String fields) {
    return Backups.refusal(read(NAME + fields, VeleroBackupParameters.class), "velero");
  }

  private static Optional<String> schedule(String fields) {
    return Schedules.refusal(read(NAME + fields, VeleroScheduleParameters.class), "velero");
  }

  private static Optional<String> restore(String fields) {
    return Restores.refusal(read(NAME + fields, VeleroRestoreParameters.class), "velero");
  }

  private static <T> T read(String fields, Class<T> type) {
    return Serialization.unmarshal("---\n{" + fields + "}", type);
  }
}
