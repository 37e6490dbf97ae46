package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.function.wire.Runner;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import dev.kurator.crossplane.fn.v1.Severity;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code render CLAIM.yaml}: prints what a claim would do. */
@Command(
    name = "render",
    description =
        "Shows a claim's plan offline: its status, the managed resources, what would be told, and"
            + " what a Migrate renders later if all goes well (annotation "
            + Foresight.LATER_ANNOTATION
            + ").",
    mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {

  private static final int BAD_INPUT = 2;

  @Parameters(paramLabel = "CLAIM.yaml", description = "The claim, with its status if it has one.")
  private Path claim = Path.of("");

  @Option(
      names = "--members",
      paramLabel = "FILE",
      description =
          "ClusterProviderConfigs, and ProviderConfigs of the claim's namespace, matched by their"
              + " labels.")
  private @Nullable Path members;

  @Option(
      names = "--observed",
      paramLabel = "FILE",
      description =
          "The claim's managed resources as kubectl prints them; their annotation "
              + Outlook.KEY_ANNOTATION
              + " says which they are.")
  private @Nullable Path observed;

  @Option(
      names = "--required",
      paramLabel = "FILE",
      description =
          "Further objects of the hub that the function may ask for: the Backup, with its status,"
              + " that a Restore names.")
  private @Nullable Path required;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "yaml|json",
      description = "How to print (default ${DEFAULT-VALUE}).")
  private Documents.Format output = Documents.Format.yaml;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock;

  /** For the command line: with the system's clock. */
  public RenderCommand() {
    this(InstantSource.system());
  }

  /** With a clock that tells whether start deadlines have passed. */
  RenderCommand(InstantSource clock) {
    this.clock = clock;
  }

  /** Prints the plan; 0 well, 2 when a file or the claim's kind is not fit. */
  @Override
  public Integer call() {
    try {
      ObjectNode composite = claim();
      List<ObjectNode> objects = new ArrayList<>(read(members));
      objects.addAll(read(required));
      objects.forEach(RenderCommand::putNamespace);
      SortedMap<String, ObjectNode> known = byKey();
      Rehearsal rehearsal = new Rehearsal(new Runner(clock), new Hub(objects));
      RunFunctionResponse response = rehearsal.run(composite, known);
      boolean fatal =
          response.getResultsList().stream()
              .anyMatch(result -> result.getSeverity() == Severity.SEVERITY_FATAL);
      if (fatal) {
        response.getResultsList().forEach(result -> complain(result.getMessage()));
        return BAD_INPUT;
      }
      List<ObjectNode> printed = new ArrayList<>(Outlook.of(composite, response));
      printed.addAll(new Foresight(rehearsal).after(composite, known, response));
      print(Documents.write(printed, output));
      return 0;
    } catch (BadFileException e) {
      complain(e.reason());
      return BAD_INPUT;
    }
  }

  private ObjectNode claim() throws BadFileException {
    List<ObjectNode> objects = Documents.read(claim);
    if (objects.size() != 1) {
      throw new BadFileException(claim, "must hold one claim, not " + objects.size() + " objects");
    }
    ObjectNode composite = objects.getFirst();
    putNamespace(composite);
    return composite;
  }

  /** As kubectl would apply it; nobody asks for a cluster-scoped object by its namespace. */
  private static void putNamespace(ObjectNode object) {
    if (object.path("metadata").path("namespace").asText().isEmpty()) {
      object.withObject("/metadata").put("namespace", "default");
    }
  }

  private SortedMap<String, ObjectNode> byKey() throws BadFileException {
    SortedMap<String, ObjectNode> byKey = new TreeMap<>();
    for (ObjectNode object : read(observed)) {
      JsonNode metadata = object.path("metadata");
      String key = metadata.path("annotations").path(Outlook.KEY_ANNOTATION).asText();
      String name = object.path("kind").asText() + " " + metadata.path("name").asText();
      if (key.isEmpty()) {
        throw new BadFileException(
            Path.of(String.valueOf(observed)),
            name + " has no annotation " + Outlook.KEY_ANNOTATION);
      }
      if (byKey.put(key, object) != null) {
        throw new BadFileException(
            Path.of(String.valueOf(observed)), "two objects are called " + key);
      }
    }
    return byKey;
  }

  private static List<ObjectNode> read(@Nullable Path file) throws BadFileException {
    return file == null ? List.of() : Documents.read(file);
  }

  private void complain(String message) {
    spec.commandLine().getErr().println("render: " + message);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
