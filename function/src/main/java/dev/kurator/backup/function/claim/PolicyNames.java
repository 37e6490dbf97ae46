package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.BackupPolicyEntry;
import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of policies: as written, or by position. */
final class PolicyNames {

  private static final Pattern SYNTAX = Pattern.compile(Syntax.DNS_LABEL);

  private PolicyNames() {}

  /** The names in the order of the entries; problems say which ones do not fit. */
  static List<String> of(BackupSpec spec, Problems problems) {
    List<BackupPolicyEntry> entries = spec.policies();
    boolean mustBeNamed = spec.schedule() != null && entries.size() > 1;
    List<String> names = new ArrayList<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      String written = entries.get(i).name();
      String name = written == null ? "policy-" + (i + 1) : written;
      String field = "spec.policies[" + i + "].name";
      problems.requireSyntax(
          name,
          SYNTAX,
          63,
          field,
          "is not a policy name; use at most 63 lower-case letters, digits and '-'");
      problems.require(
          written != null || !mustBeNamed,
          field,
          "is missing; a scheduled Backup with several policies must name each of them, since a"
              + " policy that moves to another place in the list must keep its name");
      Integer first = seen.putIfAbsent(name, i);
      if (first != null) {
        problems.add(
            field,
            written == null
                ? "absent, so it is "
                    + Problems.shown(name)
                    + ", which spec.policies["
                    + first
                    + "] is already called; give it a name"
                : Problems.shown(name)
                    + " is already the name of spec.policies["
                    + first
                    + "]; policy names must be unique in a Backup");
      }
      names.add(name);
    }
    return names;
  }
}
