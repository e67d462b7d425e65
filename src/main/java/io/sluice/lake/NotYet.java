package io.sluice.lake;

import io.sluice.config.Section;
import java.util.List;

/** Words that are kept for what comes later. */
final class NotYet {
  private NotYet() {}

  static void refuse(Section section, List<String> keys) {
    for (String key : keys) {
      section.refuse(key, "not yet: %s comes with a later version; leave it out".formatted(key));
    }
  }
}
