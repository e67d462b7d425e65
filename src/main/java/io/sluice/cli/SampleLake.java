package io.sluice.cli;

import io.sluice.sample.ShopDatabase;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes a project of the sample that lies in a clone: definitions, landing files, a database. */
final class SampleLake {
  static final String FOLDER = "demo";
  static final LocalDate FIRST = LocalDate.of(2010, 12, 1);

  private static final String LANDING = "src/sample/landing";

  private final Path home;

  /**
   * @param home the clone
   */
  SampleLake(Path home) {
    this.home = home;
  }

  Path defaultFolder() {
    return home.resolve(FOLDER);
  }

  /** Does nothing where the folder is a project already: what is made there goes on. */
  void setUp(Path folder, Consumer<String> say) throws IOException {
    if (Files.exists(folder.resolve("conf/lake.conf"))) {
      say.accept("There is a project in %s; it goes on.".formatted(folder));
      return;
    }
    requireEmpty(folder);
    if (!Files.isDirectory(home.resolve(LANDING))) {
      throw new UserException(
          "the sample's data is not here (no %s); run ./sluice demo from a clone of the repository"
              .formatted(home.resolve(LANDING)));
    }
    say.accept("Setting up the sample lake in %s ...".formatted(folder));
    copy(home.resolve("jobs"), folder.resolve("jobs"));
    copy(home.resolve(LANDING), folder.resolve("landing"));
    ShopDatabase.create(folder.resolve("landing/sales"), folder.resolve("shop/shop"));
    // Last: the folder is a project only once all of it is there.
    copy(home.resolve("conf"), folder.resolve("conf"));
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent() && !isHalfSetUp(folder)) {
        throw new UserException(
            "%s is not empty and not a project; name another folder with --dir".formatted(folder));
      }
    }
  }

  private static boolean isHalfSetUp(Path folder) {
    return Files.exists(folder.resolve("jobs/raw/sales.conf"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(file));
            if (!Files.exists(copy)) {
              Files.copy(file, copy);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * @param whole whether all of the year was made
   */
  static List<String> whatNext(Path folder, boolean whole) {
    String project = ShellWord.of(folder);
    String sluice = "  ./sluice --project %s ".formatted(project);
    if (!whole) {
      return List.of(
          "Try next:",
          sluice + "status",
          sluice + "sql 'SELECT * FROM aggregate.daily_sales ORDER BY revenue_gbp DESC LIMIT 5'",
          sluice + "plan          # the days that are not made yet",
          sluice + "run           # makes them",
          sluice + "history");
    }
    return List.of(
        "Try next:",
        sluice + "status",
        sluice
            + "sql 'SELECT country, sum(revenue_gbp) AS gbp FROM aggregate.daily_sales"
            + " GROUP BY country ORDER BY gbp DESC LIMIT 5'",
        sluice + "plan          # nothing: all is made",
        "  zcat %1$s/landing/sales/2011-03-01.csv.gz | head -n 100 | gzip > %1$s/late && mv %1$s/late %1$s/landing/sales/2011-03-01.csv.gz"
            .formatted(project),
        sluice + "plan --all-sources          # what a changed file of March makes stale",
        sluice + "run --all-sources",
        sluice + "history");
  }
}
