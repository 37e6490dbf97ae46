package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;

/** Kubeconfigs with a token each, which can be revoked one by one. */
final class Rotation {

  private Rotation() {}

  /** A kubeconfig, as the hub uses it, of a new administrator of a member. */
  static String kubeconfig(Member member, String administrator) {
    member
        .cluster()
        .apply(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {namespace: kube-system, name: ADMINISTRATOR}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: ADMINISTRATOR}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects: [{kind: ServiceAccount, namespace: kube-system, name: ADMINISTRATOR}]
            """
                .replace("ADMINISTRATOR", administrator));
    String token =
        member
            .client()
            .serviceAccounts()
            .inNamespace("kube-system")
            .withName(administrator)
            .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
            .getStatus()
            .getToken();
    return """
    apiVersion: v1
    kind: Config
    current-context: member
    contexts: [{name: member, context: {cluster: member, user: administrator}}]
    clusters: [{name: member, cluster: {server: "https://%s:6443", certificate-authority-data: %s}}]
    users: [{name: administrator, user: {token: %s}}]
    """
        .formatted(
            member.cluster().address(), member.client().getConfiguration().getCaCertData(), token);
  }

  /** Makes the tokens of an administrator worthless. */
  static void revoke(Member member, String administrator) {
    member.client().serviceAccounts().inNamespace("kube-system").withName(administrator).delete();
  }
}
