package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.Resources;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;

/** Requests to try the function with. */
final class Requests {

  static final String REQUIREMENT = "members:fleet.kurator.dev/name=europe";

  static final String OWN_REQUIREMENT = "own-members:fleet.kurator.dev/name=europe";

  private static final YAMLMapper YAML = new YAMLMapper();

  private Requests() {}

  /** A valid claim, two members, nothing observed. */
  static RunFunctionRequest.Builder twoMembers() {
    RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();
    request.getMetaBuilder().setTag("the tag");
    request.getObservedBuilder().setComposite(resource(claim("europe")));
    request.putRequiredResources(OWN_REQUIREMENT, Resources.getDefaultInstance());
    request.putRequiredResources(
        REQUIREMENT,
        Resources.newBuilder()
            .addItems(resource(member("berlin")))
            .addItems(resource(member("paris")))
            .build());
    return request;
  }

  static Resource resource(Struct struct) {
    return Resource.newBuilder().setResource(struct.toByteString()).build();
  }

  /** What a resource holds, as protobuf itself reads it. */
  static Struct struct(Resource resource) {
    return struct(resource.getResource());
  }

  static Struct struct(ByteString bytes) {
    try {
      return Struct.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static Struct claim(String fleet) {
    return struct(
        """
        apiVersion: backup.kurator.dev/v1alpha1
        kind: Backup
        metadata: {namespace: team-shop, name: before-upgrade, uid: some-uid, generation: 3}
        spec:
          crossplane: {compositionRef: {name: backups.backup.kurator.dev}}
          storage:
            location: {provider: aws, bucket: backups, region: eu-west-1}
            credentials: bucket-credentials
          destination: {fleet: %s}
        """
            .formatted(fleet));
  }

  static Struct member(String name) {
    return struct(
        """
        apiVersion: velero.m.kurator.dev/v1alpha1
        kind: ClusterProviderConfig
        metadata: {name: %s, labels: {fleet.kurator.dev/name: europe}}
        spec: {allowedNamespaces: ["team-*"]}
        """
            .formatted(name));
  }

  static Struct struct(String yaml) {
    try {
      return struct(StructTree.write(YAML.readTree(yaml)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
