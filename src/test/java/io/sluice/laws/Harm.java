package io.sluice.laws;

/** What happens to a request to object storage. */
enum Harm {
  /** It is refused, for now. */
  SLOW_DOWN("503 SlowDown", 4),
  /** The connection breaks before the storage hears of it. */
  RESET("reset before", 3),
  /** It is done, and then the connection breaks. */
  LOST_ANSWER("reset, answer lost", 3),
  /** No answer comes. */
  TIMEOUT("timeout", 1),
  /** The answer takes its time. */
  SLOW("slow", 3),
  /** No answer comes, and what was sent is done when it was given up long ago. */
  LATE("done late", 3),
  /** Half of what is sent arrives, or half of the answer. */
  CUT_OFF("cut off", 3);

  private final String word;
  private final int weight;

  Harm(String word, int weight) {
    this.word = word;
    this.weight = weight;
  }

  String word() {
    return word;
  }

  /** How often, compared with the others. */
  int weight() {
    return weight;
  }
}
