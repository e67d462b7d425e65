package io.sluice.source.landing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists folders of this machine; needs no Hadoop. */
final class LocalListing implements Listing {

  @Override
  public Optional<List<Entry>> list(String folder, Predicate<String> names) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(
            path(folder), child -> names.test(String.valueOf(child.getFileName())))) {
      for (Path child : children) {
        entry(child).ifPresent(entries::add);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
    return Optional.of(entries);
  }

  private static Optional<Entry> entry(Path child) throws IOException {
    try {
      BasicFileAttributes facts = Files.readAttributes(child, BasicFileAttributes.class);
      return Optional.of(
          new Entry(
              String.valueOf(child.getFileName()),
              facts.isDirectory(),
              facts.size(),
              facts.lastModifiedTime().toMillis()));
    } catch (NoSuchFileException e) {
      // Went away since it was listed.
      return Optional.empty();
    }
  }

  private static Path path(String folder) {
    return Path.of(folder.isEmpty() ? "/" : folder);
  }

  @Override
  public boolean keepsEmptyFolders() {
    return true;
  }

  /** The plain path, where the text names this machine's files. */
  static Optional<String> plain(String path) {
    if (path.startsWith("/")) {
      return Optional.of(path);
    }
    if (!path.startsWith("file:/")) {
      return Optional.empty();
    }
    String rest = path.substring("file:".length());
    return Optional.of(rest.startsWith("///") ? rest.substring(2) : rest);
  }
}
