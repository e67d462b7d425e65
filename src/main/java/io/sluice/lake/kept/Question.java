package io.sluice.lake.kept;

import io.sluice.sql.InputShape;
import io.sluice.sql.ParsedSql;
import io.sluice.time.Lookback;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * All that an answer depends on, as one number.
 *
 * @param sum SHA-256
 */
record Question(ByteBuffer sum) implements Comparable<Question> {
  static final int BYTES = 32;

  Question(byte[] sum) {
    this(ByteBuffer.wrap(sum));
  }

  byte[] bytes() {
    return sum.array();
  }

  @Override
  public int compareTo(Question other) {
    return sum.compareTo(other.sum);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(sum.array());
  }

  /**
   * A question that is being put; each part says how long it is, so that none runs into the next.
   */
  static final class Asking {
    private final MessageDigest digest;

    Asking(String kind) {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
      text(kind);
    }

    Asking text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      digest.update(bytes);
      return this;
    }

    Asking number(int number) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
      return this;
    }

    Asking maybe(Optional<String> text) {
      number(text.isPresent() ? 1 : 0);
      text.ifPresent(this::text);
      return this;
    }

    /** What the parser says of SQL is a function of its text and place. */
    Asking sql(ParsedSql sql) {
      return text(sql.text()).number(sql.firstLine());
    }

    Asking shape(InputShape shape) {
      return text(shape.sight().name())
          .maybe(shape.cutColumn())
          .maybe(shape.lookback().map(Lookback::toString));
    }

    Question end() {
      return new Question(digest.digest());
    }
  }
}
