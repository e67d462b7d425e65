package io.sluice.source.records;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that begin with a byte-order mark, cut into slices. */
class MarkedTextTest {

  private static final String MARK = "\uFEFF";
  private static final int FAULT = 4;
  private static final int PLACE = 6;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\n",
        "\na\n",
        "\n\n\n\n",
        "\r\n\r\na",
        "\rab\r\rc",
        "aa\nbbb\nc\n",
        "a\r\nÿ\r\n~\nd"
      })
  void whereverTheFileIsCutEachLineIsReadOnceFromItsPlace(String text) throws IOException {
    byte[] bytes = bytes(MARK + text);
    Path file = Files.write(temp.resolve("file.txt"), bytes);
    List<String> whole = read(file, bytes, List.of(0L));

    assertEquals(lines(text), whole);
    for (long cut = 1; cut < bytes.length; cut++) {
      assertEquals(whole, read(file, bytes, List.of(0L, cut)), "cut at " + cut);
    }
    assertEquals(
        whole,
        read(file, bytes, LongStream.range(0, bytes.length).boxed().toList()),
        "cut all over");
  }

  /** A tilde stands for a byte that is no UTF-8. */
  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.write(one == '~' ? 0xC3 : one);
    }
    return bytes.toByteArray();
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    text.lines()
        .forEach(
            line ->
                lines.add(
                    line.equals("~")
                        ? "line %d: character 1 can't be read in the encoding that was given"
                            .formatted(lines.size() + 1)
                        : line));
    return lines;
  }

  /**
   * @param starts of slices
   */
  private static List<String> read(Path file, byte[] bytes, List<Long> starts) throws IOException {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      long to = i + 1 < starts.size() ? starts.get(i + 1) : bytes.length;
      slices.add(new Slice(file.toUri().toString(), starts.get(i), to, false, 0));
    }
    List<String> read = new ArrayList<>();
    RecordFormat format = new TextRecords("UTF-8", "", false);
    try (RecordReader reader = new RecordReader(format, false, slices, new Configuration())) {
      while (reader.next()) {
        read.add(value(reader.get(), bytes));
      }
    }
    return read;
  }

  private static String value(InternalRow row, byte[] bytes) {
    if (!row.isNullAt(FAULT)) {
      return row.getString(FAULT);
    }
    String value = row.getString(0);
    long place = row.getLong(PLACE);
    if (place < 0) {
      int at = (int) (-1 - place);
      int length = value.getBytes(StandardCharsets.UTF_8).length;
      assertEquals(value, new String(bytes, at, length, StandardCharsets.UTF_8), "at byte " + at);
    }
    return value;
  }

  @Test
  void theMarkIsNoPartOfAWholeText() throws IOException {
    for (var encoding : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      Path file = Files.write(temp.resolve("whole.txt"), (MARK + "a\nb").getBytes(encoding));
      Slice all = new Slice(file.toUri().toString(), 0, Files.size(file), true, 0);
      RecordFormat format = new TextRecords(encoding.name(), "", true);
      try (RecordReader reader =
          new RecordReader(format, false, List.of(all), new Configuration())) {
        reader.next();
        assertEquals("a\nb", reader.get().getString(0));
      }
    }
  }
}
