package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much text a claim's entries may hold: the more entries, the less each, so that the claim
 * stays an object that Kubernetes stores. Up to a hundred entries it takes all that the provider
 * tells.
 */
public final class Brevity {

  /** The most that the texts of all entries together take as JSON, in bytes. */
  public static final int TOTAL = 384 * 1024;

  private Brevity() {}

  /** The entries, each with as much text as it may have. */
  static List<OperationDetail> shortened(List<OperationDetail> details) {
    int allowance = TOTAL / Math.max(1, details.size());
    return details.stream().map(detail -> shortened(detail, new Purse(allowance))).toList();
  }

  private static OperationDetail shortened(OperationDetail detail, Purse purse) {
    return switch (detail) {
      case BackupDetail backup -> shortened(backup, purse);
      case RestoreDetail restore -> shortened(restore, purse);
    };
  }

  private static BackupDetail shortened(BackupDetail of, Purse purse) {
    @Nullable String message = purse.spend(of.message());
    @Nullable String failureReason = purse.spend(of.failureReason());
    return new BackupDetail(
        of.clusterName(),
        of.policyName(),
        of.backupName(),
        of.phase(),
        of.startTimestamp(),
        of.completionTimestamp(),
        of.expiration(),
        of.progress(),
        of.errors(),
        of.warnings(),
        failureReason,
        purse.spend(of.validationErrors()),
        purse.spend(of.reasons()),
        of.lastBackup(),
        of.lastSuccessfulBackup(),
        of.nextBackup(),
        of.runs().stream().map(run -> shortened(run, purse)).toList(),
        message);
  }

  private static BackupRun shortened(BackupRun of, Purse purse) {
    return new BackupRun(
        of.name(),
        of.phase(),
        of.startTimestamp(),
        of.completionTimestamp(),
        of.expiration(),
        of.errors(),
        of.warnings(),
        purse.spend(of.failureReason()),
        purse.spend(of.reasons()));
  }

  private static RestoreDetail shortened(RestoreDetail of, Purse purse) {
    @Nullable String message = purse.spend(of.message());
    @Nullable String failureReason = purse.spend(of.failureReason());
    return new RestoreDetail(
        of.clusterName(),
        of.policyName(),
        of.backupName(),
        of.backupTimestamp(),
        of.restoreName(),
        of.phase(),
        of.startTimestamp(),
        of.completionTimestamp(),
        of.progress(),
        of.errors(),
        of.warnings(),
        failureReason,
        purse.spend(of.validationErrors()),
        purse.spend(of.reasons()),
        message);
  }

  /** What is left for an entry's texts, the most important first. */
  private static final class Purse {

    private static final String ELLIPSIS = "...";

    /** What a text in a list takes beside itself. */
    private static final int ITEM = 12;

    private static final int TOO_LITTLE = 16;

    private int left;

    Purse(int left) {
      this.left = left;
    }

    @Nullable String spend(@Nullable String text) {
      if (text == null || left < TOO_LITTLE) {
        return null;
      }
      int end = 0;
      int cost = 0;
      int fitting = 0;
      while (end < text.length() && cost <= left) {
        fitting = cost <= left - ELLIPSIS.length() ? end : fitting;
        cost += cost(text.codePointAt(end));
        end = text.offsetByCodePoints(end, 1);
      }
      if (cost <= left) {
        left -= cost;
        return text;
      }
      left = 0;
      return text.substring(0, fitting) + ELLIPSIS;
    }

    List<String> spend(List<String> texts) {
      List<String> kept = new ArrayList<>();
      for (String text : texts) {
        left -= ITEM;
        @Nullable String spent = spend(text);
        if (spent != null) {
          kept.add(spent);
        }
      }
      return kept;
    }

    /** Of a character in JSON as Go writes it (encoding/json, with HTML escaped). */
    private static int cost(int character) {
      return switch (character) {
        case '"', '\\' -> 2;
        case '<', '>', '&', '\u2028', '\u2029' -> 6;
        default -> {
          if (character < 0x20) {
            yield 6;
          }
          yield character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        }
      };
    }
  }
}
