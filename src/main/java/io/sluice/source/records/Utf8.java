package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes UTF-8 of other encodings, and finds what is none. */
public final class Utf8 {

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Utf8() {}

  /** A text that may begin with a byte-order mark. */
  public static PushbackInputStream of(InputStream bytes, Charset charset) {
    return new PushbackInputStream(
        isWrittenSo(charset) ? bytes : new Transcoded(new InputStreamReader(bytes, charset)),
        MARK.length);
  }

  /** Goes behind a byte-order mark, which is no part of a text; how many bytes that was. */
  public static int skipMark(PushbackInputStream text) throws IOException {
    byte[] head = text.readNBytes(MARK.length);
    int mark = mark(head);
    if (mark == 0) {
      text.unread(head);
    }
    return mark;
  }

  static boolean isWrittenSo(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
  }

  /** How many of a text's first bytes are a byte-order mark. */
  public static int mark(byte[] text) {
    return text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length)
        ? MARK.length
        : 0;
  }

  /**
   * The index of the first character that is not what it was written as; -1 where all are good.
   *
   * @param wasTranscoded whether a replacement character stands for one that was lost
   */
  static int firstFault(byte[] bytes, int length, boolean wasTranscoded) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return firstFaultBeyondAscii(bytes, length, wasTranscoded);
      }
    }
    return -1;
  }

  private static int firstFaultBeyondAscii(byte[] bytes, int length, boolean wasTranscoded) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, 0, length), text, true);
    text.flip();
    if (result.isError()) {
      return text.length();
    }
    return wasTranscoded ? text.toString().indexOf('\uFFFD') : -1;
  }

  /** Characters as UTF-8. */
  private static final class Transcoded extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = new byte[0];
    private int at;

    Transcoded(Reader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      return fill() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!fill()) {
        return -1;
      }
      int some = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, into, offset, some);
      at += some;
      return some;
    }

    private boolean fill() throws IOException {
      while (at == bytes.length) {
        int read = reader.read(chars, 0, chars.length - 1);
        if (read < 0) {
          return false;
        }
        // A pair that makes one character must not be parted.
        if (read > 0 && Character.isHighSurrogate(chars[read - 1])) {
          int other = reader.read();
          if (other >= 0) {
            chars[read++] = (char) other;
          }
        }
        bytes = new String(chars, 0, read).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
