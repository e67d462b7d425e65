package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.SourceException;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Ask;
import io.sluice.testing.FakeApi.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks, and who may know it. */
class CredentialsTest extends FetchCase {
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
}
