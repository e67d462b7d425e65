package io.sluice.source.rest;

import io.sluice.storage.HadoopStorage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The pages of one interval as they were received, a folder for each time that it was asked for,
 * named by when that began and by what was asked. No file is ever changed, as object storage would
 * have it: {@code page-000007.json} is the answer, {@code page-000007.facts} says what is in it and
 * how to go on, and {@code pages.facts} is written when the last one is there.
 */
final class Received {
  private static final DateTimeFormatter BEGAN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ALL = "pages.facts";

  /** Who reads the pages from before is not disturbed. */
  private static final int KEPT = 2;

  private final FileSystem files;
  private final Path folder;
  private final List<PageFacts> pages;

  private Received(FileSystem files, Path folder, List<PageFacts> pages) {
    this.files = files;
    this.folder = folder;
    this.pages = new ArrayList<>(pages);
  }

  /** Where they are kept. */
  Path folder() {
    return folder;
  }

  /** In order. */
  List<PageFacts> pages() {
    return List.copyOf(pages);
  }

  boolean isComplete() {
    return !pages.isEmpty() && last().next().isEmpty();
  }

  PageFacts last() {
    return pages.get(pages.size() - 1);
  }

  /**
   * What there is of a request: all of it where that is not too old, or a beginning of this day.
   *
   * @param interval folder of the interval
   */
  static Optional<Received> find(
      FileSystem files, Path interval, String fingerprint, Duration reuse, Instant now)
      throws IOException {
    Optional<Path> newest = newest(files, interval).stream().findFirst();
    if (newest.isEmpty() || !newest.get().getName().endsWith("-" + fingerprint)) {
      return Optional.empty();
    }
    Received found = new Received(files, newest.get(), read(files, newest.get()));
    if (found.pages.isEmpty()) {
      return Optional.empty();
    }
    Duration age =
        Duration.between(
            found.isComplete() ? found.last().received() : found.pages.get(0).received(), now);
    Duration most = found.isComplete() ? reuse : Duration.ofDays(1);
    return age.compareTo(most) < 0 ? Optional.of(found) : Optional.empty();
  }

  static Received begin(FileSystem files, Path interval, String fingerprint, Instant now)
      throws IOException {
    Path folder = new Path(interval, BEGAN.format(now) + "-" + fingerprint);
    for (int again = 2; files.exists(folder); again++) {
      folder = new Path(interval, "%s.%d-%s".formatted(BEGAN.format(now), again, fingerprint));
    }
    return new Received(files, folder, List.of());
  }

  /** Newest first: their names begin with when they began. */
  private static List<Path> newest(FileSystem files, Path interval) throws IOException {
    try {
      List<Path> folders = new ArrayList<>();
      for (FileStatus status : HadoopStorage.list(files, interval)) {
        folders.add(status.getPath());
      }
      folders.sort(Comparator.comparing(Path::getName).reversed());
      return folders;
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }

  /** The pages up to the first that is not there as it was received. */
  private static List<PageFacts> read(FileSystem files, Path folder) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (FileStatus status : HadoopStorage.list(files, folder)) {
      sizes.put(status.getPath().getName(), status.getLen());
    }
    List<PageFacts> all = facts(files, new Path(folder, ALL));
    List<PageFacts> pages = new ArrayList<>();
    for (int number = 1; ; number++) {
      List<PageFacts> one =
          number <= all.size()
              ? all.subList(number - 1, number)
              : facts(files, facts(folder, number));
      long size = sizes.getOrDefault(page(number), -1L);
      if (one.isEmpty() || one.get(0).bytes() != size) {
        return pages;
      }
      pages.addAll(one);
    }
  }

  private static List<PageFacts> facts(FileSystem files, Path file) throws IOException {
    return bytes(files, file).map(PageFacts::read).orElse(List.of());
  }

  private static Optional<byte[]> bytes(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException none) {
      return Optional.empty();
    }
  }

  /** Keeps a page, before anybody looks into it. */
  Path land(int number, byte[] body) throws IOException {
    Path page = new Path(folder, page(number));
    write(page, body);
    return page;
  }

  /**
   * From now on the page counts. What is asked for next may hold a secret, which no file may: then
   * nobody can go on from here, and has to from the page before.
   */
  void add(PageFacts page, Secrets secrets) throws IOException {
    PageFacts shown = page.hidden(secrets);
    if (shown.equals(page)) {
      write(facts(folder, page.step().number()), text(List.of(page)));
    }
    pages.add(page);
    if (isComplete()) {
      write(
          new Path(folder, ALL), text(pages.stream().map(known -> known.hidden(secrets)).toList()));
      forgetOlder();
    }
  }

  Path file(PageFacts page) {
    return new Path(folder, page(page.step().number()));
  }

  private static String page(int number) {
    return "page-%06d.json".formatted(number);
  }

  private static Path facts(Path folder, int number) {
    return new Path(folder, "page-%06d.facts".formatted(number));
  }

  private static byte[] text(List<PageFacts> pages) throws IOException {
    return PageFacts.write(pages).getBytes(StandardCharsets.UTF_8);
  }

  /** Nobody sees half of a file. */
  private void write(Path file, byte[] bytes) throws IOException {
    if (files.getUri().getScheme().equals("file")) {
      writeHere(java.nio.file.Path.of(file.toUri().getPath()), bytes);
      return;
    }
    Path unfinished = new Path(folder, "_" + file.getName());
    try (OutputStream out = files.create(unfinished, true)) {
      out.write(bytes);
    }
    files.delete(file, false);
    if (!files.rename(unfinished, file)) {
      throw new IOException("%s can't be renamed to %s".formatted(unfinished, file));
    }
  }

  /** Hadoop starts a process for each file here, to set its rights. */
  private static void writeHere(java.nio.file.Path file, byte[] bytes) throws IOException {
    java.nio.file.Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(file + " has no folder");
    }
    Files.createDirectories(parent);
    java.nio.file.Path unfinished = parent.resolve("_" + file.getFileName());
    Files.write(unfinished, bytes);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void forgetOlder() throws IOException {
    List<Path> folders = newest(files, folder.getParent());
    for (Path older : folders.subList(Math.min(KEPT, folders.size()), folders.size())) {
      files.delete(older, true);
    }
  }
}
