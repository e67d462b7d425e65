package io.sluice.deltalog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The files of one {@code _delta_log} folder, by name. */
interface LogFiles {

  /** Names of all files; none where there is no such folder. */
  List<String> names() throws IOException;

  /** Empty where there is no such file. */
  Optional<InputStream> open(String name) throws IOException;

  /** When the file was written; asked only of a commit that does not say it itself. */
  Instant modified(String name) throws IOException;
}
