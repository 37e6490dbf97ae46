package dev.kurator.backup.provider;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The log without characters that steer a terminal, and with lines cut: exceptions quote what
 * members and object stores say.
 */
final class PlainLog extends FilterOutputStream {

  private static final int LONGEST_LINE = 8192;

  private int written;

  private PlainLog(OutputStream out) {
    super(out);
  }

  /** A stream that writes plain lines to another one. */
  static PrintStream over(OutputStream out) {
    return new PrintStream(new PlainLog(out), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int octet) throws IOException {
    boolean line = octet == '\n';
    if (line || written < LONGEST_LINE) {
      out.write(isPlain(octet) ? octet : ' ');
    }
    written = line ? 0 : Math.min(written + 1, LONGEST_LINE);
  }

  /** In UTF-8 no part of another character looks like a control character. */
  private static boolean isPlain(int octet) {
    int value = octet & 0xff;
    return value == '\n' || value == '\t' || (value >= ' ' && value != 0x7f);
  }
}
