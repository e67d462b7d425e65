package io.sluice.source.landing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists folders of one kind of storage. */
interface Listing {

  /**
   * The children of a folder whose names pass; empty where there is no such folder.
   *
   * @param names asked before anything else is asked of the storage
   */
  Optional<List<Entry>> list(String folder, Predicate<String> names) throws IOException;

  /** Whether a folder is there without anything in it. */
  boolean keepsEmptyFolders();

  /** A file or folder. */
  record Entry(String name, boolean isFolder, long bytes, long modifiedMillis) {}
}
