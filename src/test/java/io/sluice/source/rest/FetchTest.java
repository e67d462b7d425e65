package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.SourceException;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Ask;
import io.sluice.testing.FakeApi.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real server for pages, good ones and bad ones. */
class FetchTest {
  private static final String DAY = "2011-01-02";
  private static final String PAGES = "paging { type = page, size-parameter = n, size = 10 }";

  @TempDir Path folder;
  private RestProject project;
  private FakeApi api;

  @BeforeEach
  void start() {
    project = new RestProject(folder);
    api = new FakeApi(ask -> numbered(ask, 25));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Pages of ten. */
  private static Reply numbered(Ask ask, int all) {
    int page = ask.number("page", 1);
    return Reply.json(FakeApi.records(Math.min(all, 10L * (page - 1)), Math.min(all, 10L * page)));
  }

  private String at(String path, String more) {
    return "url = \"%s\"\n query { from = \"{from}\", to = \"{to}\" }\n%s"
        .formatted(api.url(path), more);
  }

  private List<Integer> counts(String settings) {
    return project.fetch(settings, DAY).pages().stream().map(PageFacts::records).toList();
  }

  private SourceException fails(String settings) {
    return assertThrows(SourceException.class, () -> project.fetch(settings, DAY));
  }

  private static String said(SourceException failure) {
    return String.valueOf(failure.getMessage());
  }

  // ---- paging

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

  // ---- who asks

  @Test
  void aTokenAPasswordOrAKeyIsSentAsToldAndKeptNowhere() {
    counts(at("/a", "headers { Accept-Language = en }, auth { type = bearer, token = ${SECRET} }"));
    assertEquals("Bearer s3cr3t-Value/+", api.asked().get(0).header("authorization"));
    assertEquals("en", api.asked().get(0).header("accept-language"));
    counts(at("/b", "auth { type = basic, user = me, password = ${SECRET} }"));
    assertEquals("Basic bWU6czNjcjN0LVZhbHVlLys=", api.asked().get(1).header("authorization"));
    counts(at("/c", "auth { type = api-key, header = X-Key, key = ${SECRET} }"));
    assertEquals("s3cr3t-Value/+", api.asked().get(2).header("x-key"));
    counts(at("/d", "auth { type = api-key, parameter = key, key = ${SECRET} }"));
    assertEquals("s3cr3t-Value/+", api.asked().get(3).parameter("key"));
    assertFalse(project.kept().contains("s3cr3t"), project::kept);
  }

  @Test
  void theKeyIsNotKeptThoughTheApiPutsItIntoItsLinks() {
    api.answer(
        ask -> {
          int page = ask.number("p", 1);
          Reply reply = Reply.json(FakeApi.records(page * 10L, page * 10L + 10));
          return page == 3
              ? reply
              : reply.with(
                  "Link",
                  "<%s>; rel=next"
                      .formatted(api.url("/orders?key=s3cr3t-Value%2F%2B&p=" + (page + 1))));
        });
    String settings =
        at(
            "/orders",
            "paging { type = link }, auth { type = api-key, parameter = key, key = ${SECRET} }");
    assertEquals(List.of(10, 10, 10), counts(settings));
    assertEquals(List.of("s3cr3t-Value/+", "s3cr3t-Value/+", "s3cr3t-Value/+"), api.asked("key"));
    assertFalse(project.kept().contains("s3cr3t"), project::kept);
  }

  @Test
  void aTokenOfClientCredentialsIsAskedForOnceAndAgainWhenItIsRefused() {
    int[] tokens = {0};
    api.answer(
        ask -> {
          if (ask.path().equals("/token")) {
            tokens[0]++;
            return Reply.json(
                "{\"access_token\":\"t0ken%d\",\"expires_in\":3600}".formatted(tokens[0]));
          }
          boolean isGood =
              ask.header("authorization")
                  .equals(ask.number("page", 1) < 2 ? "Bearer t0ken1" : "Bearer t0ken2");
          return isGood ? numbered(ask, 25) : Reply.of(401, "text/plain", "expired");
        });
    String settings =
        at(
            "/orders",
            PAGES
                + ", auth { type = client-credentials, token-url = \"%s\", id = ${ID}, secret = ${SECRET}, scope = read }"
                    .formatted(api.url("/token")));
    assertEquals(List.of(10, 10, 5), counts(settings));
    assertEquals(2, tokens[0]);
    Ask first = api.asked().get(0);
    assertEquals("grant_type=client_credentials&scope=read", first.body());
    assertEquals(
        Credentials.basic("our-client", "s3cr3t-Value%2F%2B"), first.header("authorization"));
    assertFalse(project.kept().contains("t0ken"), project::kept);
  }

  @Test
  void credentialsMayStandInTheBodyAndTheirRefusalIsDefinite() {
    api.answer(ask -> Reply.of(400, "application/json", "{\"error\":\"bad " + ask.body() + "\"}"));
    SourceException failure =
        fails(
            at(
                "/orders",
                "auth { type = client-credentials, token-url = \"%s\", id = a, secret = ${SECRET}, in = body }"
                    .formatted(api.url("/token"))));
    assertTrue(failure.concernsAll());
    assertTrue(
        said(failure)
            .contains(
                "no token from %s: HTTP 400: {\"error\":\"bad grant_type=client_credentials&client_id=a&client_secret=***\"}"
                    .formatted(api.url("/token"))),
        said(failure));
  }

  @Test
  void whoMayNotAskIsToldSoWithoutTheSecret() {
    api.answer(
        ask -> Reply.of(403, "text/plain", "no rights for " + ask.header("authorization") + "!"));
    SourceException failure = fails(at("/orders", "auth { type = bearer, token = ${SECRET} }"));
    assertTrue(failure.concernsAll());
    assertFalse(failure.isPassing());
    assertEquals(
        "jobs/raw/orders.conf:1: source: page 1 of %s?from=2011-01-02T00%%3A00%%3A00Z&to=2011-01-03T00%%3A00%%3A00Z: HTTP 403: no rights for Bearer ***!"
            .formatted(api.url("/orders")),
        said(failure));
    assertEquals(1, api.asked().size());
  }

  @Test
  void aSecretInAHeaderOrAParameterOfOnesOwnIsNotShown() {
    api.answer(
        ask ->
            Reply.of(
                400, "text/plain", ask.header("x-token") + " and " + ask.parameter("api_key")));
    SourceException failure =
        fails(
            "url = \"%s\", headers { X-Token = ${SECRET} }, query { api_key = ${SECRET} }"
                .formatted(api.url("/orders")));
    assertEquals(
        "jobs/raw/orders.conf:1: source: page 1 of %s?api_key=***: HTTP 400: *** and ***"
            .formatted(api.url("/orders")),
        said(failure));
  }

  @Test
  void aSecretThatCanNotBeSentIsNotShownEither() {
    SourceException failure = fails(at("/orders", "auth { type = bearer, token = ${BROKEN} }"));
    assertTrue(
        said(failure).contains("a header has a character that can't be sent"), said(failure));
    for (Throwable at = failure; at != null; at = at.getCause()) {
      assertFalse(String.valueOf(at.getMessage()).contains("s3cr3t"), at.toString());
    }
  }

  @Test
  void whatIsWrongWithOneIntervalIsNotSaidOfAll() {
    api.answer(ask -> Reply.of(422, "text/plain", "no data before 2011-01-03"));
    SourceException failure = fails(at("/orders", ""));
    assertFalse(failure.concernsAll());
    assertFalse(failure.isPassing());
    assertEquals(List.of(RestProject.day(DAY)), failure.culprits());
  }

  // ---- other hosts

  @Test
  void aLinkToAnotherHostIsNotFollowed() {
    try (FakeApi other = new FakeApi(ask -> Reply.json("[]"))) {
      api.answer(
          ask ->
              Reply.json(FakeApi.records(0, 10))
                  .with("Link", "<%s>; rel=next".formatted(other.url("/orders?p=2"))));
      SourceException failure = fails(at("/orders", "paging { type = link }"));
      assertTrue(
          said(failure).contains("it leads to http://localhost:" + other.port()), said(failure));
      assertTrue(failure.concernsAll());
      assertEquals(List.of(), other.asked());
    }
  }

  @Test
  void aRedirectIsFollowedOnTheSameHostAlone() {
    try (FakeApi other = new FakeApi(ask -> Reply.json("[]"))) {
      api.answer(
          ask ->
              switch (ask.path()) {
                case "/old" -> Reply.of(302, "text/plain", "").with("Location", "/new?page=1");
                case "/away" ->
                    Reply.of(302, "text/plain", "").with("Location", other.url("/orders"));
                default -> numbered(ask, 7);
              });
      assertEquals(List.of(7), counts(at("/old", "")));
      assertTrue(
          said(fails(at("/away", ""))).contains("it leads to http://localhost:" + other.port()));
      assertEquals(List.of(), other.asked());
      api.answer(ask -> Reply.of(302, "text/plain", "").with("Location", "/again"));
      assertTrue(said(fails(at("/again", ""))).contains("more than 5 times"));
    }
  }

  // ---- servers that are busy or broken

  @Test
  void itWaitsAsLongAsItIsToldInSecondsOrByADate() {
    api.fault(
        Reply.of(429, "text/plain", "slow").with("Retry-After", "7"),
        Reply.of(503, "text/plain", "busy").with("Retry-After", "Wed, 05 Jan 2011 04:00:30 GMT"));
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(23)), project.slept);
  }

  @Test
  void itAsksNoFasterThanItMay() {
    counts(at("/orders", "rate = 1, " + PAGES));
    assertEquals(2, project.slept.size(), () -> project.slept.toString());
    // Nobody really slept: the third is to come two seconds after the first.
    assertTrue(project.slept.get(1).toMillis() > 1_500, () -> project.slept.toString());
  }

  @Test
  void aLongWaitIsLeftToALaterTry() {
    api.fault(Reply.of(429, "text/plain", "slow").with("Retry-After", "3600"));
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(failure.isPassing());
    assertTrue(
        said(failure)
            .endsWith("HTTP 429: slow; it wants not to be asked again before 2011-01-05T05:00:00Z"),
        said(failure));
    assertEquals(List.of(), project.slept);
  }

  @Test
  void aBrokenServerIsAskedFourTimesMoreAndMoreSlowly() {
    Reply broken = Reply.of(500, "text/plain", "oh");
    api.fault(broken, broken, broken);
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(
        List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)),
        project.slept);
    api.fault(broken, broken, broken, broken);
    SourceException failure = fails(at("/other", PAGES));
    assertTrue(failure.isPassing());
    assertTrue(said(failure).endsWith("HTTP 500: oh; tried 4 times"), said(failure));
    assertEquals(List.of(RestProject.day(DAY)), failure.culprits());
  }

  @Test
  void aServerThatIsNotThereMayComeBack() {
    api.die();
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(failure.isPassing());
    assertTrue(said(failure).contains("no answer: ConnectException"), said(failure));
  }

  @Test
  void anAnswerThatDoesNotEndIsNotWaitedFor() {
    api.answer(
        ask -> {
          try {
            Thread.sleep(3_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Reply.json("[]");
        });
    SourceException failure = fails(at("/orders", "timeout = 100ms"));
    assertTrue(failure.isPassing());
    assertTrue(said(failure).contains("no answer within 0.1 s"), said(failure));
  }

  // ---- answers that are not what was asked

  @Test
  void aPageThatBreaksOffIsAskedForAgain() {
    api.fault(
        Reply.json("[{\"id\":1},{\"id\"").cut(100), // fewer bytes than promised
        Reply.json("[{\"id\":1},{\"id\"")); // as many as promised
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(2, project.slept.size());
  }

  @Test
  void aPageForPeopleIsNoPage() {
    api.answer(ask -> Reply.of(200, "text/html", "<html><body>Please log in</body></html>"));
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(
        said(failure)
            .contains(
                "HTTP 200, Content-Type 'text/html': the answer is not JSON; it begins with <html><body>Please log in"),
        said(failure));
    assertTrue(project.kept().contains("Please log in"));
  }

  @Test
  void anErrorThatSaysItIsFineHasNoRecords() {
    api.answer(ask -> Reply.json("{\"error\":\"no such shop\",\"hints\":[]}"));
    SourceException failure = fails(at("/orders", "records = data.items"));
    assertTrue(
        said(failure)
            .contains(
                "there is no list at records = data.items, but at records = hints; it begins with {\"error\":\"no such shop\""),
        said(failure));
    assertFalse(failure.isPassing());
  }

  @Test
  void theSamePageTwiceIsAFault() {
    api.answer(ask -> Reply.json(FakeApi.records(0, 10)));
    SourceException failure = fails(at("/orders", PAGES));
    assertTrue(said(failure).contains("page 2 has the same records as page 1"), said(failure));
  }

  @Test
  void emptyPagesThatAreNotTheLastAreAFault() {
    int[] turn = {0};
    api.answer(ask -> Reply.json("{\"next\":\"c%d\",\"items\":[]}".formatted(turn[0]++)));
    SourceException failure =
        fails(
            at("/orders", "records = items, paging { type = cursor, parameter = c, path = next }"));
    assertTrue(said(failure).contains("pages 1 and 2 are empty"), said(failure));
    assertTrue(failure.isPassing());
  }

  @Test
  void anEmptyPageBeforeAllIsThereIsAFault() {
    api.answer(
        ask ->
            Reply.json(
                "{\"total\":25,\"items\":%s}"
                    .formatted(
                        ask.number("page", 1) < 3
                            ? FakeApi.records(
                                ask.number("page", 1) * 10L, ask.number("page", 1) * 10L + 10)
                            : "[]")));
    SourceException failure =
        fails(at("/orders", "records = items, paging { type = page, total = total }"));
    assertTrue(said(failure).contains("page 3 is empty, after 20 of 25 records"), said(failure));
    assertTrue(failure.isPassing());
  }

  // ---- what is there already

  @Test
  void whatBrokeOffGoesOnWithTheNextPage() {
    api.answer(ask -> ask.number("page", 1) == 8 ? Reply.of(500, "", "") : numbered(ask, 95));
    fails(at("/orders", PAGES));
    api.forgetAsked();
    api.answer(ask -> numbered(ask, 95));
    assertEquals(List.of(10, 10, 10, 10, 10, 10, 10, 10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of("8", "9", "10"), api.asked("page"));
  }

  @Test
  void whatBrokeOffIsOfNoUseForAnotherRequestOrAfterADay() {
    api.answer(ask -> ask.number("page", 1) == 2 ? Reply.of(500, "", "") : numbered(ask, 15));
    fails(at("/orders", PAGES));
    api.answer(ask -> numbered(ask, 15));
    api.forgetAsked();
    counts(at("/orders", PAGES.replace("10", "11")));
    assertEquals(List.of("1", "2"), api.asked("page").subList(0, 2));

    api.answer(ask -> ask.number("page", 1) == 2 ? Reply.of(500, "", "") : numbered(ask, 15));
    fails(at("/orders", PAGES));
    api.answer(ask -> numbered(ask, 15));
    api.forgetAsked();
    project.clock.advance(Duration.ofDays(1));
    counts(at("/orders", PAGES));
    assertEquals(List.of("1", "2"), api.asked("page"));
  }

  @Test
  void whatIsCompleteIsUsedAgainForAWhile() {
    counts(at("/orders", PAGES));
    project.clock.advance(Duration.ofMinutes(59));
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(3, api.asked().size());
    project.clock.advance(Duration.ofMinutes(2));
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(6, api.asked().size());
    assertEquals(List.of(10, 10, 5), counts(at("/orders", "reuse = 0s, " + PAGES)));
    assertEquals(9, api.asked().size());
  }

  @Test
  void aPageThatWasDeletedIsAskedForAgainAndThoseAfterIt() throws IOException {
    counts(at("/orders", PAGES));
    try (Stream<Path> files = Files.walk(project.received())) {
      for (Path page : files.filter(file -> file.endsWith("page-000002.json")).toList()) {
        Files.delete(page);
      }
    }
    api.forgetAsked();
    assertEquals(List.of(10, 10, 5), counts(at("/orders", PAGES)));
    assertEquals(List.of("2", "3"), api.asked("page"));
  }

  @Test
  void theLastTwoTimesAreKeptAsReceivedToTheByte() throws IOException {
    for (int i = 0; i < 4; i++) {
      counts(at("/orders", "reuse = 0s, " + PAGES));
    }
    try (Stream<Path> times = Files.list(project.received().resolve(DAY))) {
      List<Path> left = times.sorted().toList();
      assertEquals(2, left.size());
      assertEquals(
          FakeApi.records(20, 25), Files.readString(left.get(1).resolve("page-000003.json")));
    }
  }
}
