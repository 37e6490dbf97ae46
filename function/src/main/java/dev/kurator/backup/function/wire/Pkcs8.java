package dev.kurator.backup.function.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Wraps older encodings of private keys into PKCS#8, the only one that the JDK reads: the algorithm
 * in front, the key itself unchanged. A library that does more would cost a third of the start.
 */
final class Pkcs8 {

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;

  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  /** Object identifiers with their parameters: rsaEncryption and NULL, id-ecPublicKey. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Pkcs8() {}

  /** Of an RSAPrivateKey (RFC 8017), as in PEM files with RSA PRIVATE KEY. */
  static byte[] ofRsa(byte[] der) {
    return wrapped(RSA, der);
  }

  /**
   * Of an ECPrivateKey (RFC 5915), as in PEM files with EC PRIVATE KEY.
   *
   * @throws IllegalArgumentException when it does not name its curve
   */
  static byte[] ofEc(byte[] der) {
    ByteBuffer key = content(ByteBuffer.wrap(der), SEQUENCE);
    content(key, INTEGER);
    content(key, OCTET_STRING);
    ByteBuffer curve = content(key, PARAMETERS);
    byte[] name = new byte[curve.remaining()];
    curve.get(name);
    return wrapped(joined(EC, name), der);
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return tagged(
        SEQUENCE, joined(VERSION, tagged(SEQUENCE, algorithm), tagged(OCTET_STRING, key)));
  }

  /** The content of what is next; the buffer then stands behind it. */
  private static ByteBuffer content(ByteBuffer der, int tag) {
    if (der.remaining() < 2 || Byte.toUnsignedInt(der.get()) != tag) {
      throw new IllegalArgumentException("not a private key of this kind");
    }
    int length = Byte.toUnsignedInt(der.get());
    if (length > 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes && der.hasRemaining(); i++) {
        length = (length << 8) | Byte.toUnsignedInt(der.get());
      }
    }
    if (length < 0 || length > der.remaining()) {
      throw new IllegalArgumentException("a private key that is cut off");
    }
    ByteBuffer content = der.slice(der.position(), length);
    der.position(der.position() + length);
    return content;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      // Two bytes of length are enough for any key, and DER allows no more than needed.
      int bytes = content.length < 0x100 ? 1 : 2;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >>> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
