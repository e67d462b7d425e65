package io.sluice.lake.kept;

import io.sluice.sql.BatchVerdict;
import io.sluice.sql.Hint;
import io.sluice.sql.ParsedSql;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Answers as bytes. */
final class Answers {
  private Answers() {}

  /** Takes an answer from its bytes. */
  @FunctionalInterface
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  /** Finds an answer, and puts it into bytes. */
  @FunctionalInterface
  interface Writing<T> {
    T to(DataOutputStream out) throws IOException;
  }

  /** An answer in both forms. */
  record Written<T>(T value, byte[] bytes) {}

  static DataInputStream in(byte[] answer) {
    return new DataInputStream(new ByteArrayInputStream(answer));
  }

  static <T> Written<T> written(Writing<T> writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      T value = writing.to(out);
      return new Written<>(value, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
  }

  /** The statement is the beginning of what was asked, so its length will do. */
  static void write(DataOutputStream out, ParsedSql parsed, String asked) throws IOException {
    if (!asked.startsWith(parsed.text())) {
      throw new IllegalStateException("The parser gave another text than it got: " + asked);
    }
    out.writeInt(parsed.text().length());
    out.writeInt(parsed.tables().size());
    for (ParsedSql.TableReference table : parsed.tables()) {
      text(out, table.name());
      out.writeInt(table.line());
    }
    out.writeInt(parsed.parameters().size());
    for (String parameter : new TreeSet<>(parsed.parameters())) {
      text(out, parameter);
    }
    text(out, parsed.fingerprint());
  }

  static ParsedSql parsed(DataInputStream in, String asked, int firstLine) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > asked.length()) {
      throw new IOException("A statement of " + length);
    }
    List<ParsedSql.TableReference> tables = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      tables.add(new ParsedSql.TableReference(text(in), in.readInt()));
    }
    Set<String> parameters = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      parameters.add(text(in));
    }
    return new ParsedSql(asked.substring(0, length), firstLine, tables, parameters, text(in));
  }

  static void write(DataOutputStream out, BatchVerdict verdict) throws IOException {
    out.writeBoolean(verdict.batches());
    text(out, verdict.reason());
    out.writeInt(verdict.line());
  }

  static BatchVerdict verdict(DataInputStream in) throws IOException {
    return new BatchVerdict(in.readBoolean(), text(in), in.readInt());
  }

  static void write(DataOutputStream out, List<Hint> hints) throws IOException {
    out.writeInt(hints.size());
    for (Hint hint : hints) {
      out.writeInt(hint.line());
      text(out, hint.text());
    }
  }

  static List<Hint> hints(DataInputStream in) throws IOException {
    List<Hint> hints = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      hints.add(new Hint(in.readInt(), text(in)));
    }
    return List.copyOf(hints);
  }

  /** Not {@code writeUTF}, which ends at 64 KB. */
  private static void text(DataOutputStream out, String text) throws IOException {
    AnswerFile.writeText(out, text);
  }

  private static String text(DataInputStream in) throws IOException {
    return AnswerFile.readText(in);
  }
}
