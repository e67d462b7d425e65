package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.SourceException;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Ask;
import io.sluice.testing.FakeApi.Reply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real server, and what asks it for pages. */
abstract class FetchCase {
  static final String DAY = "2011-01-02";
  static final String PAGES = "paging { type = page, size-parameter = n, size = 10 }";

  @TempDir Path folder;

  RestProject project;
  FakeApi api;

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
  static Reply numbered(Ask ask, int all) {
    int page = ask.number("page", 1);
    return Reply.json(FakeApi.records(Math.min(all, 10L * (page - 1)), Math.min(all, 10L * page)));
  }

  String at(String path, String more) {
    return "url = \"%s\"\n query { from = \"{from}\", to = \"{to}\" }\n%s"
        .formatted(api.url(path), more);
  }

  List<Integer> counts(String settings) {
    return project.fetch(settings, DAY).pages().stream().map(PageFacts::records).toList();
  }

  SourceException fails(String settings) {
    return assertThrows(SourceException.class, () -> project.fetch(settings, DAY));
  }

  static String said(SourceException failure) {
    return String.valueOf(failure.getMessage());
  }
}
