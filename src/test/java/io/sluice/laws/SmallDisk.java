package io.sluice.laws;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A disk of few megabytes, in memory, which can be filled and made read-only. */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 96;
  private static final int TRIES = 400;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** This machine gives none, and says why. */
  static final class None extends Exception {
    private static final long serialVersionUID = 1;

    None(String why) {
      super(why);
    }
  }

  static SmallDisk at(Path folder) throws IOException, InterruptedException, None {
    Files.createDirectories(folder);
    String said =
        said("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString());
    if (!said.isEmpty()) {
      throw new None(said);
    }
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /**
   * @param left bytes that are left free, about
   */
  void fill(int left) throws IOException {
    Path ballast = folder.resolve("ballast");
    byte[] block = new byte[1 << 16];
    try (OutputStream out =
        Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full.
    }
    try (var file = Files.newByteChannel(ballast, StandardOpenOption.WRITE)) {
      file.truncate(Math.max(0, file.size() - left));
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(folder.resolve("ballast"));
  }

  /** False where somebody writes all the time. */
  boolean becomesReadOnly() throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      if (said("mount", "-o", "remount,ro", folder.toString()).isEmpty()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return false;
  }

  void becomesWritable() throws IOException, InterruptedException {
    said("mount", "-o", "remount,rw", folder.toString());
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : "mount says: " + said;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      said("umount", "-l", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
