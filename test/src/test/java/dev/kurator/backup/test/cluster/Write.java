package dev.kurator.backup.test.cluster;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A write of the provider, as the API server gets it.
 *
 * @param method POST, PUT, PATCH or DELETE
 * @param namespace of the object, empty where it is in none
 * @param resource such as velerobackups
 * @param name of the object with its subresource; empty where it is being made
 */
record Write(String method, String namespace, String resource, String name) {

  private static final Pattern PATH =
      Pattern.compile(
          "/apis?(?:/[^/]+)?/v[^/]+(?:/namespaces/(?<namespace>[^/]+))?/(?<resource>[^/?]+)(?:/(?<name>[^?]+))?.*");

  private static final List<String> OPERATIONS =
      List.of(
          "velerobackups",
          "velerorestores",
          "veleroschedules",
          "backups",
          "restores",
          "schedules",
          "configmaps");

  /** Reads it off a request. */
  static Write of(String method, String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? new Write(
            method,
            Objects.requireNonNullElse(matcher.group("namespace"), ""),
            matcher.group("resource"),
            Objects.requireNonNullElse(matcher.group("name"), ""))
        : new Write(method, "", path, "");
  }

  /**
   * Whether it is about a backup, restore or schedule, not about the engine, the hub or an event.
   */
  boolean ofOperation() {
    return OPERATIONS.contains(resource) && !name.equals("provider-velero-terms");
  }

  /** Whether it is about what has this in its name, or is in the namespace of this name. */
  boolean isAbout(String what) {
    return namespace.equals(what) || name.contains(what);
  }

  /** Whether it tells of something, and nobody relies on it. */
  boolean ofEvent() {
    return resource.equals("events");
  }

  /** Whether it writes a status on the hub. */
  boolean ofStatus() {
    return name.endsWith("/status");
  }

  @Override
  public String toString() {
    return method + " " + resource + (name.isEmpty() ? "" : "/" + name);
  }
}
