package io.sluice.source.faulty;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens to files on their way. */
public final class Damage {
  private final Random random;
  private byte[] bytes;

  Damage(Random random, byte[] bytes) {
    this.random = random;
    this.bytes = bytes.clone();
  }

  /** The file as it arrives. */
  public static byte[] done(Random random, byte[] bytes) {
    Damage damage = new Damage(random, bytes);
    for (int times = random.nextInt(4); times > 0; times--) {
      damage.some();
    }
    return damage.bytes;
  }

  private void some() {
    switch (random.nextInt(10)) {
      case 0 -> bytes = Arrays.copyOf(bytes, somewhere());
      case 1 -> insert(0, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
      case 2 -> insert(somewhere(), new byte[1 + random.nextInt(3)]);
      case 3 -> insert(somewhere(), text(random.nextBoolean() ? "\n" : "\r\n"));
      case 4 -> insert(somewhere(), text(random.nextBoolean() ? "\"" : "'"));
      case 5 -> insert(somewhere(), text("x".repeat(1 + random.nextInt(100_000))));
      case 6 -> insert(somewhere(), new byte[] {(byte) 0xE9});
      case 7 -> overwrite();
      case 8 -> delete();
      default -> repeat();
    }
  }

  private int somewhere() {
    return random.nextInt(bytes.length + 1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void insert(int at, byte[] some) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(some);
    out.write(bytes, at, bytes.length - at);
    bytes = out.toByteArray();
  }

  private void overwrite() {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
  }

  private void delete() {
    int from = somewhere();
    int to = Math.min(bytes.length, from + random.nextInt(50));
    byte[] rest = Arrays.copyOfRange(bytes, to, bytes.length);
    bytes = Arrays.copyOf(bytes, from);
    insert(from, rest);
  }

  /** A part comes twice, as when a transfer is taken up again. */
  private void repeat() {
    int from = somewhere();
    int to = Math.min(bytes.length, from + random.nextInt(200));
    insert(to, Arrays.copyOfRange(bytes, from, to));
  }

  /** The marks that records carry, in order. */
  public static List<String> marks(String text) {
    List<String> marks = new ArrayList<>();
    Matcher matcher = Pattern.compile("q\\d+x\\d+q").matcher(text);
    while (matcher.find()) {
      marks.add(matcher.group());
    }
    return marks;
  }
}
