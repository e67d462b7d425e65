package io.sluice.source.landing;

import io.sluice.storage.HadoopStorage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Lists folders of any storage that Hadoop knows: HDFS, S3. */
final class HadoopListing implements Listing {
  private static final Set<String> WITH_FOLDERS = Set.of("file", "hdfs", "viewfs");

  private final Configuration settings;
  private final String scheme;

  /**
   * @param scheme of the URIs that will be listed
   * @param sparkSettings those that Spark would hand on to Hadoop are used
   */
  HadoopListing(String scheme, Map<String, String> sparkSettings) {
    this.scheme = scheme;
    this.settings = HadoopStorage.settings(sparkSettings);
  }

  @Override
  public Optional<List<Entry>> list(String folder, Predicate<String> names) throws IOException {
    Path path = new Path(folder);
    List<Entry> entries = new ArrayList<>();
    try {
      for (FileStatus child : HadoopStorage.list(path.getFileSystem(settings), path)) {
        String name = child.getPath().getName();
        if (!child.getPath().equals(path) && names.test(name)) {
          entries.add(entry(name, child));
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return Optional.of(entries);
  }

  /** A checksum of the storage's own, where it has one, is more than a time. */
  static Entry entry(String name, FileStatus file) {
    long bytes = file.getLen();
    return Optional.of(file)
        .filter(EtagSource.class::isInstance)
        .map(tagged -> ((EtagSource) tagged).getEtag())
        .filter(tag -> !tag.isEmpty())
        .map(
            tag ->
                new Entry(
                    name,
                    file.isDirectory(),
                    bytes,
                    file.getModificationTime(),
                    "%d-%s".formatted(bytes, tag)))
        .orElseGet(() -> new Entry(name, file.isDirectory(), bytes, file.getModificationTime()));
  }

  @Override
  public boolean keepsEmptyFolders() {
    return WITH_FOLDERS.contains(scheme);
  }
}
