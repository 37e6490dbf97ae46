package dev.kurator.backup.apis.schema;

import dev.kurator.backup.apis.claim.Backup;
import dev.kurator.backup.apis.claim.Migrate;
import dev.kurator.backup.apis.claim.Restore;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Every schema file of the packages, by its path below {@code package/}. */
final class Schemas {

  private static final String HEADER =
      "# Generated from the records in apis/; see CONTRIBUTING.md.\n";
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Schemas() {}

  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (CustomResourceDefinition crd :
        generate(
            List.of(
                ClusterProviderConfig.class,
                ProviderConfig.class,
                VeleroInstall.class,
                VeleroBackup.class,
                VeleroSchedule.class,
                VeleroRestore.class))) {
      crd.getSpec().getNames().setCategories(List.of("crossplane", "managed", "velero"));
      files.put("provider/crds/" + crd.getMetadata().getName() + ".yaml", print(crd));
    }
    for (CustomResourceDefinition crd :
        generate(List.of(Backup.class, Migrate.class, Restore.class))) {
      files.put("configuration/apis/" + crd.getMetadata().getName() + ".yaml", print(xrd(crd)));
    }
    return files;
  }

  private static List<CustomResourceDefinition> generate(List<Class<? extends HasMetadata>> kinds) {
    var sink = new Sink();
    new CRDGenerator().customResourceClasses(kinds).withOutput(sink).generate();
    List<CustomResourceDefinition> crds = new ArrayList<>();
    for (ByteArrayOutputStream printed : sink.printed) {
      CustomResourceDefinition crd =
          YAML.unmarshal(printed.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
      crd.getSpec().getVersions().forEach(Schemas::bound);
      kinds.stream()
          .filter(kind -> HasMetadata.getKind(kind).equals(crd.getSpec().getNames().getKind()))
          .forEach(kind -> orderColumns(kind, crd));
      crds.add(crd);
    }
    crds.sort(Comparator.comparing(crd -> crd.getMetadata().getName()));
    return crds;
  }

  /** As written on the type: the generator sorts columns by their path. */
  private static void orderColumns(
      Class<? extends HasMetadata> kind, CustomResourceDefinition crd) {
    List<String> paths =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::jsonPath)
            .toList();
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      version
          .getAdditionalPrinterColumns()
          .sort(Comparator.comparingInt(column -> paths.indexOf(column.getJsonPath())));
    }
  }

  private static void bound(CustomResourceDefinitionVersion version) {
    var root = version.getSchema().getOpenAPIV3Schema();
    Bounds.ofSpec().apply(Objects.requireNonNull(root.getProperties().get("spec")));
    Bounds.ofStatus().apply(Objects.requireNonNull(root.getProperties().get("status")));
    root.setRequired(List.of("spec"));
  }

  /** Crossplane's wrapping of a namespaced composite resource (apiextensions.crossplane.io/v2). */
  private static Map<String, Object> xrd(CustomResourceDefinition crd) {
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("kind", crd.getSpec().getNames().getKind());
    names.put("plural", crd.getSpec().getNames().getPlural());
    names.put("singular", crd.getSpec().getNames().getSingular());
    names.put("shortNames", crd.getSpec().getNames().getShortNames());
    names.put("categories", List.of("kurator-dev"));
    Map<String, Object> served = new LinkedHashMap<>();
    served.put("name", version.getName());
    served.put("served", true);
    served.put("referenceable", true);
    served.put("additionalPrinterColumns", version.getAdditionalPrinterColumns());
    served.put("schema", version.getSchema());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("scope", "Namespaced");
    spec.put("group", crd.getSpec().getGroup());
    spec.put("names", names);
    spec.put("defaultCompositionRef", Map.of("name", crd.getMetadata().getName()));
    spec.put("versions", List.of(served));
    Map<String, Object> xrd = new LinkedHashMap<>();
    xrd.put("apiVersion", "apiextensions.crossplane.io/v2");
    xrd.put("kind", "CompositeResourceDefinition");
    xrd.put("metadata", Map.of("name", crd.getMetadata().getName()));
    xrd.put("spec", spec);
    return xrd;
  }

  private static String print(Object resource) {
    return HEADER + YAML.asYaml(resource);
  }

  /** Keeps what the generator prints in memory. */
  private static final class Sink extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    private final List<ByteArrayOutputStream> printed = new ArrayList<>();

    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) {
      var stream = new ByteArrayOutputStream();
      printed.add(stream);
      return stream;
    }

    @Override
    public void close() {}
  }
}
