package io.sluice.graph;

import static io.sluice.testing.LakeBuilder.cut;
import static io.sluice.testing.LakeBuilder.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.lake.Lake;
import io.sluice.testing.LakeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {

  private final Lake lake =
      new LakeBuilder()
          .sql("aggregate.daily", cut("analysis.fact"))
          .sql("analysis.fact", cut("raw.sales"), cut("raw.fx"))
          .sql("analysis.alone", cut("raw.fx"))
          .raw("raw.sales")
          .raw("raw.fx")
          .lake();
  private final Graph graph = new Graph(lake);
  private final Selection selection = new Selection(lake, graph);

  @Test
  void aJobComesAfterAllThatItReads() {
    assertEquals(
        "[raw.fx, raw.sales, analysis.alone, analysis.fact, aggregate.daily]",
        graph.order().stream().map(job -> job.name()).toList().toString());
  }

  @Test
  void aCircleIsRefused() {
    Lake circle =
        new LakeBuilder()
            .sql("analysis.a", cut("analysis.b"))
            .sql("analysis.b", cut("analysis.a"))
            .lake();
    assertEquals(
        "These tables need each other: [analysis.a, analysis.b]",
        assertThrows(IllegalArgumentException.class, () -> new Graph(circle)).getMessage());
  }

  @Test
  void aTablesOwnReadingOfItselfIsNoCircle() {
    Graph own = new Graph(new LakeBuilder().sql("analysis.a", cut("analysis.a")).lake());
    assertEquals("[]", own.inputs(name("analysis.a")).toString());
  }

  @Test
  void wordsSelectTablesWhatTheyNeedAndWhatNeedsThem() {
    assertSelects("[analysis.fact]", "fact");
    assertSelects("[raw.fx, raw.sales, analysis.fact]", "+analysis.fact");
    assertSelects("[raw.sales, analysis.fact, aggregate.daily]", "raw.sales+");
    assertSelects("[raw.fx, raw.sales, analysis.fact, aggregate.daily]", "+fact+");
    assertSelects("[raw.fx, raw.sales]", "layer:raw");
    assertSelects("[raw.fx, aggregate.daily]", "fx,daily");
  }

  @Test
  void aWordThatSelectsNothingIsAnErrorThatHelps() {
    assertEquals(
        "'facts' selects nothing: did you mean analysis.fact; write a table, +table, table+,"
            + " layer:NAME or tag:NAME",
        assertThrows(IllegalArgumentException.class, () -> selection.select(List.of("facts")))
            .getMessage());
  }

  private void assertSelects(String expected, String word) {
    assertEquals(expected, selection.select(List.of(word)).toString());
  }
}
