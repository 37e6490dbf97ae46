package dev.kurator.backup.provider.member;

/** What a watch knows of an object. */
public sealed interface Seen<T> {

  /** The watch is not up yet, or the kind is not served yet: nothing can be said. */
  record Unknown<T>() implements Seen<T> {}

  /** It is not there. */
  record Absent<T>() implements Seen<T> {}

  /** It is there; a copy from the cache, never to be changed. */
  record Present<T>(T object) implements Seen<T> {}
}
