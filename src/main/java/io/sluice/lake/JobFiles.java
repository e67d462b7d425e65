package io.sluice.lake;

import io.sluice.config.Place;
import io.sluice.config.Problems;
import io.sluice.config.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of {@code jobs/<layer>/} and what table each makes. */
final class JobFiles {
  private static final Set<String> MISTAKEN =
      Set.of("yml", "yaml", "json", "hocon", "properties", "hql", "py", "scala", "java");

  private final Path project;
  private final Problems problems;
  private final SortedMap<TableName, JobFile> files = new TreeMap<>();

  private JobFiles(Path project, Problems problems) {
    this.project = project;
    this.problems = problems;
  }

  static Collection<JobFile> find(Path project, Problems problems) {
    JobFiles found = new JobFiles(project, problems);
    Path jobs = project.resolve("jobs");
    if (!Files.isDirectory(jobs)) {
      problems.add(
          new Place("jobs", 1), "", "there is no such folder; write jobs/raw/<table>.conf first");
      return List.of();
    }
    sorted(jobs).forEach(found::layer);
    return found.files.values();
  }

  private void layer(Path folder) {
    String word = folder.getFileName().toString();
    if (word.startsWith(".") || word.endsWith(".md")) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      wrong(folder, "a job lies in its layer's folder; move it to jobs/<layer>/");
      return;
    }
    Optional<Layer> layer = Layer.of(word);
    if (layer.isEmpty()) {
      List<String> words = Arrays.stream(Layer.values()).map(Layer::word).toList();
      wrong(
          folder,
          "'%s' is no layer; %s"
              .formatted(
                  word,
                  Spelling.nearest(word, words)
                      .map(near -> "did you mean %s?".formatted(near))
                      .orElse("the layers are " + String.join(", ", words))));
      return;
    }
    sorted(folder).forEach(path -> file(layer.get(), path));
  }

  private void file(Layer layer, Path path) {
    String file = path.getFileName().toString();
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? "" : file.substring(dot + 1);
    if (file.startsWith(".") || !Set.of("sql", "conf").contains(extension)) {
      if (MISTAKEN.contains(extension)) {
        wrong(path, "a job is a .sql or a .conf file; rename it");
      } else if (Files.isDirectory(path)) {
        wrong(path, "a layer has no folders in it; move the jobs one up");
      }
      return;
    }
    Optional<TableName> name = TableName.parse(layer.word() + "." + file.substring(0, dot));
    if (name.isEmpty()) {
      wrong(path, "a table's name is lower case letters, digits and _; rename the file");
      return;
    }
    if (layer == Layer.WAREHOUSE) {
      wrong(path, "not yet: publishing to a warehouse comes with a later version; leave it out");
      return;
    }
    JobFile first = files.putIfAbsent(name.get(), new JobFile(name.get(), path, shown(path)));
    if (first != null) {
      wrong(path, "%s is defined in %s too; keep one".formatted(name.get(), first.shown()));
    }
  }

  private void wrong(Path path, String message) {
    problems.add(new Place(shown(path), 1), "", message);
  }

  private String shown(Path path) {
    return project.relativize(path).toString().replace('\\', '/');
  }

  private static List<Path> sorted(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return new ArrayList<>(paths.sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }
}
