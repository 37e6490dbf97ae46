package dev.kurator.backup.test.cluster;

import dev.kurator.backup.test.secrets.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What the clusters of this test run have shown since they were started. */
final class Shown {

  private static final Recorder RECORDER = open();

  private Shown() {}

  private static Recorder open() {
    try {
      return new Recorder(Path.of("target", "seen"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what a cluster shows from now on. */
  static void record(Cluster cluster) {
    RECORDER.watch(cluster.name(), cluster.client());
  }

  /** All of it. */
  static Recorder recorder() {
    return RECORDER;
  }
}
