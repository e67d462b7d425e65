package io.sluice.plan;

/**
 * What a source holds for an interval, where planning needs to know it.
 *
 * @param why what a person is told
 */
public record SourceState(Kind kind, String why) {

  /** Whether the interval can be made, and must be made again. */
  public enum Kind {
    /** Made from other items than there are now. */
    CHANGED,
    /** Nothing there yet. */
    AWAITED,
    /** Made from items that are gone, and nothing there to make it from again. */
    REMOVED,
    /** Nothing there, and never again. */
    UNOBTAINABLE;

    /** Whether the interval can be made when something has come. */
    boolean isAwaited() {
      return this == AWAITED || this == REMOVED;
    }
  }
}
