package dev.kurator.backup.test.cluster;

import java.util.function.Supplier;

/**
 * Requests that are sent a second time where the connection was closed under them: a busy API
 * server does that, and fabric8 7.6 takes it for an answer (kubernetes-client issue 7450).
 */
final class Again {

  private Again() {}

  /**
   * Sends it.
   *
   * @param request does the same when it is sent twice
   */
  static <T> T ifClosed(Supplier<T> request) {
    try {
      return request.get();
    } catch (RuntimeException e) {
      // Vert.x's own exception, or fabric8's around it
      if (!String.valueOf(e.getMessage()).endsWith("Connection was closed")) {
        throw e;
      }
      System.err.println("sent again: " + e);
      return request.get();
    }
  }
}
