package io.sluice.source.landing;

import io.sluice.api.Look;
import io.sluice.time.Interval;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in a failure the file that is to blame, and the interval that it belongs to. */
final class Culprits {
  private Culprits() {}

  /** A file that a failure names. */
  record Culprit(Interval interval, Look.Item item) {}

  /** The file with the longest path that a message of the failure or of its causes names. */
  static Optional<Culprit> find(Throwable failure, Map<Interval, Look> looks) {
    String text = messages(failure);
    Culprit best = null;
    int length = 0;
    for (Map.Entry<Interval, Look> look : looks.entrySet()) {
      for (Look.Item item : look.getValue().items()) {
        String path = path(item.id());
        if (path.length() > length && (text.contains(path) || text.contains(encoded(path)))) {
          best = new Culprit(look.getKey(), item);
          length = path.length();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The intervals that hold one of the items. */
  static List<Interval> of(List<String> items, Map<Interval, Look> looks) {
    List<Interval> intervals = new ArrayList<>();
    looks.forEach(
        (interval, look) -> {
          if (look.items().stream().anyMatch(item -> items.contains(item.id()))) {
            intervals.add(interval);
          }
        });
    return intervals;
  }

  private static String messages(Throwable failure) {
    StringBuilder all = new StringBuilder();
    Throwable at = failure;
    // The bound ends chains that lead back to themselves.
    for (int depth = 0; at != null && depth < 50; depth++) {
      all.append(at.getMessage()).append('\n');
      at = at.getCause();
    }
    return all.toString();
  }

  /** Without scheme, which Spark writes with one slash or three. */
  private static String path(String id) {
    return id.startsWith("file:/") ? id.substring("file:".length()) : id;
  }

  private static String encoded(String path) {
    int colon = path.indexOf(":/");
    String scheme = colon < 0 ? "" : path.substring(0, colon + 1);
    try {
      return scheme + new URI(null, null, path.substring(scheme.length()), null).getRawPath();
    } catch (URISyntaxException e) {
      return path;
    }
  }
}
