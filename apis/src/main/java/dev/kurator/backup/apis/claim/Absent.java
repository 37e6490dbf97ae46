package dev.kurator.backup.apis.claim;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a field that is not there means: Jackson gives null, the records hold empty collections. */
public final class Absent {

  private Absent() {}

  /**
   * A list as given, unmodifiable.
   *
   * @param list null where the field is absent
   * @return an unmodifiable copy, empty for null
   */
  public static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /**
   * A map in the order of its keys, so that equal maps also print alike.
   *
   * @param map null where the field is absent
   * @return an unmodifiable sorted copy, empty for null
   */
  public static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
