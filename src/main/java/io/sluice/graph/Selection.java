package io.sluice.graph;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Jobs as a person names them: {@code fact_sale}, {@code analysis.fact_sale}, {@code +fact_sale}
 * with all it needs, {@code raw.sales+} with all that reads it, {@code layer:raw}, {@code
 * tag:finance}.
 */
public final class Selection {
  private final Lake lake;
  private final Graph graph;

  public Selection(Lake lake, Graph graph) {
    this.lake = lake;
    this.graph = graph;
  }

  /**
   * What any of the words names; all jobs where there are no words.
   *
   * @throws IllegalArgumentException where a word names nothing; its message is for the user
   */
  public SortedSet<TableName> select(Collection<String> words) {
    if (words.isEmpty()) {
      return new TreeSet<>(lake.jobs().keySet());
    }
    SortedSet<TableName> selected = new TreeSet<>();
    for (String word : words) {
      for (String part : word.split(",", -1)) {
        selected.addAll(selectOne(part.strip()));
      }
    }
    return selected;
  }

  private SortedSet<TableName> selectOne(String word) {
    boolean needed = word.startsWith("+");
    boolean readers = word.endsWith("+") && word.length() > 1;
    String name = word.substring(needed ? 1 : 0, word.length() - (readers ? 1 : 0));
    List<TableName> named =
        lake.jobs().values().stream().filter(job -> isNamed(job, name)).map(Job::name).toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(nothing(word, name));
    }
    SortedSet<TableName> selected = new TreeSet<>(named);
    if (needed) {
      selected.addAll(graph.withInputs(named));
    }
    if (readers) {
      selected.addAll(graph.withReaders(named));
    }
    return selected;
  }

  private static boolean isNamed(Job job, String name) {
    if (name.startsWith("layer:")) {
      return job.name().layer().word().equals(name.substring("layer:".length()));
    }
    if (name.startsWith("tag:")) {
      return job.tags().contains(name.substring("tag:".length()));
    }
    return job.name().table().equals(name) || job.name().toString().equals(name);
  }

  private String nothing(String word, String name) {
    return "'%s' selects nothing: %s; write a table, +table, table+, layer:NAME or tag:NAME"
        .formatted(
            word,
            like(name)
                .map("did you mean "::concat)
                .orElseGet(() -> "the lake has " + names(lake.jobs().keySet())));
  }

  private Optional<String> like(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<TableName> parts =
        lake.jobs().keySet().stream()
            .filter(table -> table.toString().contains(lower) || lower.contains(table.table()))
            .toList();
    return parts.isEmpty()
        ? lake.nearest(lower).map(TableName::toString)
        : Optional.of(names(parts));
  }

  private static String names(Collection<TableName> tables) {
    return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }
}
