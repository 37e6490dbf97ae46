package dev.kurator.backup.provider.velero;

import org.jspecify.annotations.Nullable;

/** Whether a member's engine is fit for work. */
public sealed interface EngineReadiness {

  /**
   * Server and node-agents run what they should.
   *
   * @param version tag of the server's image
   * @param agentsDesired nodes that should run a node-agent
   * @param agentsReady nodes whose node-agent is ready
   */
  record Ready(String version, int agentsDesired, int agentsReady) implements EngineReadiness {}

  /**
   * Something is missing still.
   *
   * @param message what, for people; stable while nothing changes
   * @param version tag of the server's image, if there is a server
   * @param agentsDesired nodes that should run a node-agent, if known
   * @param agentsReady nodes whose node-agent is ready, if known
   */
  record NotReady(
      String message,
      @Nullable String version,
      @Nullable Integer agentsDesired,
      @Nullable Integer agentsReady)
      implements EngineReadiness {}
}
