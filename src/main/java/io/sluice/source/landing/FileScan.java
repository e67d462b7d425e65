package io.sluice.source.landing;

import io.sluice.source.columns.DeclaredColumns;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What all formats need to read files.
 *
 * @param options the reader's own, as the definition gives them
 */
public record FileScan(
    SparkSession spark,
    Map<String, String> options,
    ItemIntervals intervals,
    DeclaredColumns columns) {

  public FileScan {
    options = Map.copyOf(options);
  }

  /** As Spark finds options: whatever the case. */
  public String option(String name, String otherwise) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  public boolean isOn(String name) {
    return Boolean.parseBoolean(option(name, "false"));
  }
}
