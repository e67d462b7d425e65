package io.sluice.table;

import io.sluice.deltalog.StoredFolder;
import java.util.List;
import java.util.Map;

/**
 * What an attempt without receipt left, looked for without Spark.
 *
 * @param settings those of the Spark session
 */
public record Leftovers(
    String table, String quarantine, String attempt, Map<String, String> settings) {

  public Leftovers {
    settings = Map.copyOf(settings);
  }

  /** Takes away the rows that were staged beside the table. */
  public void removeStaged() {
    String staging = table + "/" + StagedParquet.STAGING;
    List<String> own =
        StoredFolder.at(staging, settings).names().stream()
            .filter(name -> name.equals(attempt) || name.startsWith(attempt + "-"))
            .toList();
    own.forEach(name -> StoredFolder.at(staging + "/" + name, settings).remove());
  }

  /** Whether rows may lie in quarantine under the attempt: taking them out is a commit of Delta. */
  public boolean mayBeInQuarantine() {
    return !StoredFolder.at(quarantine + "/" + Quarantine.ATTEMPT + "=" + attempt, settings)
        .names()
        .isEmpty();
  }
}
