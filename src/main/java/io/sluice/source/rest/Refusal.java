package io.sluice.source.rest;

import java.time.Instant;
import java.util.Set;

/** Says what an answer that is no page means. */
final class Refusal {
  /** Whatever is asked: who asks, where and how. */
  private static final Set<Integer> OF_ALL = Set.of(401, 403, 404, 405, 406, 407, 415, 501);

  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private Refusal() {}

  /**
   * @param isPlaceByInterval whether the URL's path is another for each interval
   */
  static RestFault of(Answer answer, Instant now, boolean isPlaceByInterval) {
    int status = answer.status();
    String message = "HTTP %d: %s".formatted(status, answer.beginning());
    if (PASSING.contains(status) || status >= 500 && status != 501) {
      return RetryAfter.parse(answer.header("Retry-After"), now)
          .map(pause -> RestFault.passing(message, pause))
          .orElseGet(() -> RestFault.passing(message));
    }
    boolean isOfAll = OF_ALL.contains(status) && !(status == 404 && isPlaceByInterval);
    return isOfAll ? RestFault.ofAll(message) : RestFault.ofInterval(message);
  }
}
