package io.sluice.lake;

import io.sluice.config.Spelling;
import io.sluice.time.LakeTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A whole project, checked: every table that a job names is in it, and there is no cycle.
 *
 * @param root URI of the folder that holds the tables, without a slash at its end
 * @param parallel how many tasks run side by side at most
 * @param spark session settings, for the whole process
 */
public record Lake(
    String name,
    String root,
    LakeTime time,
    LedgerSpec ledger,
    int parallel,
    Map<String, String> spark,
    SortedMap<TableName, Job> jobs) {

  public Lake {
    spark = Map.copyOf(spark);
    jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
  }

  public Optional<Job> find(TableName name) {
    return Optional.ofNullable(jobs.get(name));
  }

  /** The jobs that a person may mean by this, with the layer or without; one, if it is clear. */
  public List<Job> named(String typed) {
    return jobs.values().stream()
        .filter(job -> job.name().toString().equals(typed) || job.name().table().equals(typed))
        .toList();
  }

  /** The job that will have been meant by a name that no job has. */
  public Optional<TableName> nearest(String typed) {
    int layer = typed.indexOf('.') + 1;
    return named(typed.substring(layer)).stream()
        .map(Job::name)
        .findFirst()
        .or(
            () ->
                layer > 0 ? nearest(typed, TableName::toString) : nearest(typed, TableName::table));
  }

  private Optional<TableName> nearest(String typed, Function<TableName, String> word) {
    Map<String, TableName> names = new TreeMap<>();
    jobs.keySet().forEach(name -> names.putIfAbsent(word.apply(name), name));
    return Spelling.nearest(typed, names.keySet()).map(names::get);
  }

  /** The job of a name that is known to be there. */
  public Job job(TableName name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("No job makes " + name + " in this lake"));
  }

  /** URI of the folder of a table: that of the external one, or its place under the root. */
  public String path(TableName name) {
    return job(name).making() instanceof Making.External external
        ? external.path()
        : root + "/" + name.layer().word() + "/" + name.table();
  }

  /** URI of the folder of the table of rows that the job's rules turned away. */
  public String quarantinePath(TableName name) {
    return root + "/quarantine/" + name.layer().word() + "/" + name.table();
  }

  /** URI of the folder of what a table's source sent, as it was received. */
  public String receivedPath(TableName name) {
    return root + "/_received/" + name.layer().word() + "/" + name.table();
  }
}
