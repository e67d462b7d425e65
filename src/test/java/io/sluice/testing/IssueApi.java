package io.sluice.testing;

import io.sluice.testing.FakeApi.Ask;
import io.sluice.testing.FakeApi.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An API as GitHub's is: issues, three a page, the next page in the header {@code Link}, a bearer
 * token. Its answers' bodies are real ones; {@code rest/ORIGIN.md} says where they are from.
 */
public final class IssueApi implements AutoCloseable {
  public static final String TOKEN = "0000000000000000000000000000000000000001";
  public static final int ISSUES = 13;

  private static final int PAGES = 5;
  private static final String PATH = "/repositories/1000/issues";

  private final FakeApi server = new FakeApi(this::answer);

  public String url() {
    return server.url(PATH);
  }

  private Reply answer(Ask ask) {
    if (!ask.path().equals(PATH)) {
      return Reply.of(404, "application/json", "{\"message\":\"Not Found\"}");
    }
    if (!ask.header("authorization").equals("Bearer " + TOKEN)) {
      return Reply.of(401, "application/json", "{\"message\":\"Bad credentials\"}");
    }
    int page = ask.number("page", 1);
    if (page > PAGES) {
      return Reply.json("[]");
    }
    Reply reply = Reply.json(body(page));
    return page == PAGES
        ? reply.with("Link", link(page - 1, "prev"))
        : reply.with("Link", link(page + 1, "next") + ", " + link(PAGES, "last"));
  }

  private String link(int page, String relation) {
    return "<%s?per_page=3&page=%d>; rel=\"%s\"".formatted(url(), page, relation);
  }

  private static String body(int page) {
    try (InputStream in =
        Objects.requireNonNull(
            IssueApi.class.getResourceAsStream("/rest/issues/page-%d.json".formatted(page)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
