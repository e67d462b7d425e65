package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Page after page, in each way that an API may have. */
class PagingTest extends FetchCase {
  @Test
  void pagesByNumberEndWithAShortOne() {
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of("1", "2", "3"), api.asked("page"));
    assertEquals("10", api.asked().get(0).parameter("n"));
    assertEquals("2011-01-02T00:00:00Z", api.asked().get(0).parameter("from"));
    assertEquals("2011-01-03T00:00:00Z", api.asked().get(0).parameter("to"));
  }

  @Test
  void anApiThatGivesLessThanItWasAskedForIsReadToItsEnd() {
    String settings = at("/orders", "paging { type = page, size-parameter = n, size = 100 }");
    assertEquals(List.of(10, 10, 5, 0), counts(settings));
  }

  @Test
  void aPageThatIsNotThereIsTheEnd() {
    api.answer(ask -> ask.number("page", 1) > 2 ? missing() : numbered(ask, 20));
    assertEquals(List.of(10, 10, 0), counts(at("/orders", PAGES)));
  }

  private static Reply missing() {
    return Reply.of(404, "application/json", "{\"detail\":\"Invalid page.\"}");
  }

  @Test
  void offsetsCountTheRecordsThatCame() {
    api.answer(
        ask -> {
          int from = ask.number("skip", 0);
          return Reply.json(
              "{\"data\":{\"items\":%s},\"total\":25}"
                  .formatted(FakeApi.records(from, Math.min(25, from + 10))));
        });
    String settings =
        at(
            "/orders",
            "records = data.items, paging { type = offset, parameter = skip, total = total }");
    assertEquals(List.of(10, 10, 5), counts(settings));
    assertEquals(List.of("0", "10", "20"), api.asked("skip"));
  }

  @Test
  void cursorsAreHandedBackUntilThereIsNone() {
    api.answer(
        ask ->
            switch (ask.parameter("after")) {
              case "" -> cursor(0, "\"a/b +\"");
              case "a/b +" -> cursor(10, "77");
              case "77" -> cursor(20, "null");
              default -> Reply.of(400, "text/plain", "what?");
            });
    String settings =
        at(
            "/orders",
            "records = items, paging { type = cursor, parameter = after, path = \"meta.next\" }");
    assertEquals(List.of(10, 10, 10), counts(settings));
    assertEquals(List.of("", "a/b +", "77"), api.asked("after"));
  }

  private static Reply cursor(int from, String next) {
    return Reply.json(
        "{\"meta\":{\"next\":%s},\"items\":%s}".formatted(next, FakeApi.records(from, from + 10)));
  }

  @Test
  void linksInTheHeaderAreFollowed() {
    api.answer(
        ask -> {
          int page = ask.number("p", 1);
          Reply reply = Reply.json(FakeApi.records(page * 10L, page * 10L + 10));
          return page == 3
              ? reply
              : reply.with(
                  "Link", "</orders?p=1>; rel=first, <?p=%d>; rel=\"next\"".formatted(page + 1));
        });
    assertEquals(List.of(10, 10, 10), counts(at("/orders", "paging { type = link }")));
    assertEquals(List.of("", "2", "3"), api.asked("p"));
  }

  @Test
  void linksInTheBodyAreFollowed() {
    api.answer(
        ask -> {
          int page = ask.number("p", 1);
          String next = page == 3 ? "null" : "\"" + api.url("/orders?p=" + (page + 1)) + "\"";
          return Reply.json(
              "{\"value\":%s,\"@odata.nextLink\":%s}"
                  .formatted(FakeApi.records(page * 10L, page * 10L + 10), next));
        });
    String settings =
        at("/orders", "records = value, paging { type = next, path = [\"@odata.nextLink\"] }");
    assertEquals(List.of(10, 10, 10), counts(settings));
  }

  @Test
  void whatIsAskedMayStandInTheBody() {
    api.answer(
        ask ->
            Reply.json(
                ask.body().contains("\"page\":1")
                    ? FakeApi.records(0, 10)
                    : FakeApi.records(10, 13)));
    String settings =
        """
        url = "%s", method = post, body = "{\\"since\\": \\"{from:yyyy-MM-dd}\\", \\"page\\": 0 }"
        paging { type = page, in = body, size-parameter = n, size = 10 }
        """
            .formatted(api.url("/search"));
    assertEquals(List.of(10, 3), counts(settings));
    assertEquals(
        "{\"since\": \"2011-01-02\", \"page\": 0,\"page\":1,\"n\":10}", api.asked().get(0).body());
    assertEquals("POST", api.asked().get(0).method());
    assertEquals("application/json", api.asked().get(0).header("content-type"));
  }
}
