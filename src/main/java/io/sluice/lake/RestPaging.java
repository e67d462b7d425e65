package io.sluice.lake;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How an API's answer goes on. Paths are names from the outside of the body to a value. */
public sealed interface RestPaging {

  /** It does not: one answer is all. */
  record None() implements RestPaging {}

  /**
   * By a number that is sent.
   *
   * @param countsRecords whether it is how many records to pass over, and not a page's number
   * @param inBody whether it is a field of the body, and not a parameter of the URL
   * @param size how many records a full page has
   * @param sizeParameter by which that is sent
   * @param total where the body says how many records there are in all; empty where it does not
   */
  record Numbered(
      boolean countsRecords,
      String parameter,
      boolean inBody,
      int first,
      OptionalInt size,
      Optional<String> sizeParameter,
      List<String> total)
      implements RestPaging {
    public Numbered {
      total = List.copyOf(total);
    }
  }

  /** By a text of the last answer that is sent with the next request. */
  record Cursor(String parameter, boolean inBody, List<String> path) implements RestPaging {
    public Cursor {
      path = List.copyOf(path);
    }
  }

  /** By the header {@code Link} with {@code rel="next"}: RFC 8288. */
  record Link() implements RestPaging {}

  /** By a URL in the body. */
  record Next(List<String> path) implements RestPaging {
    public Next {
      path = List.copyOf(path);
    }
  }
}
