package dev.kurator.backup.test.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All texts that were seen, a line each, in a file per source. */
final class Records {

  private static final class Page {
    private final Writer writer;
    private long lines;

    Page(Path file) throws IOException {
      writer = Files.newBufferedWriter(file);
    }

    synchronized void add(String line) throws IOException {
      writer.write(line.replace('\n', ' '));
      writer.write('\n');
      lines++;
    }

    synchronized long flush() throws IOException {
      writer.flush();
      return lines;
    }
  }

  private final Path folder;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  /**
   * Begins empty.
   *
   * @param folder of the files; what is there from before goes
   */
  Records(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (var old = Files.list(folder)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Adds a text of a source. */
  void add(String source, String text) {
    try {
      pages.computeIfAbsent(source, this::open).add(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Page open(String source) {
    try {
      return new Page(file(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the texts of a source are. */
  Path file(String source) {
    return folder.resolve(source + ".txt");
  }

  /** How many texts there are of each source, all of them in its file. */
  Map<String, Long> flush() {
    Map<String, Long> counts = new TreeMap<>();
    pages.forEach(
        (source, page) -> {
          try {
            counts.put(source, page.flush());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return counts;
  }
}
