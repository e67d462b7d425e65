package io.sluice.lake;

import io.sluice.config.DefinitionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A small right project in a folder, in which a test makes one thing different. */
final class TestProject {
  static final String SALES =
      """
      source       { type = files, path = "landing/sales/{yyyy-MM-dd}.csv*", format = csv }
      partition-by = invoice_date
      start        = 2010-12-01
      end          = 2011-12-09
      """;

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private Optional<String> environment = Optional.empty();

  TestProject(Path folder) {
    this.folder = folder;
    file("conf/lake.conf", "name = retail\n");
    file("jobs/raw/sales.conf", SALES);
    file(
        "jobs/raw/fx_rate.conf",
        """
        source { type = files, path = "landing/fx.csv", format = csv }
        partition-by = rate_date
        start = 2010-11-01
        """);
    file(
        "jobs/analysis/dim_product.sql",
        """
        /* sluice
          interval-by = invoice_date
          write { mode = scd2, key = [stock_code], sequence-by = seq }
        */
        SELECT stock_code, price, seq, invoice_date FROM raw.sales
        """);
  }

  TestProject file(String name, String text) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestProject variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  TestProject environment(String name) {
    environment = Optional.of(name);
    return this;
  }

  LoadedLake loaded() {
    return new LakeLoader().load(folder, environment, variables);
  }

  Lake load() {
    return loaded().lake();
  }

  Job job(String name) {
    return load().job(TableName.parse(name).orElseThrow());
  }

  /** What is wrong, a line each; empty where nothing is. */
  String problems() {
    try {
      load();
      return "";
    } catch (DefinitionException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
