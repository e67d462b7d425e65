package io.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What HOCON would cut, split or override without a word is found; what is right is left alone. */
class ScanTest {
  private static String found(String text) {
    List<String> found =
        Scan.of(text).findings().stream()
            .map(each -> each.line() + " " + each.path() + ": " + each.message())
            .toList();
    return String.join("\n", found);
  }

  private static void isRight(String text) {
    assertEquals("", found(text));
    assertEquals(text, Scan.of(text).mended());
  }

  @Test
  void rightTextIsLeftAlone() {
    isRight("a = one two # a comment\nb = 3 // another\nc { d = [x, y], e : 4 } # end\n");
    isRight("{ a = 1, b { c = \"x#y:z{}*\" } }");
    isRight("a = \"it's\"#comment\n");
    isRight("a = \"\"\"\n x = y # no comment {\n\"\"\"\nb = 2");
    isRight("a = \"a \\\" : b\"\n");
    isRight("sql = country IN (UK)\nother = a > 1\n");
    isRight("a = ${X}\nb = ${?Y} # c\nc = ${X}\"/sub\"");
    isRight("a = 1\na = ${?A}\n");
    isRight("l = [\n  { a = 1 }\n  { a = 2 }\n]\nl2 = [[1], [2]]");
    isRight("in { raw.a { x = 1 } }\nin { raw.b { x = 1 } }");
  }

  @Test
  void aTrapIsMendedWithTheValueThatWasMeant() {
    assertEquals("a = \"b#c\" # d", Scan.of("a = b#c # d").mended());
    assertEquals("a { b = \"c:d\", e = 1 }", Scan.of("a { b = c:d, e = 1 }").mended());
    assertEquals("a = [\"x*\", y]", Scan.of("a = [x*, y]").mended());
    assertEquals("a = \"f(1, 2)\"\nb = 1", Scan.of("a = f(1, 2)\nb = 1").mended());
    assertEquals("a = ${X}\"/{d}\"", Scan.of("a = ${X}/{d}").mended());
    assertEquals("a = \"op = \\\"D\\\"\"", Scan.of("a = op = \"D\"").mended());
  }

  @Test
  void eachTrapIsToldWithItsLineAndPath() {
    assertEquals(
        """
        1 a: the value has ':' and is not in quotes; write a = "x:y"
        3 b.c: HOCON takes '#e' for a comment and cuts it off; write c = "d#e"
        4 b.l[1]: the value has '*' and is not in quotes; write "*.csv\"""",
        found("a = x:y\nb {\n  c = d#e\n  l = [ok, *.csv]\n}"));
  }

  @Test
  void aKeyThatIsWrittenTwiceIsTold() {
    assertEquals(
        "3 a.b: written twice, first on line 1; keep one", found("a { b = 1 }\n\na.b = 2"));
  }

  @Test
  void placesAreThoseOfKeysInListsAndQuotesToo() {
    assertEquals(
        "{a=1, a.x y=2, a.x y[0]=3, a.x y[0].c=4, d=5, d.e=5}",
        Scan.of("a {\n\"x y\" = [\n{\nc = 1 }]}\nd.e = 2").lines().toString().replace("}]", "]"));
  }
}
