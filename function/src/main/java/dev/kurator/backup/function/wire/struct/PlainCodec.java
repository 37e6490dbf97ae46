package dev.kurator.backup.function.wire.struct;

/** Texts, flags and whole numbers. */
enum PlainCodec implements Codec {
  Text {
    @Override
    public Object read(StructValue value) throws MalformedException {
      return value.text();
    }

    @Override
    public void write(Object value, StructWriter to) {
      to.text((String) value);
    }
  },
  Flag {
    @Override
    public Object read(StructValue value) throws MalformedException {
      return value.flag();
    }

    @Override
    public void write(Object value, StructWriter to) {
      to.flag((Boolean) value);
    }
  },
  Long {
    @Override
    public Object read(StructValue value) throws MalformedException {
      return (long) whole(value, LARGEST_EXACT);
    }

    @Override
    public void write(Object value, StructWriter to) {
      to.number((Long) value);
    }
  },
  Integer {
    @Override
    public Object read(StructValue value) throws MalformedException {
      return (int) whole(value, java.lang.Integer.MAX_VALUE);
    }

    @Override
    public void write(Object value, StructWriter to) {
      to.number((Integer) value);
    }
  };

  /** Largest integer that a double holds exactly; Structs know no integers. */
  static final double LARGEST_EXACT = 9_007_199_254_740_992d;

  private static double whole(StructValue value, double most) throws MalformedException {
    double number = value.number();
    if (Math.rint(number) != number || Math.abs(number) > most) {
      throw new MalformedException("must be a whole number, not " + number);
    }
    return number;
  }
}
