package io.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a reader of settings gets, and what a person is told. */
class SectionTest {
  private final Problems problems = new Problems();

  private Section read(String text) {
    return Document.read("a.conf", 1, text, Map.of("SET", "x y", "PORT", "8080"), problems);
  }

  private void told(String... expected) {
    assertEquals(List.of(expected), problems.list().stream().map(Problem::toString).toList());
  }

  @Test
  void valuesAreReadByType() {
    Section section =
        read(
            """
            words = one two
            number = 1_000
            share = 5%
            spaced = 12.5 %
            time = 90 minutes
            short = 250ms
            yes = true
            factor = 1.5
            """);
    assertEquals(Optional.of("one two"), section.text("words"));
    assertEquals(Optional.of(1000), section.integer("number", 1));
    assertEquals(Optional.of(5.0), section.percent("share"));
    assertEquals(Optional.of(12.5), section.percent("spaced"));
    assertEquals(Optional.of(Duration.ofMinutes(90)), section.duration("time", ""));
    assertEquals(Optional.of(Duration.ofMillis(250)), section.duration("short", ""));
    assertEquals(Optional.of(true), section.flag("yes"));
    assertEquals(Optional.of(1.5), section.decimal("factor", 1));
    assertEquals(Optional.empty(), section.text("absent"));
    section.finish();
    told();
  }

  @Test
  void aNumberKeepsItsSpellingAsText() {
    assertEquals(Optional.of("1.50"), read("a = 1.50").text("a"));
    assertEquals(Optional.of("2010-12-01"), read("a = 2010-12-01").text("a"));
    assertEquals(Optional.of("007"), read("a = 007").text("a"));
  }

  @Test
  void oneTextIsAListOfOneAndOneBlockIsAListOfOne() {
    Section section = read("a = one\nb = [one, two]\nc { x = 1 }\nd = [{ x = 1 }, { x = 2 }]");
    assertEquals(List.of("one"), section.texts("a"));
    assertEquals(List.of("one", "two"), section.texts("b"));
    assertEquals(1, section.sections("c").size());
    assertEquals(
        List.of("1", "2"),
        section.sections("d").stream().map(each -> each.needText("x", "")).toList());
  }

  @Test
  void aBlockOfTextsHasDottedKeysInTheOrderInWhichTheyAreWritten() {
    Map<String, String> map = read("m { z = 1, \"a.b\" = 2, a.c = 3, y { d = 4 } }").map("m");
    assertEquals("{z=1, a.b=2, a.c=3, y.d=4}", map.toString());
  }

  @Test
  void valuesOfTheWrongTypeAreToldAndReadAsAbsent() {
    Section section =
        read("number = many\nshare = 105 %\nyes = maybe\nblock = word\nword { a = 1 }\nlist = [1]");
    assertEquals(Optional.empty(), section.integer("number", 0));
    assertEquals(Optional.empty(), section.percent("share"));
    assertEquals(Optional.empty(), section.flag("yes"));
    assertEquals(Optional.empty(), section.section("block"));
    assertEquals(Optional.empty(), section.text("word"));
    assertEquals(Optional.empty(), section.text("list"));
    told(
        "a.conf:1: number: 'many' is not a whole number from 0; write number = 1",
        "a.conf:2: share: '105 %' is not a share from 0 % to 100 %; write share = 5 %",
        "a.conf:3: yes: 'maybe' is not true or false; write yes = true",
        "a.conf:4: block: this is a block, not one value; write it as block { … }",
        "a.conf:5: word: this is one value, not a block or a list; write it as word = …",
        "a.conf:6: list: this is one value, not a block or a list; write it as list = …");
  }

  @Test
  void keysThatNobodyAskedForAreToldInBlocksAndListsToo() {
    Section section = read("a {\n  known = 1\n  knwon = 2\n}\nl = [\n  { x = 1 },\n  { y = 1 }\n]");
    section.section("a").ifPresent(block -> block.text("known"));
    section.sections("l").forEach(element -> element.text("x"));
    section.finish();
    told(
        "a.conf:3: a.knwon: unknown key; did you mean known?",
        "a.conf:7: l[1].y: unknown key; did you mean x?");
  }

  @Test
  void aKeyThatMustBeThereIsToldWithItsSection() {
    Section section = read("\n\na { }");
    assertEquals("", section.section("a").map(a -> a.needText("url", "url = x")).orElse("none"));
    told("a.conf:3: a.url: missing; write url = x");
  }

  @Test
  void aMisspelledKeyIsNotToldAsMissingToo() {
    Section section = read("Fetch_Size = 3");
    section.need("fetch-size", "fetch-size = 10");
    section.finish();
    told("a.conf:1: Fetch_Size: unknown key; write fetch-size");
  }

  @Test
  void variablesAreFilledInFromTheEnvironment() {
    Section section = read("a = ${SET}\nb = \"port \"${PORT}\nc = ${?UNSET}\nd = ${a}");
    assertEquals(Optional.of("x y"), section.text("a"));
    assertEquals(Optional.of("port 8080"), section.text("b"));
    assertEquals(Optional.empty(), section.text("c"));
    assertEquals(Optional.of("x y"), section.text("d"));
    told();
  }

  @Test
  void allVariablesThatAreNotSetAreToldAtOnceAndNothingElseOfThem() {
    Section section = read("a = ${ONE}\nb = x${TWO}\nc { n = ${THREE} }");
    assertEquals("", section.needText("a", "a = 1"));
    assertEquals(Optional.empty(), section.text("b"));
    assertTrue(section.section("c").orElseThrow().integer("n", 1).isEmpty());
    told(
        "a.conf:1: a: the environment has no ONE; set it, or write ${?ONE} if it may be missing",
        "a.conf:2: b: the environment has no TWO; set it, or write ${?TWO} if it may be missing",
        "a.conf:3: c.n: the environment has no THREE; set it, or write ${?THREE} if it may be missing");
  }

  @Test
  void theSecondTextsValuesTakeThePlaceOfTheFirsts() {
    Section section =
        Document.read(
            "a.conf", "a = 1\nb { c = 1, d = 1 }", "b.conf", "\nb { c = x }", Map.of(), problems);
    Section block = section.section("b").orElseThrow();
    assertEquals(Optional.empty(), block.integer("c", 1));
    assertEquals(Optional.of(1), block.integer("d", 1));
    assertEquals(new Place("a.conf", 1), section.place("a"));
    told("b.conf:2: b.c: 'x' is not a whole number from 1; write c = 1");
  }

  @Test
  void textThatIsNoHoconIsToldOnceAndNothingElseOfIt() {
    Section section = read("a = {\n b = [1, 2\n");
    section.need("url", "url = x");
    section.finish();
    assertEquals(1, problems.list().size());
    assertTrue(problems.list().get(0).message().startsWith("not HOCON: "));
  }
}
