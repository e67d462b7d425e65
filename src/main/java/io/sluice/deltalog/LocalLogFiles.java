package io.sluice.deltalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
  public List<StoredFile> all() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    List<StoredFile> all = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        BasicFileAttributes known = Files.readAttributes(path, BasicFileAttributes.class);
        if (known.isRegularFile()) {
          all.add(
              new StoredFile(
                  folder.relativize(path).toString().replace('\\', '/'),
                  known.size(),
                  known.lastModifiedTime().toInstant()));
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      throw new IOException("%s changed while it was listed".formatted(folder), e);
    }
    return all;
  }

  @Override
  public Instant modified(String name) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(name)).toInstant();
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(".%s.%s.tmp".formatted(name, UUID.randomUUID()));
    try {
      try (FileChannel file =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          file.write(left);
        }
        file.force(true);
      }
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public void remove(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
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
