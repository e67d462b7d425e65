package io.sluice.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param told what was found, and what to do where it is not good
 */
record Finding(String what, boolean good, String told) {

  static void print(PrintWriter out, List<Finding> findings) {
    TextTable table = new TextTable("", "what", "found");
    findings.forEach(one -> table.add(one.good ? "ok" : "BAD", one.what, one.told));
    table.print(out);
  }

  Map<String, @Nullable Object> json() {
    return Json.object("what", what, "good", good, "found", told);
  }
}
