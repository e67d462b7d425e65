package io.sluice.laws;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** What a run has just done, as a bystander sees it in the lake's folder and on its screen. */
enum Moment {
  /** Rows are written that no commit names yet. */
  STAGED,
  /** A commit is there that the ledger may not know yet. */
  COMMITTED,
  /** The ledger knows. */
  TOLD;

  /** How often that has happened. */
  long count(Path project, Path screen) {
    try {
      return switch (this) {
        case STAGED -> files(project.resolve("lake"), ".parquet");
        case COMMITTED -> files(project.resolve("lake"), "[0-9]{20}.json");
        case TOLD ->
            Files.exists(screen)
                ? Files.readAllLines(screen).stream()
                    .filter(line -> line.startsWith("made "))
                    .count()
                : 0;
      };
    } catch (IOException e) {
      return 0;
    }
  }

  private static long files(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    long[] count = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.matches(ending) || name.endsWith(ending)) {
              count[0]++;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return count[0];
  }
}
