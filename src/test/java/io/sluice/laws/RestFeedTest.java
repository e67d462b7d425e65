package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Ask;
import io.sluice.testing.FakeApi.Reply;
import io.sluice.testing.IssueApi;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an API does to a lake: 95 orders a day, ten a page. */
class RestFeedTest {
  @TempDir Path folder = Path.of("");

  private FakeApi api;
  private TestLake lake;

  @BeforeEach
  void start() {
    api = new FakeApi(RestFeedTest::orders);
    lake =
        TestLake.at(folder, "2011-01-03T04:00:00Z")
            .file(
                "jobs/raw/orders.conf",
                """
                source {
                  type = rest, url = "%s"
                  query { from = "{from}", to = "{to}" }
                  records = items
                  paging { type = page, size-parameter = n, size = 10 }
                  columns { id = bigint }
                }
                partition-by = day
                start = 2011-01-01
                retry { attempts = 1 }
                limit = 100 %%
                """
                    .formatted(api.url("/orders")));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Each tenth order of a page is not one. */
  private static Reply orders(Ask ask) {
    int page = ask.number("page", 1);
    long from = Math.min(95, 10L * (page - 1));
    String items = FakeApi.records(from, Math.min(95, from + 10));
    return Reply.json("{\"items\":" + items.replace("9,\"name\"", "9.5,\"name\"") + "}");
  }

  @Test
  void aServerThatIsGoneAfterPageSevenLeavesTheTableAsItWasAndTheRestIsAskedForLater() {
    lake.backfill("--date", "2011-01-01");
    List<String> before = lake.rows("raw.orders");
    assertEquals(86, before.size());
    api.forgetAsked();
    AtomicBoolean isUp = new AtomicBoolean(true);
    api.answer(
        ask -> {
          Reply reply = orders(ask);
          if (isUp.get() && ask.number("page", 1) == 8) {
            isUp.set(false);
            api.die();
          }
          return reply;
        });

    Shell.Said failed = lake.type("run");
    assertEquals(1, failed.exit(), failed.err());
    assertTrue(
        failed.out().contains("page 8 of " + api.url("/orders?from=2011-01-02")), failed.out());
    assertEquals(before, lake.rows("raw.orders"));
    assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), api.asked("page"));

    api.forgetAsked();
    api.rise();
    lake.run();
    assertEquals(List.of("8", "9", "10"), api.asked("page"));
    assertEquals(2 * 86, lake.rows("raw.orders").size());
    assertEquals(2 * 9, lake.table("quarantine.raw.orders").count());
    assertEquals("", lake.plan());
  }

  @Test
  void aDayThatIsAskedForThreeTimesHasTheSameRows() {
    lake.edit("jobs/raw/orders.conf", text -> text.replace("records =", "reuse = 0s, records ="));
    lake.run();
    List<String> once = lake.rows("raw.orders");
    assertEquals(2 * 86, once.size());
    int asked = api.asked().size();
    lake.backfill("--date", "2011-01-02");
    lake.backfill("--date", "2011-01-01");
    lake.backfill("--date", "2011-01-02");
    assertEquals(once, lake.rows("raw.orders"));
    assertEquals(asked + 3 * asked / 2, api.asked().size());
  }

  @Test
  void whatWasReceivedIsParsedAnewWithoutAskingAgain() {
    lake.edit("jobs/raw/orders.conf", text -> text + "require { many = { rows = \">= 1000\" } }\n");
    assertEquals(5, lake.type("run").exit());
    int asked = api.asked().size();
    assertEquals(20, asked);
    lake.edit("jobs/raw/orders.conf", text -> text.replace(">= 1000", ">= 90"));
    lake.edit("jobs/raw/orders.conf", text -> text.replace("id = bigint", "id = string"));
    lake.run();
    assertEquals(asked, api.asked().size());
    assertEquals(2 * 95, lake.rows("raw.orders").size());
  }

  @Test
  void realAnswersWithLinksAreRowsWithTheirNestedParts() {
    try (IssueApi issues = new IssueApi()) {
      TestLake github =
          TestLake.at(folder.resolve("github"), "2017-10-11T04:00:00Z")
              .file(
                  "jobs/raw/issue.conf",
                  """
                  source {
                    type = rest, url = "%s", query { per_page = 3 }
                    headers { Authorization = "Bearer %s" }
                    paging { type = link }
                    columns {
                      id = bigint, number = int, created_at = timestamp
                      user = "struct<login: string, id: bigint>"
                    }
                  }
                  every = none
                  """
                      .formatted(issues.url(), IssueApi.TOKEN));
      github.run();
      assertEquals(
          IssueApi.ISSUES,
          github
              .table("raw.issue")
              .where("user.login = 'octokit-fixture-user-a' AND user.id = 1000")
              .where("created_at = '2017-10-10T16:00:00Z' AND assignees = '[]'")
              .where("reactions LIKE '{%\"+1\":0,\"-1\":0%}' AND id = 1013 - number")
              .select("number", "title")
              .distinct()
              .count());
      String read = github.made("history", "issue", "--sources").out();
      assertTrue(read.contains("pages: 5, bytes: 30435"), read);
    }
  }
}
