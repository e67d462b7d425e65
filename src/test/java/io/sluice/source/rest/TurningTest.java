package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.lake.RestPaging;
import io.sluice.testing.FakeApi;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** When the last page is there, and when pages can't be right. */
class TurningTest {
  private static final RestPaging.Numbered PAGES = number(false, "");

  private final List<PageFacts> before = new ArrayList<>();
  private int records;

  private static RestPaging.Numbered number(boolean countsRecords, String total) {
    return new RestPaging.Numbered(
        countsRecords,
        "p",
        false,
        countsRecords ? 0 : 1,
        OptionalInt.of(10),
        Optional.empty(),
        total.isEmpty() ? List.of() : List.of(total));
  }

  /** What is asked for after a page of new records; "end" after the last. */
  private String after(RestPaging paging, int count, String link, String total) throws RestFault {
    return afterRecords(paging, FakeApi.records(records, records += count), link, total);
  }

  private String after(RestPaging paging, int count) throws RestFault {
    return after(paging, count, "", "0");
  }

  private String afterRecords(RestPaging paging, String list, String link, String total)
      throws RestFault {
    Turning turning = new Turning(paging, 5);
    Step step =
        before.isEmpty() ? turning.first() : before.get(before.size() - 1).next().orElseThrow();
    byte[] body =
        "{\"items\":%s,\"total\":%s}".formatted(list, total).getBytes(StandardCharsets.UTF_8);
    PageScan page = PageScan.of(body, List.of("items"), turning.wanted());
    Optional<Step> next =
        turning.next(before, step, page, Optional.of(link).filter(there -> !there.isEmpty()));
    before.add(
        new PageFacts(
            step, 1, "", page.count(), page.digest(), page.fields(), Instant.EPOCH, next));
    return next.map(Step::at).orElse("end");
  }

  @Test
  void aShortPageAfterAFullOneIsTheLast() throws RestFault {
    assertEquals("2", after(PAGES, 10));
    assertEquals("3", after(PAGES, 10));
    assertEquals("end", after(PAGES, 9));
  }

  @Test
  void aShortFirstPageMayMeanThatPagesAreShorter() throws RestFault {
    assertEquals("2", after(PAGES, 5));
    assertEquals("3", after(PAGES, 5));
    assertEquals("end", after(PAGES, 0));
  }

  @Test
  void aPageBeyondTheEndMayBeMissingButNotTheFirst() {
    Turning turning = new Turning(PAGES, 5);
    assertFalse(turning.mayBeMissing(new Step(1, "1")));
    assertEquals(true, turning.mayBeMissing(new Step(2, "2")));
    assertFalse(new Turning(number(false, "total"), 5).mayBeMissing(new Step(2, "2")));
    assertFalse(new Turning(new RestPaging.Link(), 5).mayBeMissing(new Step(2, "x")));
  }

  @Test
  void anOffsetMovesByWhatCame() throws RestFault {
    assertEquals("10", after(number(true, ""), 10));
    before.clear();
    assertEquals("7", after(number(true, ""), 7));
    assertEquals("12", after(number(true, ""), 5));
  }

  @Test
  void theTotalDecidesWhereItIsKnown() throws RestFault {
    RestPaging counted = number(false, "total");
    assertEquals("2", after(counted, 3, "", "12"));
    assertEquals("3", after(counted, 3, "", "12"));
    assertEquals("end", after(counted, 6, "", "12"));
    before.clear();
    assertEquals("end", after(counted, 10, "", "\"10\""));
    before.clear();
    assertEquals("end", after(counted, 0, "", "0"));
  }

  @Test
  void aTotalThatIsNotReachedOrNoneIsAFault() throws RestFault {
    RestPaging counted = number(false, "total");
    after(counted, 10, "", "12");
    RestFault missing = assertThrows(RestFault.class, () -> after(counted, 0, "", "12"));
    assertEquals("page 2 is empty, after 10 of 12 records", missing.message());
    assertEquals(true, missing.isPassing());
    before.clear();
    RestFault none = assertThrows(RestFault.class, () -> after(counted, 1, "", "\"many\""));
    assertEquals("there is no number at total = total", none.message());
  }

  @Test
  void aCursorEndsWhereThereIsNone() throws RestFault {
    RestPaging cursor = new RestPaging.Cursor("c", false, List.of("x"));
    assertEquals("a", after(cursor, 10, "a", "0"));
    assertEquals("b", after(cursor, 0, "b", "0"));
    assertEquals("end", after(cursor, 3, "", "0"));
  }

  @Test
  void aCursorThatComesAgainIsAFault() throws RestFault {
    RestPaging cursor = new RestPaging.Cursor("c", false, List.of("x"));
    after(cursor, 10, "a", "0");
    after(cursor, 10, "b", "0");
    RestFault again = assertThrows(RestFault.class, () -> after(cursor, 10, "a", "0"));
    assertEquals("page 3 names as next what was asked for already", again.message());
    assertFalse(again.isPassing());
  }

  @Test
  void aPageThatCameBeforeIsAFaultWhateverStandsAround() throws RestFault {
    after(PAGES, 10);
    after(PAGES, 10);
    RestFault again =
        assertThrows(RestFault.class, () -> afterRecords(PAGES, FakeApi.records(0, 10), "", "99"));
    assertEquals(
        "page 3 has the same records as page 1; does the API heed how it is asked for the next page?",
        again.message());
  }

  @Test
  void pagesWithoutEndAreAFault() throws RestFault {
    for (int page = 1; page < 5; page++) {
      after(PAGES, 10);
    }
    RestFault endless = assertThrows(RestFault.class, () -> after(PAGES, 10));
    assertEquals(
        "there are more than 5 pages; if that is right, write most-pages = 50", endless.message());
  }

  @Test
  void withoutPagingOneAnswerIsAll() throws RestFault {
    assertEquals("end", after(new RestPaging.None(), 10));
  }
}
