package io.sluice.source.rest;

import io.sluice.lake.RestPaging;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides from the pages so far what is asked for next, and whether they can be right. */
record Turning(RestPaging paging, int mostPages) {

  Step first() {
    String at = paging instanceof RestPaging.Numbered number ? String.valueOf(number.first()) : "";
    return new Step(1, at);
  }

  /** Which values of a page are of use. */
  List<List<String>> wanted() {
    if (paging instanceof RestPaging.Numbered number && !number.total().isEmpty()) {
      return List.of(number.total());
    }
    if (paging instanceof RestPaging.Cursor cursor) {
      return List.of(cursor.path());
    }
    return paging instanceof RestPaging.Next next ? List.of(next.path()) : List.of();
  }

  /** Whether the API may answer that there is no such page: it was not sure that there is one. */
  boolean mayBeMissing(Step step) {
    return paging instanceof RestPaging.Numbered number
        && number.total().isEmpty()
        && step.number() > 1;
  }

  /**
   * @param before the pages that came before
   * @param link where the next page is, if the answer says so
   * @return empty after the last page
   * @throws RestFault where pages come twice, are missing, or don't end
   */
  Optional<Step> next(List<PageFacts> before, Step step, PageScan page, Optional<String> link)
      throws RestFault {
    refuseRepeated(before, step, page);
    Optional<String> there =
        paging instanceof RestPaging.Numbered number ? number(number, before, step, page) : link;
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (step.number() >= mostPages) {
      throw RestFault.ofInterval(
          "there are more than %,d pages; if that is right, write most-pages = %d"
              .formatted(mostPages, 10L * mostPages));
    }
    if (!(paging instanceof RestPaging.Numbered)) {
      refuseStanding(before, step, page, there.get());
    }
    return Optional.of(step.next(there.get()));
  }

  private static void refuseRepeated(List<PageFacts> before, Step step, PageScan page)
      throws RestFault {
    for (PageFacts earlier : before) {
      if (page.count() > 0 && earlier.digest().equals(page.digest())) {
        throw RestFault.ofInterval(
            "page %d has the same records as page %d; does the API heed how it is asked for the next page?"
                .formatted(step.number(), earlier.step().number()));
      }
    }
  }

  private static void refuseStanding(List<PageFacts> before, Step step, PageScan page, String there)
      throws RestFault {
    boolean wasAsked =
        Stream.concat(before.stream().map(PageFacts::step), Stream.of(step))
            .anyMatch(asked -> asked.at().equals(there));
    if (wasAsked) {
      throw RestFault.ofInterval(
          "page %d names as next what was asked for already".formatted(step.number()));
    }
    boolean wasEmpty = !before.isEmpty() && before.get(before.size() - 1).records() == 0;
    if (wasEmpty && page.count() == 0) {
      throw RestFault.passing(
          "pages %d and %d are empty, and yet there is said to be a next one"
              .formatted(step.number() - 1, step.number()));
    }
  }

  private static Optional<String> number(
      RestPaging.Numbered number, List<PageFacts> before, Step step, PageScan page)
      throws RestFault {
    Optional<Long> total = total(number, page);
    long received = before.stream().mapToLong(PageFacts::records).sum() + page.count();
    if (page.count() == 0 && total.isPresent() && received < total.get()) {
      throw RestFault.passing(
          "page %d is empty, after %,d of %,d records"
              .formatted(step.number(), received, total.get()));
    }
    boolean isLast =
        page.count() == 0
            || total.map(all -> received >= all).orElseGet(() -> isShort(number, before, page));
    if (isLast) {
      return Optional.empty();
    }
    long at = Long.parseLong(step.at());
    return Optional.of(String.valueOf(at + (number.countsRecords() ? page.count() : 1)));
  }

  /** A short first page may just show that the API gives fewer than it was asked for. */
  private static boolean isShort(
      RestPaging.Numbered number, List<PageFacts> before, PageScan page) {
    int full = number.size().orElse(0);
    return page.count() < full && before.stream().anyMatch(earlier -> earlier.records() >= full);
  }

  private static Optional<Long> total(RestPaging.Numbered number, PageScan page) throws RestFault {
    if (number.total().isEmpty()) {
      return Optional.empty();
    }
    String text = page.value(number.total()).orElse("");
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw RestFault.ofInterval(
          "there is no number at total = %s".formatted(String.join(".", number.total())));
    }
  }
}
