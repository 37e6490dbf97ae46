package dev.kurator.backup.provider.member;

import org.jspecify.annotations.Nullable;

/** What a registration's Secret holds, read with suspicion. Its user is not always the hub's. */
public sealed interface Kubeconfig {

  /**
   * One server and inline credentials for it.
   *
   * @param server an https URL
   * @param caData PEM in base64; null trusts the public authorities
   * @param clientCertData PEM in base64, with its key or not at all
   * @param clientKeyData PEM in base64
   * @param token a bearer token
   * @param insecureSkipVerify whether the server may be anybody
   */
  record Usable(
      String server,
      @Nullable String caData,
      @Nullable String clientCertData,
      @Nullable String clientKeyData,
      @Nullable String token,
      boolean insecureSkipVerify)
      implements Kubeconfig {

    /** Without the credentials: records print all they hold, and logs print records. */
    @Override
    public String toString() {
      return "Usable[server=" + server + "]";
    }
  }

  /** Of no use; the reason names the field, says what to do, and repeats no content. */
  record Refused(String reason) implements Kubeconfig {}

  /**
   * Reads the current context of a kubeconfig. Whatever would make us run a program, read a file or
   * use a proxy is refused, and so is what the client cannot do.
   */
  static Kubeconfig parse(byte[] content) {
    return new KubeconfigReader().read(content);
  }
}
