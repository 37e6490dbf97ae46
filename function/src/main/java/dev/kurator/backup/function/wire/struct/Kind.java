package dev.kurator.backup.function.wire.struct;

/** What a value is: one for each field of google.protobuf.Value. */
enum Kind {
  Null(1, Cursor.VARINT, "null"),
  Number(2, Cursor.FIXED64, "a number"),
  Text(3, Cursor.LENGTH_DELIMITED, "a text"),
  Flag(4, Cursor.VARINT, "true or false"),
  Struct(5, Cursor.LENGTH_DELIMITED, "an object"),
  List(6, Cursor.LENGTH_DELIMITED, "a list");

  private static final Kind[] ALL = values();

  private final int tag;
  private final String words;

  Kind(int field, int wireType, String words) {
    this.tag = (field << 3) | wireType;
    this.words = words;
  }

  /** Whether a tag is that of a field of Value, whatever its wire type. */
  static boolean isField(int tag) {
    return tag >>> 3 >= 1 && tag >>> 3 <= ALL.length;
  }

  /** The kind that a field of Value stands for. */
  static Kind of(int tag) throws MalformedException {
    Kind kind = ALL[(tag >>> 3) - 1];
    if (kind.tag != tag) {
      throw new MalformedException("not a google.protobuf.Value");
    }
    return kind;
  }

  /** Number and wire type of the field of Value that holds it. */
  int tag() {
    return tag;
  }

  @Override
  public String toString() {
    return words;
  }
}
