package dev.kurator.backup.function.wire;

import java.net.InetSocketAddress;

/**
 * An address to listen on.
 *
 * @param host name or IP address; empty for every interface
 * @param port TCP port, 0 to 65535
 */
public record HostPort(String host, int port) {

  private static final int LARGEST_PORT = 65_535;

  /**
   * Reads an address as Go programs write it: {@code :9443}, {@code 127.0.0.1:9443}, {@code
   * [::1]:9443}, or a port alone.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String unbracketed =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 0 && port <= LARGEST_PORT) {
        return new HostPort(unbracketed, port);
      }
    } catch (NumberFormatException e) {
      // Told below, as any other bad address.
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is not an address; write host:port or :port, port 0 to 65535");
  }

  InetSocketAddress socket() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
