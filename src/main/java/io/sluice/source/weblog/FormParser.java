package io.sluice.source.weblog;

import io.sluice.lake.logs.LogForm;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines of one form apart, from left to right: a value ends where the text after it begins.
 * In quotes, a quote after a backslash ends nothing.
 */
final class FormParser implements RecordParser {

  private final LogForm.Piece[] pieces;
  private final LogValue[] values;
  private final byte[][] literals;
  private final int[] inside;

  FormParser(LogForm form, FormValues values) {
    this.pieces = form.pieces().toArray(LogForm.Piece[]::new);
    this.values = form.pieces().stream().map(values::of).toArray(LogValue[]::new);
    this.literals = form.literals().toArray(byte[][]::new);
    this.inside = new int[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      String after = i + 1 < pieces.length ? pieces[i + 1].before() : form.end();
      String own = pieces[i].inside();
      for (int at = own.indexOf(after); !after.isEmpty() && at >= 0; ) {
        inside[i]++;
        at = own.indexOf(after, at + after.length());
      }
    }
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] row) {
    if (length == 0) {
      return Parsed.NOTHING;
    }
    // The one copy of which all texts of the row are parts.
    byte[] line = Arrays.copyOf(bytes, length);
    int at = 0;
    for (int i = 0; i < pieces.length; i++) {
      byte[] before = literals[i];
      if (!stands(line, at, before)) {
        return misfit(at, pieces[i].name());
      }
      at += before.length;
      int to = end(line, at, before, literals[i + 1], inside[i]);
      if (to < 0) {
        return misfit(at, pieces[i].name());
      }
      Optional<String> fault = values[i].put(line, at, to, row);
      if (fault.isPresent()) {
        return new Parsed.Fault(fault.get());
      }
      at = to;
    }
    byte[] last = literals[pieces.length];
    return stands(line, at, last) && at + last.length == length
        ? Parsed.ROW
        : new Parsed.Fault("more follows from character %,d on".formatted(at + last.length + 1));
  }

  private static Parsed misfit(int at, String name) {
    return new Parsed.Fault(
        "the line does not fit the format from character %,d on, where %s is looked for"
            .formatted(at + 1, name));
  }

  private static boolean stands(byte[] line, int at, byte[] text) {
    return at + text.length <= line.length
        && Arrays.equals(line, at, at + text.length, text, 0, text.length);
  }

  /**
   * Where the value ends; -1 where it does not.
   *
   * @param inside how often the text after it is a part of it
   */
  private static int end(byte[] line, int from, byte[] before, byte[] after, int inside) {
    if (after.length == 0) {
      return line.length;
    }
    boolean isQuoted = after[0] == '"' && before.length > 0 && before[before.length - 1] == '"';
    for (int i = from; i < line.length; i++) {
      if (isQuoted && line[i] == '\\') {
        i++;
      } else if (line[i] == after[0] && (isQuoted || stands(line, i, after)) && inside-- == 0) {
        return i;
      }
    }
    return -1;
  }
}
