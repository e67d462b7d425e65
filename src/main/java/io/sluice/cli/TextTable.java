package io.sluice.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows under headings, columns as wide as what is in them; numbers stand to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> right;

  TextTable(List<String> headings) {
    this.headings = List.copyOf(headings);
    this.right = new ArrayList<>(Collections.nCopies(headings.size(), true));
  }

  TextTable(String... headings) {
    this(List.of(headings));
  }

  void add(@Nullable Object... cells) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      Object cell = cells[i];
      if (cell != null && !(cell instanceof Number)) {
        right.set(i, false);
      }
      row.add(cell == null ? "" : line(cell.toString()));
    }
    rows.add(row);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(PrintWriter out) {
    int[] widths = widths();
    out.println(text(headings, widths));
    rows.forEach(row -> out.println(text(row, widths)));
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = headings.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private String text(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blank = " ".repeat(widths[i] - cells.get(i).length());
      boolean toTheRight = !rows.isEmpty() && right.get(i);
      text.append(i == 0 ? "" : GAP)
          .append(toTheRight ? blank + cells.get(i) : cells.get(i) + blank);
    }
    return text.toString().stripTrailing();
  }

  private static String line(String cell) {
    return cell.replace("\r", "").replace("\n", " ").replace("\t", " ");
  }
}
