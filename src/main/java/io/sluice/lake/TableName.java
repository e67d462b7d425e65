package io.sluice.lake;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a table and of the job that makes it: {@code raw.sales}. */
public record TableName(Layer layer, String table) implements Comparable<TableName> {

  private static final Pattern WORD = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::layer).thenComparing(TableName::table);

  public TableName {
    if (!WORD.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "A table's name is lower case letters, digits and _, not '%s'".formatted(table));
    }
  }

  /** Empty where the text is not {@code layer.table}. */
  public static Optional<TableName> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0 || !WORD.matcher(text.substring(dot + 1)).matches()) {
      return Optional.empty();
    }
    return Layer.of(text.substring(0, dot))
        .map(layer -> new TableName(layer, text.substring(dot + 1)));
  }

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** By hand, like equals: the first record that makes its own costs as much as reading a lake. */
  @Override
  public int hashCode() {
    return 31 * layer.hashCode() + table.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableName name && layer == name.layer && table.equals(name.table);
  }

  @Override
  public String toString() {
    return layer.word() + "." + table;
  }
}
