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

  /**
   * A file or folder.
   *
   * @param version another where the content is another
   */
  record Entry(String name, boolean isFolder, long bytes, long modifiedMillis, String version) {

    /** Of storage that knows no better than when a file was written, and its size. */
    Entry(String name, boolean isFolder, long bytes, long modifiedMillis) {
      this(name, isFolder, bytes, modifiedMillis, bytes + "-" + modifiedMillis);
    }
  }
}
