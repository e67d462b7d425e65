package io.sluice.deltalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A log on this machine's own file system. */
record LocalLogFiles(Path folder) implements LogFiles {

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    return names;
  }

  @Override
  public Optional<InputStream> open(String name) throws IOException {
    try {
      return Optional.of(Files.newInputStream(folder.resolve(name)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public Instant modified(String name) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(name)).toInstant();
  }

  @Override
  public void remove() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
