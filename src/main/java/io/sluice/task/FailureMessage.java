package io.sluice.task;

import io.sluice.api.SourceException;
import io.sluice.lake.Job;
import io.sluice.lake.Making;
import io.sluice.table.TableException;
import io.sluice.transform.SqlErrors;
import io.sluice.transform.SqlText;
import io.sluice.transform.SqlTransform;
import io.sluice.transform.TransformException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;

/** Says in one line what went wrong, without what Spark says around it. */
final class FailureMessage {
  private static final Pattern LOST_TASK =
      Pattern.compile(
          "most recent failure: Lost task .*?\\(TID \\d+\\) \\([^)\\n]*\\): ?"
              + "|Most recent failure reason:\\s*");
  private static final Pattern CLASS_NAME =
      Pattern.compile("^(?:[a-z_][\\w$]*\\.)+([A-Z][\\w$]*): ");
  private static final Pattern PLACE =
      Pattern.compile("== SQL[^\\n]*\\(line (\\d+), position \\d+\\) ==\\n([^\\n]*)\\n");
  private static final Pattern ADVICE =
      Pattern.compile(
          "\\s*(If necessary set|Use `?try_|To tolerate|You can|Please )[^\\n]*"
              + "| \\(exists=\\w+, cwd=[^)]*\\)");
  private static final Pattern OBJECT =
      Pattern.compile("\\b(?:s3a?|gs|abfss?|wasbs?|hdfs)://[^\\s:,;()]+");
  private static final Pattern FILE = Pattern.compile("\\bfile:/[^\\s:,;()]*[^\\s:,;().]");
  private static final int LONGEST = 500;

  private FailureMessage() {}

  /** Of a query that is no job's. */
  static String of(Throwable failure) {
    return of(Optional.empty(), failure);
  }

  static String of(Job job, Throwable failure) {
    return of(Optional.of(job), failure);
  }

  private static String of(Optional<Job> job, Throwable failure) {
    List<Throwable> chain = Sign.chain(failure);
    for (Throwable cause : chain) {
      if (cause instanceof TaskFailure
          || cause instanceof SourceException
          || cause instanceof TableException
          || cause instanceof TransformException) {
        return oneLine(String.valueOf(cause.getMessage()));
      }
    }
    for (Throwable cause : chain) {
      if (cause instanceof AnalysisException analysis) {
        return oneLine(
            job.map(known -> known.origin() + ": ").orElse("") + SqlErrors.explain(analysis));
      }
    }
    Throwable root = deepestThatSpeaks(chain);
    String told = told(root);
    return oneLine(
        job.flatMap(known -> place(known, chain)).map(at -> at + ": ").orElse("")
            + input(chain)
            + object(chain, told)
            + told
            + Advice.on(failure));
  }

  private static String input(List<Throwable> chain) {
    return chain.stream()
        .filter(InputException.class::isInstance)
        .findFirst()
        .map(table -> table.getMessage() + ": ")
        .orElse("");
  }

  /** Where the storage's own words do not say what they are about. */
  private static String object(List<Throwable> chain, String told) {
    if (told.contains("://")) {
      return "";
    }
    Pattern where = told.contains(Advice.NO_ROOM) ? FILE : OBJECT;
    for (Throwable cause : chain) {
      Matcher object = where.matcher(String.valueOf(cause.getMessage()));
      if (object.find()) {
        return object.group() + ": ";
      }
    }
    return "";
  }

  private static Throwable deepestThatSpeaks(List<Throwable> chain) {
    for (int i = chain.size() - 1; i >= 0; i--) {
      String message = chain.get(i).getMessage();
      if (message != null && !message.isBlank()) {
        return chain.get(i);
      }
    }
    return chain.get(chain.size() - 1);
  }

  private static String told(Throwable root) {
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName();
    }
    String text = message;
    Matcher lost = LOST_TASK.matcher(text);
    if (lost.find()) {
      text = text.substring(lost.end());
    }
    String first = text.strip().lines().findFirst().orElse("");
    Matcher name = CLASS_NAME.matcher(first);
    if (name.find()) {
      String rest = first.substring(name.end());
      return ADVICE
          .matcher(rest.startsWith("[") ? rest : name.group(1) + ": " + rest)
          .replaceAll("");
    }
    boolean speaksForItself =
        first.startsWith("[") || root.getClass().getName().startsWith("org.apache.spark");
    return ADVICE
        .matcher(speaksForItself ? first : root.getClass().getSimpleName() + ": " + first)
        .replaceAll("");
  }

  /** The line of the job's own SQL that Spark names, if the text there is the job's. */
  private static Optional<String> place(Job job, List<Throwable> chain) {
    if (!(job.making() instanceof Making.FromSql)) {
      return Optional.empty();
    }
    SqlText sql = SqlTransform.text(job);
    List<String> lines = sql.text().lines().toList();
    for (Throwable cause : chain) {
      Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
      while (place.find()) {
        int line = Integer.parseInt(place.group(1));
        if (line <= lines.size() && lines.get(line - 1).contains(place.group(2).strip())) {
          return Optional.of(sql.line(line).toString());
        }
      }
    }
    return Optional.empty();
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
