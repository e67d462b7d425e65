package io.sluice.repair;

import io.sluice.deltalog.StoredFile;
import io.sluice.deltalog.StoredFolder;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Works out what tables are in need of; changes nothing.
 *
 * @param liveFiles of the table at a path, asked of Spark
 */
public record CarePlanner(
    Lake lake, Ledger ledger, Function<String, ? extends Collection<String>> liveFiles) {

  private static final String STAGING = "_sluice/staging";
  private static final String ATTEMPT = "attempt=";

  /**
   * What attempts leave is looked at first, then which are under way, then which have published:
   * one that is at work is never taken for dead, whoever holds the lease.
   *
   * @param always whether the table is due whenever it was last taken care of
   */
  public CareOfTable plan(Job job, boolean always, Instant now) {
    Map<String, String> settings = lake.spark();
    List<String> folders = StoredFolder.at(lake.path(job.name()) + "/" + STAGING, settings).names();
    Optional<StoredTable> rejects =
        StoredTable.look(lake.quarantinePath(job.name()), settings, liveFiles::apply);
    Set<String> open =
        ledger.openAttempts().stream().map(AttemptRow::id).collect(Collectors.toSet());
    Optional<StoredTable> table =
        StoredTable.look(lake.path(job.name()), settings, liveFiles::apply);
    Optional<Instant> cared = table.flatMap(StoredTable::cared);
    boolean due =
        always
            || cared.filter(last -> last.plus(job.effort().care().every()).isAfter(now)).isEmpty();
    return new CareOfTable(
        job,
        table
            .map(found -> CareNeed.of(found, job.effort().care(), List.of(), now))
            .orElse(CareNeed.NONE),
        rejects
            .map(
                found ->
                    CareNeed.of(found, job.effort().care(), dead(job, table, found, open), now))
            .orElse(CareNeed.NONE),
        staged(folders, open),
        cared,
        due);
  }

  /** Those of attempts that nobody is at. */
  private static List<String> staged(List<String> folders, Set<String> open) {
    return folders.stream()
        .filter(name -> open.stream().noneMatch(id -> isOf(name, id)))
        .sorted()
        .toList();
  }

  private static boolean isOf(String folder, String attempt) {
    return folder.equals(attempt) || folder.startsWith(attempt + "-");
  }

  void removeStaged(CareOfTable care) {
    for (String folder : care.staged()) {
      StoredFolder.at(lake.path(care.job().name()) + "/" + STAGING + "/" + folder, lake.spark())
          .remove();
    }
  }

  /** Attempts with rows in quarantine that the table's log would tell of, had they published. */
  private List<String> dead(
      Job job, Optional<StoredTable> table, StoredTable rejects, Set<String> open) {
    Set<String> named = table.map(StoredTable::attempts).orElse(Set.of());
    Set<String> counting =
        ledger.quarantined(Optional.of(job.name().toString())).stream()
            .map(row -> row.attempt())
            .collect(Collectors.toSet());
    Set<String> dead = new TreeSet<>();
    List<String> old = new ArrayList<>();
    for (StoredFile file : rejects.files()) {
      if (rejects.live().containsKey(file.path()) && file.path().startsWith(ATTEMPT)) {
        String attempt = file.path().substring(ATTEMPT.length(), file.path().indexOf('/'));
        boolean isTold =
            table
                .map(found -> found.isToldWhole() || file.modified().isAfter(found.oldestCommit()))
                .orElse(true);
        (isTold ? dead : old).add(attempt);
      }
    }
    dead.removeAll(named);
    dead.removeAll(counting);
    dead.removeAll(open);
    dead.removeAll(old);
    return List.copyOf(dead);
  }
}
