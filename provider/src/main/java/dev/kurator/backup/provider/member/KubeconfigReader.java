package dev.kurator.backup.provider.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads kubeconfigs. Only the current context counts, as with kubectl. */
final class KubeconfigReader {

  private static final int MAX_BYTES = 1 << 20;

  /** Fields of a cluster or user that are refused, and what to do instead. */
  private static final Map<String, List<Bad>> REFUSED =
      Map.of(
          "cluster",
          List.of(
              new Bad("certificate-authority", file("certificate-authority-data")),
              new Bad("proxy-url", "a proxy; the provider must reach the server directly"),
              new Bad("tls-server-name", "another name; use a server that its certificate names")),
          "user",
          List.of(
              new Bad("exec", "a program, which the provider never runs; use a token"),
              new Bad("auth-provider", "a plugin, which the provider never runs; use a token"),
              new Bad("client-certificate", file("client-certificate-data")),
              new Bad("client-key", file("client-key-data")),
              new Bad("tokenFile", file("token")),
              new Bad("username", "a password, which Kubernetes no longer takes; use a token"),
              new Bad("password", "a password, which Kubernetes no longer takes; use a token"),
              new Bad("as", "impersonation; use credentials of the wanted user"),
              new Bad("as-uid", "impersonation; use credentials of the wanted user"),
              new Bad("as-groups", "impersonation; use credentials of the wanted user"),
              new Bad("as-user-extra", "impersonation; use credentials of the wanted user")));

  Kubeconfig read(byte[] content) {
    try {
      Kubeconfig.Usable usable = usable(parse(content));
      // here, so that bad certificates are refused and not taken for a silent member
      Tls.of(usable);
      return usable;
    } catch (Unfit e) {
      return new Kubeconfig.Refused(e.reason());
    } catch (RuntimeException | StackOverflowError e) {
      // whatever a Secret makes the libraries do ends this one reading; their words quote the text
      return new Kubeconfig.Refused(
          "the content cannot be read as a kubeconfig; write it anew with kubectl config view"
              + " --minify --flatten");
    }
  }

  private JsonNode parse(byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new Unfit(
          "the kubeconfig is larger than 1 MiB; keep one context, with kubectl config view"
              + " --minify");
    }
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new Unfit("the kubeconfig is empty");
    }
    JsonNode config = UntrustedText.read(text);
    if (!config.isObject() || !config.has("clusters")) {
      throw new Unfit("the content is not a kubeconfig: clusters is missing");
    }
    return config;
  }

  private static Kubeconfig.Usable usable(JsonNode config) {
    String current = text(config, "current-context");
    if (current == null) {
      throw new Unfit("the kubeconfig's current-context is missing; set it");
    }
    JsonNode context = named(config, "context", current, "current-context");
    JsonNode cluster = named(config, "cluster", text(context, "cluster"), "context's cluster");
    JsonNode user = named(config, "user", text(context, "user"), "context's user");
    refuse(cluster, "cluster");
    refuse(user, "user");
    boolean insecure = cluster.path("insecure-skip-tls-verify").asBoolean(false);
    String ca = text(cluster, "certificate-authority-data");
    if (insecure && ca != null) {
      throw new Unfit(
          "the kubeconfig's insecure-skip-tls-verify and certificate-authority-data exclude each"
              + " other; remove one");
    }
    String certificate = text(user, "client-certificate-data");
    String key = text(user, "client-key-data");
    String token = text(user, "token");
    if ((certificate == null) != (key == null)) {
      throw new Unfit(
          "the kubeconfig's client-certificate-data and client-key-data need each other; set both");
    }
    if (certificate == null && token == null) {
      throw new Unfit(
          "the kubeconfig's user has no credentials; set token, or client-certificate-data and"
              + " client-key-data");
    }
    if (token != null && !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Unfit("the kubeconfig's token has characters that no token has; set a valid one");
    }
    return new Kubeconfig.Usable(server(cluster), ca, certificate, key, token, insecure);
  }

  private static String server(JsonNode cluster) {
    String server = text(cluster, "server");
    if (server == null) {
      throw new Unfit("the kubeconfig's cluster has no server; set its https URL");
    }
    try {
      URI uri = new URI(server);
      if (!"https".equalsIgnoreCase(uri.getScheme())) {
        throw new Unfit("the kubeconfig's server is no https URL; only https is used");
      }
      if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
        throw new Unfit("the kubeconfig's server is not of the form https://HOST:PORT");
      }
    } catch (URISyntaxException e) {
      throw new Unfit("the kubeconfig's server is not a URL");
    }
    return server;
  }

  private static void refuse(JsonNode node, String kind) {
    for (Bad bad : REFUSED.getOrDefault(kind, List.of())) {
      if (!isAbsent(node.path(bad.field()))) {
        throw new Unfit("the kubeconfig's %s is %s".formatted(bad.field(), bad.why()));
      }
    }
  }

  /** The entry of {@code contexts}, {@code clusters} or {@code users} with that name. */
  private static JsonNode named(
      JsonNode config, String kind, @Nullable String name, String reference) {
    if (name == null) {
      throw new Unfit("the kubeconfig's %s is missing; set it".formatted(reference));
    }
    for (JsonNode entry : config.path(kind + "s")) {
      if (name.equals(text(entry, "name"))) {
        return entry.path(kind);
      }
    }
    throw new Unfit(
        "the kubeconfig's %s names none of its %ss; correct the name".formatted(reference, kind));
  }

  private static boolean isAbsent(JsonNode node) {
    return node instanceof MissingNode
        || node.isNull()
        || (node.isTextual() && node.textValue().isEmpty())
        || (node.isContainerNode() && node.isEmpty());
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue().strip() : null;
  }

  private static String file(String instead) {
    return "a file path, which the provider never reads; put the content into %s instead"
        .formatted(instead);
  }

  private record Bad(String field, String why) {}
}
