package io.sluice.source.xml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which elements are rows: a name, or names from outside to inside. A name without a prefix is
 * meant with any.
 */
record RowPath(ArrayList<String> names) implements Serializable {

  /**
   * @param path such as {@code order} or {@code orders/order}
   */
  static RowPath parse(String path) {
    return new RowPath(new ArrayList<>(Arrays.asList(path.split("/"))));
  }

  String last() {
    return names.get(names.size() - 1);
  }

  boolean isRow(String name) {
    return isMeant(last(), name);
  }

  /** Whether an element of this name below those is a row. */
  boolean fits(List<String> above, String name) {
    int more = names.size() - 1;
    if (!isRow(name) || above.size() < more) {
      return false;
    }
    for (int i = 0; i < more; i++) {
      if (!isMeant(names.get(i), above.get(above.size() - more + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMeant(String wanted, String name) {
    return wanted.equals(name)
        || wanted.indexOf(':') < 0 && wanted.equals(name.substring(name.indexOf(':') + 1));
  }
}
