package io.sluice.source.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlicesTest {

  @Test
  void howeverALogIsCutEachLineIsReadOnce() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      String[] ends = {"\n", "\r\n", "\r"};
      StringBuilder text = new StringBuilder();
      for (int line = random.nextInt(60); line > 0; line--) {
        text.append("x".repeat(random.nextInt(8))).append(ends[random.nextInt(3)]);
      }
      text.append(random.nextBoolean() ? "last" : "");
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

      List<String> cut = new ArrayList<>();
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
        cut.addAll(lines(bytes, from, to));
        from = to;
      }

      assertEquals(lines(bytes, 0, bytes.length), cut, "seed " + seed + " of " + text);
    }
  }

  private static List<String> lines(byte[] bytes, int from, int to) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, from, bytes.length - from);
    try (LineCutter cutter = new LineCutter(in, new Extent(from, to, from == 0))) {
      while (cutter.next()) {
        String line = new String(cutter.bytes(), 0, cutter.length(), StandardCharsets.UTF_8);
        lines.add(cutter.offset() + " " + line);
      }
    }
    return lines;
  }

  @Test
  void aLineThatIsTooLongIsAFaultAndTheNextIsRead() throws IOException {
    byte[] bytes =
        ("a\n" + "x".repeat(Cutter.LONGEST + 1) + "\nb").getBytes(StandardCharsets.UTF_8);
    List<String> told = new ArrayList<>();
    try (LineCutter cutter = new LineCutter(new ByteArrayInputStream(bytes), Extent.WHOLE)) {
      while (cutter.next()) {
        told.add(cutter.line() + cutter.fault().orElse(""));
      }
    }
    assertEquals(List.of("1", "2the line is longer than 16,777,216 bytes", "3"), told);
  }

  @Test
  void largeFilesAreCutAndSmallOnesReadTogether() {
    Slices slices = new Slices(100, 10, 4);
    List<List<Slice>> parts =
        slices.of(
            List.of(
                whole("large", 250, true),
                whole("packed", 180, false),
                whole("a", 5, true),
                whole("b", 5, true)));

    assertTrue(parts.contains(List.of(new Slice("packed", 0, 180, true, 7))), parts.toString());
    assertEquals(
        250,
        parts.stream()
            .flatMap(List::stream)
            .filter(slice -> slice.file().equals("large"))
            .mapToLong(slice -> slice.to() - slice.from())
            .sum());
    assertTrue(
        parts.stream().anyMatch(part -> part.size() > 1 && part.toString().contains("file=a")),
        parts.toString());
  }

  @Test
  void filesOfHardlyAnyBytesAreCutToo() {
    assertEquals(
        2, new Slices(100, 0, 8).of(List.of(whole("a", 1, true), whole("b", 1, true))).size());
  }

  private static Slices.Whole whole(String file, long bytes, boolean mayBeCut) {
    return new Slices.Whole(new Slice(file, 0, bytes, true, 7), mayBeCut);
  }
}
