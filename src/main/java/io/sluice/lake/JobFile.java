package io.sluice.lake;

import java.nio.file.Path;

/**
 * A file that defines a job.
 *
 * @param shown its path relative to the project
 */
record JobFile(TableName name, Path path, String shown) {
  boolean isSql() {
    return shown.endsWith(".sql");
  }
}
