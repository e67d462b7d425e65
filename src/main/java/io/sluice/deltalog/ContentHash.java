package io.sluice.deltalog;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What a set of rows comes to, whatever their order and however they are divided into files: two
 * sums of 64 bits, each of another mix of the hash of every row. Rows that are there twice count
 * twice.
 */
public record ContentHash(long first, long second) implements Serializable {

  /** Of no rows. */
  public static final ContentHash EMPTY = new ContentHash(0, 0);

  public ContentHash plus(ContentHash other) {
    return new ContentHash(first + other.first, second + other.second);
  }

  /** 22 characters. */
  public String text() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(first).putLong(second).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * @throws IllegalArgumentException where the text is not one of {@link #text}
   */
  public static ContentHash parse(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length != 16) {
      throw new IllegalArgumentException("Not a hash of rows: " + text);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ContentHash(buffer.getLong(), buffer.getLong());
  }

  @Override
  public String toString() {
    return text();
  }
}
