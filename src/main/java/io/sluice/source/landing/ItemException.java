package io.sluice.source.landing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that can't be read, known by their items. */
public final class ItemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> items;
  private final boolean passing;

  public ItemException(String item, String message, boolean passing, @Nullable Throwable cause) {
    this(List.of(item), message, passing, cause);
  }

  public ItemException(
      List<String> items, String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.items = List.copyOf(items);
    this.passing = passing;
  }

  List<String> items() {
    return items;
  }

  boolean isPassing() {
    return passing;
  }
}
