package io.sluice.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.Option;

/** Turns what Spark's parser throws into one sentence with the line of the file. */
final class ParseProblems {
  private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+]\\s*");
  private static final Pattern PLACE =
      Pattern.compile("\\s*\\(line \\d+, pos \\d+\\).*", Pattern.DOTALL);
  private static final Pattern STATE = Pattern.compile("\\s*SQLSTATE: \\w+\\s*");
  private static final Pattern DBT_REF =
      Pattern.compile("\\{\\{\\s*(?:ref|source)\\s*\\(([^)]*)\\)\\s*}}");

  private static final Pattern SYNTAX =
      Pattern.compile("Syntax error at or near (.*?)(: extra input.*)?");

  private ParseProblems() {}

  static SqlProblem explain(Exception e, String statement, int firstLine) {
    String said = sentence(String.valueOf(e.getMessage()));
    if (said.startsWith("Found an unclosed bracketed comment")) {
      // Spark gives no usable position here.
      String before = statement.substring(0, statement.lastIndexOf("/*"));
      long line = firstLine + before.chars().filter(c -> c == '\n').count();
      return new SqlProblem((int) line, "a comment opens here and has no end; write */");
    }
    int line = e instanceof ParseException parse ? lineOf(parse.start().line()) : 1;
    String there = statement.lines().skip(line - 1L).findFirst().orElse("");
    if (there.contains("{{") || there.contains("{%")) {
      said = templating(there);
    }
    Matcher syntax = SYNTAX.matcher(said);
    return new SqlProblem(
        firstLine + line - 1, syntax.matches() ? syntaxError(syntax.group(1)) : said);
  }

  private static int lineOf(Option<Object> line) {
    return line.isDefined() ? (Integer) line.get() : 1;
  }

  private static String syntaxError(String near) {
    if (near.equals("'''") || near.equals("'\"'")) {
      return "the quote %s that opens here is never closed; close it".formatted(near.charAt(1));
    }
    return "Spark cannot parse the SQL at %s; look there and just before for a missing or misspelled word, comma or bracket"
        .formatted(near);
  }

  private static String templating(String there) {
    Matcher ref = DBT_REF.matcher(there);
    String example = "raw.sales";
    if (ref.find()) {
      String[] names = ref.group(1).replaceAll("['\"\\s]", "").split(",", -1);
      example = "layer." + names[names.length - 1];
    }
    return "templates ({{ .. }}, {%% .. %%}) are not expanded; write the table's name with its layer: FROM %s"
        .formatted(example);
  }

  private static String sentence(String message) {
    String text =
        PLACE.matcher(ERROR_CLASS.matcher(message.strip()).replaceFirst("")).replaceFirst("");
    text = STATE.matcher(text).replaceAll("").replaceAll("\\s+", " ").strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
