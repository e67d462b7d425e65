package io.sluice.lake.kept;

import io.sluice.lake.SqlParsing;
import io.sluice.sql.BatchVerdict;
import io.sluice.sql.Hint;
import io.sluice.sql.InputShape;
import io.sluice.sql.ParsedSql;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers from a file what was asked before, and asks the parser the rest. Closing it writes the
 * file, which holds just what was asked this time. A problem is not kept: it is looked for anew.
 */
public final class KeptParsing implements SqlParsing, AutoCloseable {
  private final SqlParsing parser;
  private final AnswerFile file;
  private final Map<Question, byte[]> known;
  private final Map<Question, byte[]> asked = new TreeMap<>();

  KeptParsing(SqlParsing parser, AnswerFile file) {
    this.parser = parser;
    this.file = file;
    this.known = file.read();
  }

  /**
   * In a file of the project's own folder.
   *
   * @param environment may ask other questions, so its answers are in another file
   */
  public static KeptParsing of(Path project, Optional<String> environment) {
    String name = "parsed" + environment.map(e -> "." + e.replaceAll("[^\\w-]", "_")).orElse("");
    return new KeptParsing(
        SqlParsing.DIRECT, new AnswerFile(project.resolve(".sluice"), name, Answerer.id()));
  }

  @Override
  public ParsedSql read(String text, int firstLine) {
    return answer(
        new Question.Asking("read").text(text).number(firstLine),
        in -> Answers.parsed(in, text, firstLine),
        out -> {
          ParsedSql parsed = parser.read(text, firstLine);
          Answers.write(out, parsed, text);
          return parsed;
        });
  }

  @Override
  public BatchVerdict batching(
      ParsedSql sql,
      Map<String, InputShape> inputs,
      Map<String, ParsedSql> views,
      Optional<String> intervalColumn) {
    Question.Asking question = new Question.Asking("batching").sql(sql);
    question.number(inputs.size());
    new TreeMap<>(inputs).forEach((name, shape) -> question.text(name).shape(shape));
    question.number(views.size());
    new TreeMap<>(views).forEach((name, view) -> question.text(name).sql(view));
    question.maybe(intervalColumn);
    return answer(
        question,
        Answers::verdict,
        out -> {
          BatchVerdict verdict = parser.batching(sql, inputs, views, intervalColumn);
          Answers.write(out, verdict);
          return verdict;
        });
  }

  @Override
  public List<Hint> dateFilters(ParsedSql sql, Map<String, String> cutColumns) {
    Question.Asking question = new Question.Asking("date filters").sql(sql);
    question.number(cutColumns.size());
    new TreeMap<>(cutColumns).forEach((table, column) -> question.text(table).text(column));
    return answer(
        question,
        Answers::hints,
        out -> {
          List<Hint> hints = parser.dateFilters(sql, cutColumns);
          Answers.write(out, hints);
          return hints;
        });
  }

  private <T> T answer(Question.Asking asking, Answers.Reading<T> kept, Answers.Writing<T> anew) {
    Question question = asking.end();
    byte[] answer = known.get(question);
    if (answer != null) {
      try (DataInputStream in = Answers.in(answer)) {
        T said = kept.from(in);
        asked.put(question, answer);
        return said;
      } catch (IOException cannotBeRead) {
        known.remove(question);
      }
    }
    Answers.Written<T> written = Answers.written(anew);
    asked.put(question, written.bytes());
    return written.value();
  }

  @Override
  public void close() {
    if (!asked.keySet().equals(known.keySet())) {
      file.write(asked);
    }
  }
}
