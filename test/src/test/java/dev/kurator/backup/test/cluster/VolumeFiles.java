package dev.kurator.backup.test.cluster;

/** Files that a copy easily gets wrong, in the volumes of a pod. */
final class VolumeFiles {

  /** How many entries there are. */
  static final int COUNT = 10;

  /** Random bytes, so that nothing but a true copy has the same checksums. */
  private static final String WRITE =
      """
      set -e
      cd "$0"
      busybox mkdir -p empty 'odd name' deep/er
      busybox dd if=/dev/urandom of=large bs=1024k count=5 2>/dev/null
      busybox dd if=/dev/urandom of='odd name/größe "1" $x; it'\\''s.txt' bs=1k count=1 2>/dev/null
      busybox dd if=/dev/urandom of=./-dash bs=100 count=1 2>/dev/null
      busybox dd if=/dev/urandom of=deep/er/secret bs=100 count=1 2>/dev/null
      : > nothing
      busybox ln -s large link
      busybox chown 1234:4321 ./-dash deep/er
      busybox chmod 600 deep/er/secret
      busybox chmod 751 deep
      busybox chmod 4755 ./-dash
      """;

  /** One line per entry, the last column its name; Velero marks what it restored with .velero. */
  private static final String LIST =
      """
      cd "$0"
      busybox find . -path ./.velero -prune -o -mindepth 1 -print | busybox sort |
      while IFS= read -r f; do
        if [ -L "$f" ]; then what=$(busybox readlink "$f")
        elif [ -f "$f" ]; then
          what="$(busybox stat -c %Y "$f") $(busybox sha256sum < "$f")"
        else what=directory; fi
        busybox echo "$(busybox stat -c '%A %u:%g' "$f") $what $f"
      done
      """;

  private VolumeFiles() {}

  /** Writes them. */
  static void write(Member member, String namespace, String pod, String folder) {
    member.exec(namespace, pod, "sh", "-c", WRITE, folder);
  }

  /** What is in a folder: kind, mode, owner, age and content of everything. */
  static String list(Member member, String namespace, String pod, String folder) {
    return member.exec(namespace, pod, "sh", "-c", LIST, folder);
  }
}
