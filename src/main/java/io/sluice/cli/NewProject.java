package io.sluice.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a small project that runs. */
final class NewProject {
  private static final List<String> FILES =
      List.of(
          "conf/lake.conf",
          "jobs/raw/orders.conf",
          "jobs/analysis/order_line.sql",
          "jobs/aggregate/daily_orders.sql",
          "landing/orders/2026-01-01.csv",
          "landing/orders/2026-01-02.csv");

  private NewProject() {}

  /** Writes them, and returns their names; touches nothing where one is there already. */
  static List<String> write(Path folder) throws IOException {
    for (String file : FILES) {
      if (Files.exists(folder.resolve(file))) {
        throw new UserException(
            "%s is there already; name a new folder: sluice init my-lake"
                .formatted(folder.resolve(file)));
      }
    }
    for (String file : FILES) {
      Path to = folder.resolve(file);
      Files.createDirectories(to.getParent());
      try (InputStream from = NewProject.class.getResourceAsStream("init/" + file)) {
        if (from == null) {
          throw new FileNotFoundException("Not in the jar: init/" + file);
        }
        Files.copy(from, to);
      }
    }
    return FILES;
  }
}
