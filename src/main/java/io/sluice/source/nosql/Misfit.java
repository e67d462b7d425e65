package io.sluice.source.nosql;

/** A value that a type has no place for. */
final class Misfit extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 100;

  Misfit(String path, String value, String type) {
    super(
        "%s: '%s' is not %s %s"
            .formatted(
                path,
                value.length() > SHOWN ? value.substring(0, SHOWN) : value,
                "AEIOU".indexOf(type.charAt(0)) >= 0 ? "an" : "a",
                type),
        null,
        false,
        false);
  }
}
