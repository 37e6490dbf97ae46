package dev.kurator.backup.test.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The provider as a program of its own, started as its image starts it. It lives as long as it is
 * wanted: when it is killed, the next one begins, as under Kubernetes.
 */
final class ProviderProcess implements AutoCloseable {

  private final Path root;
  private final Path kubeconfig;
  private final Path log;
  private final Consumer<String> lines;
  private final Path cache;
  private final AtomicInteger lives = new AtomicInteger();
  private boolean wanted = true;
  private @Nullable Process process;

  private ProviderProcess(Path root, Path kubeconfig, Path log, Consumer<String> lines) {
    this.root = root;
    this.kubeconfig = kubeconfig;
    this.log = log;
    this.lines = lines;
    this.cache = log.resolveSibling("provider.aot");
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * Starts it.
   *
   * @param root the project's root folder
   * @param kubeconfig of its hub
   * @param folder for its log
   * @param lines gets each line of the log, too
   */
  static ProviderProcess start(Path root, String kubeconfig, Path folder, Consumer<String> lines) {
    try {
      Path file = Files.createDirectories(folder).resolve("provider.kubeconfig");
      Files.writeString(file, kubeconfig);
      Files.deleteIfExists(folder.resolve("provider.aot"));
      ProviderProcess provider =
          new ProviderProcess(root, file, folder.toAbsolutePath().resolve("provider.log"), lines);
      provider.begin();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it was started. */
  int lives() {
    return lives.get();
  }

  /** Sends SIGKILL; does not wait. */
  synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /**
   * Ends it in peace, which makes it write down what it has loaded: its next lives begin in half
   * the time.
   */
  void rest() {
    Process first;
    synchronized (this) {
      first = process;
    }
    if (first != null) {
      first.destroy();
      first.onExit().join();
    }
  }

  @Override
  public synchronized void close() {
    wanted = false;
    kill();
  }

  private synchronized void begin() {
    if (!wanted) {
      return;
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
      builder.environment().put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
      Process started = builder.start();
      process = started;
      Thread.ofPlatform().daemon().start(() -> read(started));
      lives.incrementAndGet();
      var _ = started.onExit().thenRun(this::begin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To the end of what it wrote, also where it was killed. */
  private void read(Process life) {
    try (BufferedReader reader = life.inputReader();
        Writer file =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
        file.write(line + System.lineSeparator());
        file.flush();
      }
    } catch (IOException e) {
      lines.accept("the log broke off: " + e.getMessage());
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Files.readAllLines(root.resolve("package/provider/java.options")).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(command::add);
    command.add("-XX:TieredStopAtLevel=1");
    command.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
    command.addAll(
        List.of(
            "-cp",
            classPath(),
            "dev.kurator.backup.provider.Main",
            "--hub-id=solo",
            "--hub-lease=20s",
            "--leader-election=false",
            "--metrics-address=127.0.0.1:0"));
    return command;
  }

  /** What comes in folders is of the tests, and no cache takes it. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
