package io.sluice.lake;

import io.sluice.time.Cadence;
import io.sluice.time.Lookback;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says how a job sees each table that it reads, through views too. */
final class InputResolver {
  private final Map<TableName, JobDraft> drafts;
  private final Map<TableName, List<Reference>> reads;
  private final Map<TableName, Resolved> resolved;
  private final JobDraft job;
  private final Map<TableName, Input> inputs = new LinkedHashMap<>();
  private final Set<TableName> views = new LinkedHashSet<>();

  InputResolver(
      Map<TableName, JobDraft> drafts,
      Map<TableName, List<Reference>> reads,
      Map<TableName, Resolved> resolved,
      JobDraft job) {
    this.drafts = drafts;
    this.reads = reads;
    this.resolved = resolved;
    this.job = job;
  }

  /** Reads on; {@link #inputs} and {@link #views} are then complete. */
  InputResolver resolve(List<Reference> ofRules) {
    follow(job, Map.of());
    for (Reference reference : ofRules) {
      if (!inputs.containsKey(reference.table())) {
        add(reference, Optional.empty(), true);
      }
    }
    for (InputsReader.Draft declared : job.inputs().values()) {
      if (job.sound() && !inputs.containsKey(declared.table())) {
        declared
            .section()
            .wrong(
                views.contains(declared.table())
                    ? "a view is cut where its own inputs are; name those instead"
                    : "nothing here reads %s; leave it out".formatted(declared.table()));
      }
    }
    return this;
  }

  Map<TableName, Input> inputs() {
    return inputs;
  }

  List<TableName> views() {
    return List.copyOf(views);
  }

  private void follow(JobDraft reader, Map<TableName, InputsReader.Draft> above) {
    Map<TableName, InputsReader.Draft> declared = new LinkedHashMap<>(reader.inputs());
    declared.putAll(above);
    for (Reference reference : reads.getOrDefault(reader.name(), List.of())) {
      TableName table = reference.table();
      JobDraft target = drafts.get(table);
      if (target != null && target.isView() && !table.equals(job.name())) {
        if (!views.contains(table) && resolved.containsKey(table)) {
          follow(target, declared);
          views.add(table);
        }
      } else {
        add(reference, Optional.ofNullable(declared.get(table)), false);
      }
    }
  }

  private void add(Reference reference, Optional<InputsReader.Draft> declared, boolean forRule) {
    TableName table = reference.table();
    Optional<Job> target = Optional.ofNullable(resolved.get(table)).map(Resolved::job);
    Input.Sight sight = sight(table, target, declared, forRule);
    Lookback lookback = declared.flatMap(InputsReader.Draft::lookback).orElse(Lookback.NONE);
    boolean follow =
        declared.flatMap(InputsReader.Draft::follow).orElse(job.every() == Cadence.NONE)
            && !sight.isCut()
            && sight != Input.Sight.SELF;
    declared.ifPresent(draft -> check(draft, sight, target));
    inputs.putIfAbsent(
        table,
        new Input(
            table, sight, sight.isCut() ? lookback : Lookback.NONE, follow, reference.origin()));
  }

  private Input.Sight sight(
      TableName table,
      Optional<Job> target,
      Optional<InputsReader.Draft> declared,
      boolean forRule) {
    if (table.equals(job.name())) {
      return Input.Sight.SELF;
    }
    if (target.filter(t -> t.write() instanceof WriteSpec.Scd2).isPresent()) {
      return Input.Sight.AS_OF;
    }
    boolean timeless = job.every() == Cadence.NONE && !job.isView();
    boolean whole =
        forRule
            || timeless
            || declared.flatMap(InputsReader.Draft::whole).orElse(false)
            || target.flatMap(Job::cutColumn).isEmpty();
    return whole ? Input.Sight.WHOLE : Input.Sight.CUT;
  }

  private static void check(InputsReader.Draft draft, Input.Sight sight, Optional<Job> target) {
    String seen =
        switch (sight) {
          case CUT -> "";
          case SELF -> "a job sees all of its own table from before its interval";
          case AS_OF -> draft.table() + " is scd2 and seen as it was at the interval's end";
          case WHOLE ->
              draft.whole().orElse(false)
                  ? draft.table() + " is seen whole"
                  : draft.table() + " can't be cut to an interval and is seen whole";
        };
    if (target.isEmpty() && sight != Input.Sight.SELF) {
      return;
    }
    if (!sight.isCut() && draft.lookback().isPresent()) {
      draft.section().wrong("lookback", seen + "; leave lookback out");
    }
    if (!sight.isCut() && !draft.whole().orElse(true)) {
      draft.section().wrong("whole", seen + "; leave whole out");
    }
    if (draft.follow().isPresent() && (sight.isCut() || sight == Input.Sight.SELF)) {
      draft
          .section()
          .wrong(
              "follow",
              sight.isCut()
                  ? draft.table()
                      + " is cut to the interval, and so followed always; leave follow out"
                  : seen + "; leave follow out");
    }
  }
}
