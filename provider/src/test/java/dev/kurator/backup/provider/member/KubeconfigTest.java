package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

  private static final String TOKEN = "s3cr3t-token";

  @Test
  void theCurrentContextIsUsedAndNoOther() {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: b
        contexts:
        - {name: a, context: {cluster: a, user: a}}
        - {name: b, context: {cluster: b, user: b}}
        clusters:
        - {name: a, cluster: {server: "http://a", proxy-url: "http://p"}}
        - {name: b, cluster: {server: "https://b:6443", insecure-skip-tls-verify: true}}
        users:
        - {name: a, user: {exec: {command: rm}}}
        - {name: b, user: {token: s3cr3t-token}}
        """;
    assertThat(parse(text))
        .isEqualTo(new Kubeconfig.Usable("https://b:6443", null, null, null, TOKEN, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void clientKeysOfBothAlgorithmsAreReadInBothFormats(String algorithm) throws Exception {
    TestKeys keys = TestKeys.generate(algorithm);
    String cluster = "server: 'https://h', certificate-authority-data: " + keys.certificate();
    for (String key : List.of(keys.pkcs8(), keys.traditional())) {
      assertThat(
              parse(
                  kubeconfig(
                      cluster,
                      "client-certificate-data: %s, client-key-data: %s"
                          .formatted(keys.certificate(), key))))
          .isEqualTo(
              new Kubeconfig.Usable(
                  "https://h", keys.certificate(), keys.certificate(), key, null, false));
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("", "the kubeconfig is empty"),
        refusal(" \n", "the kubeconfig is empty"),
        refusal("hello", "the content is not a kubeconfig: clusters is missing"),
        refusal("- a\n- b", "the content is not a kubeconfig: clusters is missing"),
        refusal("{a: [", "the content is not a kubeconfig: it is neither YAML nor JSON"),
        refusal("a: !!java.net.URL [http://x]", "the content is not a kubeconfig: "),
        refusal(
            "\u0000\u0001\u0002", "the content is not a kubeconfig: it is neither YAML nor JSON"),
        refusal("# " + "x".repeat(1 << 20), "the kubeconfig is larger than 1 MiB"),
        refusal("clusters: []", "the kubeconfig's current-context is missing; set it"),
        refusal(
            withContexts(""),
            "the kubeconfig's current-context names none of its contexts; correct the name"),
        refusal(withContexts("{name: a}"), "the kubeconfig's context's cluster is missing; set it"),
        refusal(
            withContexts("{name: a, context: {cluster: c, user: u}}"),
            "the kubeconfig's context's cluster names none of its clusters; correct the name"),
        cluster("", "the kubeconfig's cluster has no server; set its https URL"),
        cluster(
            "server: 'http://h'", "the kubeconfig's server is no https URL; only https is used"),
        cluster("server: 'h:6443'", "the kubeconfig's server is no https URL; only https is used"),
        cluster(
            "server: 'https://u:p@h'",
            "the kubeconfig's server is not of the form https://HOST:PORT"),
        cluster("server: 'https://'", "the kubeconfig's server is not a URL"),
        cluster("server: 'https://a b'", "the kubeconfig's server is not a URL"),
        cluster(
            "server: 'https://h', certificate-authority: /etc/passwd",
            "the kubeconfig's certificate-authority is a file path, which the provider never reads;"
                + " put the content into certificate-authority-data instead"),
        cluster(
            "server: 'https://h', proxy-url: 'http://p'",
            "the kubeconfig's proxy-url is a proxy; the provider must reach the server directly"),
        cluster(
            "server: 'https://h', tls-server-name: x",
            "the kubeconfig's tls-server-name is another name; use a server that its certificate"
                + " names"),
        cluster(
            "server: 'https://h', certificate-authority-data: bm90IGEgY2VydA==",
            "the kubeconfig's certificate-authority-data is not a certificate, PEM in base64; copy"
                + " it again"),
        cluster(
            "server: 'https://h', certificate-authority-data: '%%%'",
            "the kubeconfig's certificate-authority-data is not a certificate, PEM in base64; copy"
                + " it again"),
        cluster(
            "server: 'https://h', insecure-skip-tls-verify: true, certificate-authority-data: eA==",
            "the kubeconfig's insecure-skip-tls-verify and certificate-authority-data exclude each"
                + " other; remove one"),
        user(
            "",
            "the kubeconfig's user has no credentials; set token, or client-certificate-data and"
                + " client-key-data"),
        user(
            "token: x, exec: {command: /bin/sh}",
            "the kubeconfig's exec is a program, which the provider never runs; use a token"),
        user(
            "token: x, auth-provider: {name: oidc}",
            "the kubeconfig's auth-provider is a plugin, which the provider never runs; use a"
                + " token"),
        user(
            "client-certificate: /tmp/c",
            "the kubeconfig's client-certificate is a file path, which the provider never reads;"
                + " put the content into client-certificate-data instead"),
        user(
            "client-key: /tmp/c",
            "the kubeconfig's client-key is a file path, which the provider never reads; put the"
                + " content into client-key-data instead"),
        user(
            "token: x, tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token",
            "the kubeconfig's tokenFile is a file path, which the provider never reads; put the"
                + " content into token instead"),
        user(
            "username: admin, password: x",
            "the kubeconfig's username is a password, which Kubernetes no longer takes; use a"
                + " token"),
        user(
            "token: x, as: root",
            "the kubeconfig's as is impersonation; use credentials of the wanted user"),
        user(
            "token: x, as-groups: ['system:masters']",
            "the kubeconfig's as-groups is impersonation; use credentials of the wanted user"),
        user(
            "client-certificate-data: eA==",
            "the kubeconfig's client-certificate-data and client-key-data need each other; set"
                + " both"),
        user(
            "client-certificate-data: eA==, client-key-data: eA==",
            "the kubeconfig's client-certificate-data and client-key-data are not a certificate and"
                + " its RSA or EC key, PEM in base64; copy them again"),
        user(
            "token: \"a\\r\\nHost: x\"",
            "the kubeconfig's token has characters that no token has; set a valid one"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotOrMustNotBeUsedIsRefusedWithAReason(String text, String reason) {
    assertThat(parse(text))
        .isInstanceOfSatisfying(
            Kubeconfig.Refused.class, refused -> assertThat(refused.reason()).startsWith(reason));
  }

  @Test
  void aRefusalRepeatsNothingOfTheContent() {
    String secret = Base64.getEncoder().encodeToString("top secret".getBytes(UTF_8));
    String text =
        kubeconfig(
            "server: 'https://h'",
            "client-certificate-data: %s, client-key-data: %s".formatted(secret, secret));
    assertThat(parse(text).toString()).doesNotContain(secret).doesNotContain("top secret");
    assertThat(parse("token: [" + secret).toString()).doesNotContain(secret);
  }

  @Test
  void aUsableOneDoesNotPrintItsCredentials() {
    assertThat(parse(kubeconfig("server: 'https://h'", "token: " + TOKEN)).toString())
        .isEqualTo("Usable[server=https://h]");
  }

  private static Arguments refusal(String text, String reason) {
    return Arguments.of(text, reason);
  }

  private static Arguments cluster(String cluster, String reason) {
    return Arguments.of(kubeconfig(cluster, "token: x"), reason);
  }

  private static Arguments user(String user, String reason) {
    return Arguments.of(kubeconfig("server: 'https://h'", user), reason);
  }

  private static String withContexts(String contexts) {
    return """
    clusters: []
    current-context: a
    contexts: [%s]
    """
        .formatted(contexts);
  }

  private static Kubeconfig parse(String text) {
    return Kubeconfig.parse(text.getBytes(UTF_8));
  }

  private static String kubeconfig(String cluster, String user) {
    return """
    current-context: a
    contexts: [{name: a, context: {cluster: c, user: u}}]
    clusters: [{name: c, cluster: {%s}}]
    users: [{name: u, user: {%s}}]
    """
        .formatted(cluster, user);
  }
}
