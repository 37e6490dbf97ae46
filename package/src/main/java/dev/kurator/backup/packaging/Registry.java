package dev.kurator.backup.packaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.OciManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Pushes images, with the credentials that {@code docker login} left on this machine.
 *
 * @param destination registry and organisation
 */
record Registry(Destination destination) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OCI = "application/vnd.oci.image.";

  /**
   * Pushes an xpkg; blobs that the registry already has are not sent again.
   *
   * @return the repository and digest to pull it by
   */
  String push(Product product, Image image, String version) throws IOException {
    FailoverHttpClient http = new FailoverHttpClient(destination.isPrivate(), false, event -> {});
    try {
      ImageReference target = ImageReference.parse(destination.repository(product) + ":" + version);
      RegistryClient client = client(target, http);
      Layer config = Layer.of(JSON.writeValueAsBytes(image.config()));
      for (Layer layer : image.layers()) {
        pushBlob(client, layer);
      }
      pushBlob(client, config);
      OciManifestTemplate manifest =
          JsonTemplateMapper.readJson(
              JSON.writeValueAsBytes(manifest(image, config)), OciManifestTemplate.class);
      return destination.repository(product) + "@" + client.pushManifest(manifest, version);
    } catch (InvalidImageReferenceException | RegistryException e) {
      throw new IOException(
          "cannot push to " + destination.repository(product) + ": " + e.getMessage(), e);
    } finally {
      http.shutDown();
    }
  }

  /** The manifest, with Crossplane's annotation on the layer that the config's label names. */
  static ObjectNode manifest(Image image, Layer config) {
    ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2);
    manifest.put("mediaType", OCI + "manifest.v1+json");
    describe(manifest.putObject("config"), config, "config.v1+json");
    Optional<Layer> packaged = image.packageLayer();
    for (Layer layer : image.layers()) {
      ObjectNode descriptor = manifest.withArray("/layers").addObject();
      describe(descriptor, layer, "layer.v1.tar+gzip");
      if (packaged.filter(layer::equals).isPresent()) {
        descriptor.putObject("annotations").put(Image.ANNOTATION, Image.BASE);
      }
    }
    return manifest;
  }

  private static void describe(ObjectNode descriptor, Layer blob, String type) {
    descriptor.put("mediaType", OCI + type).put("digest", blob.digest().toString());
    descriptor.put("size", blob.size());
  }

  private static void pushBlob(RegistryClient client, Layer blob)
      throws IOException, RegistryException {
    if (client.checkBlob(blob.digest()).isEmpty()) {
      client.pushBlob(blob.digest(), blob.content(), null, sent -> {});
    }
  }

  private static RegistryClient client(ImageReference target, FailoverHttpClient http)
      throws IOException, RegistryException {
    Optional<Credential> credential = credential(target);
    RegistryClient client =
        RegistryClient.factory(
                EventHandlers.NONE, target.getRegistry(), target.getRepository(), http)
            .setCredential(credential.orElse(null))
            .setUserAgent("kurator-backup")
            .newRegistryClient();
    boolean basic = !client.doPushBearerAuth();
    if (basic && credential.filter(known -> !known.isOAuth2RefreshToken()).isPresent()) {
      client.configureBasicAuth();
    }
    return client;
  }

  private static Optional<Credential> credential(ImageReference target) throws IOException {
    CredentialRetrieverFactory known = CredentialRetrieverFactory.forImage(target, event -> {});
    for (CredentialRetriever source :
        List.of(known.dockerConfig(), known.wellKnownCredentialHelpers())) {
      try {
        Optional<Credential> found = source.retrieve();
        if (found.isPresent()) {
          return found;
        }
      } catch (CredentialRetrievalException e) {
        throw new IOException("cannot read credentials: " + e.getMessage(), e);
      }
    }
    return Optional.empty();
  }
}
