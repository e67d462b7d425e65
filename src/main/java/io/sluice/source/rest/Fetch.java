package io.sluice.source.rest;

import io.sluice.api.SourceException;
import io.sluice.lake.RestPaging;
import io.sluice.lake.SourceSpec;
import io.sluice.time.Interval;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Asks for the pages of an interval that are not there yet. */
final class Fetch {
  private static final int NO_CONTENT = 204;

  private final SourceSpec.Rest rest;
  private final Requests requests;
  private final Turning turning;
  private final Api api;
  private final Secrets secrets;
  private final Tries tries;
  private final Clock clock;
  private final String where;

  /**
   * @param where file and line of the definition
   */
  Fetch(Requests requests, Clock clock, Tries tries, String where) {
    this.rest = requests.rest();
    this.requests = requests;
    this.turning = new Turning(rest.paging(), rest.limits().mostPages());
    this.secrets = Secrets.of(rest);
    this.tries = tries;
    this.clock = clock;
    this.where = where;
    this.api = new Api(rest, secrets, clock, tries.sleeper());
  }

  /**
   * All pages of the interval.
   *
   * @param folder of the interval's pages
   */
  Received all(Interval interval, FileSystem files, Path folder) {
    try {
      String fingerprint = requests.fingerprint(interval);
      Optional<Received> found =
          Received.find(files, folder, fingerprint, rest.limits().reuse(), clock.instant());
      Received received =
          found.isPresent()
              ? found.get()
              : Received.begin(files, folder, fingerprint, clock.instant());
      Optional<Step> step =
          received.pages().isEmpty() ? Optional.of(turning.first()) : received.last().next();
      while (step.isPresent()) {
        step = page(interval, received, step.get()).next();
      }
      return received;
    } catch (IOException e) {
      throw SourceException.passing(
          "%s: source: received pages can't be kept in %s: %s; look at the folder and at the rights on it"
              .formatted(where, folder, e),
          List.of(interval),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while asking for pages", e);
    }
  }

  private PageFacts page(Interval interval, Received received, Step step)
      throws IOException, InterruptedException {
    Requests.Page asked = requests.of(interval, step);
    try {
      return tries.run(() -> once(received, step, asked));
    } catch (RestFault fault) {
      String message =
          "%s: source: page %d of %s: %s"
              .formatted(where, step.number(), requests.shown(interval), fault.message());
      throw fault.saying(secrets.hide(message)).of(interval);
    }
  }

  private PageFacts once(Received received, Step step, Requests.Page asked)
      throws RestFault, IOException, InterruptedException {
    Optional<Answer> answer = api.ask(asked, turning.mayBeMissing(step));
    byte[] body = answer.map(Answer::body).orElse(new byte[0]);
    Path kept = received.land(step.number(), body);
    PageScan scan = answer.isPresent() ? scan(answer.get(), kept) : PageScan.empty();
    Optional<String> link =
        answer.isPresent() ? link(answer.get(), scan, asked.uri()) : Optional.empty();
    Optional<Step> next = turning.next(received.pages(), step, scan, link);
    PageFacts facts =
        new PageFacts(
            step,
            body.length,
            PageScan.sha256(body),
            scan.count(),
            scan.digest(),
            scan.fields(),
            clock.instant(),
            next);
    received.add(facts, secrets);
    return facts;
  }

  private PageScan scan(Answer answer, Path kept) throws RestFault {
    if (answer.status() == NO_CONTENT) {
      return PageScan.empty();
    }
    try {
      return PageScan.of(answer.body(), rest.records(), turning.wanted());
    } catch (RestFault fault) {
      throw fault.saying(
          "HTTP %d, Content-Type '%s': %s (kept in %s)"
              .formatted(answer.status(), answer.header("Content-Type"), fault.message(), kept));
    }
  }

  private Optional<String> link(Answer answer, PageScan page, URI asked) throws RestFault {
    RestPaging paging = rest.paging();
    if (paging instanceof RestPaging.Cursor cursor) {
      return page.value(cursor.path());
    }
    Optional<String> link =
        paging instanceof RestPaging.Next next
            ? page.value(next.path())
            : paging instanceof RestPaging.Link
                ? NextLink.of(answer.headers().allValues("Link"))
                : Optional.empty();
    return link.isPresent()
        ? Optional.of(api.sameHost(asked, link.get()).toString())
        : Optional.empty();
  }
}
