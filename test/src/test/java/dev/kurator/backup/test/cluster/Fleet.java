package dev.kurator.backup.test.cluster;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many members that exist as registrations only, for claims of one namespace.
 *
 * @param hub where they are registered
 * @param namespace of the claims; also the fleet's name
 * @param members how many
 */
record Fleet(Hub hub, String namespace, int members) {

  /** Registers them all. */
  Fleet register() {
    hub.namespace(namespace);
    hub.cluster()
        .apply(
            IntStream.range(0, members)
                .mapToObj(
                    number ->
                        new Registration(
                                "%s-%03d".formatted(namespace, number),
                                namespace,
                                "kubeconfig",
                                namespace,
                                "")
                            .text())
                .collect(Collectors.joining("---\n")));
    return this;
  }

  /**
   * Applies a Backup of all members.
   *
   * @param more of its spec, as YAML that is not indented
   */
  Claim apply(String name, String more) {
    hub.cluster()
        .apply(
            new ClaimYaml(
                    namespace,
                    name,
                    """
                    storage:
                      location: {provider: aws, bucket: backups, s3Url: http://s3.example.com:7070}
                      credentials: bucket-credentials
                    destination: {fleet: %s}
                    %s
                    """
                        .formatted(namespace, more))
                .text());
    return hub.claim(namespace, name);
  }
}
