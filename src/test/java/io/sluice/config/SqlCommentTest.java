package io.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An SQL file's settings stand in its leading comment and keep the file's line numbers. */
class SqlCommentTest {
  private final Problems problems = new Problems();

  private SqlComment split(String text) {
    return SqlComment.split("a.sql", text, problems);
  }

  private void told(String... expected) {
    assertEquals(List.of(expected), problems.list().stream().map(Problem::toString).toList());
  }

  @Test
  void settingsAndSqlAreSplitWithTheirLines() {
    SqlComment parts = split("\n-- licence\n/* sluice\n  a = 1\n*/\n\nSELECT 1\n");
    assertEquals(new SqlComment("\n  a = 1\n", 3, "SELECT 1\n", 7), parts);
    told();
  }

  @Test
  void aFileMayHaveNoSettings() {
    assertEquals(new SqlComment("", 1, "SELECT 1", 2), split("\nSELECT 1"));
    SqlComment plain = split("/* just words */\nSELECT 1");
    assertEquals("", plain.settings());
    assertEquals("SELECT 1", plain.sql());
    told();
  }

  @Test
  void linesOfOtherSystemsAreTheSame() {
    assertEquals(
        split("/* sluice\na = 1 */\nSELECT 1"), split("/* sluice\r\na = 1 */\r\nSELECT 1"));
  }

  @Test
  void anOpeningThatIsAlmostRight() {
    split("/*sluice a = 1 */ SELECT 1");
    split("\n/* Sluice a = 1 */ SELECT 1");
    told(
        "a.sql:1: the settings' comment opens with '/*sluice'; write /* sluice",
        "a.sql:2: the settings' comment opens with '/* Sluice'; write /* sluice");
  }

  @Test
  void aCommentThatDoesNotEnd() {
    split("/* sluice\na = 1");
    told("a.sql:1: the comment does not end; close it with */");
  }

  @Test
  void aCommentThatComesTooLate() {
    split("SELECT 1\n/* sluice\n a = 1 */");
    told(
        "a.sql:2: the settings' comment stands after the SQL has begun; make it the first thing in the file");
  }
}
