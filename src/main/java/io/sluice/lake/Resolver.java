package io.sluice.lake;

import io.sluice.config.Problem;
import io.sluice.config.Problems;
import io.sluice.sql.Hint;
import io.sluice.sql.ParsedSql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes jobs of drafts, each after those that it reads. */
final class Resolver {
  private final SortedMap<TableName, JobDraft> drafts;
  private final LakeConf conf;
  private final ProjectPaths paths;
  private final SqlParsing parsing;
  private final Problems problems;
  private final SortedMap<TableName, List<Reference>> reads = new TreeMap<>();
  private final Map<TableName, List<Reference>> ofRules = new HashMap<>();
  private final Map<TableName, Resolved> resolved = new HashMap<>();
  private final SortedMap<TableName, Job> jobs = new TreeMap<>();
  private final Set<Problem> hints = new TreeSet<>();

  Resolver(
      SortedMap<TableName, JobDraft> drafts,
      LakeConf conf,
      ProjectPaths paths,
      SqlParsing parsing,
      Problems problems) {
    this.drafts = drafts;
    this.conf = conf;
    this.paths = paths;
    this.parsing = parsing;
    this.problems = problems;
  }

  SortedMap<TableName, Job> resolve() {
    References references = new References(drafts.keySet(), problems);
    SortedMap<TableName, List<Reference>> all = new TreeMap<>();
    for (JobDraft draft : List.copyOf(drafts.values())) {
      int before = problems.list().size();
      List<Reference> read = references.read(draft);
      List<Reference> rules = references.ofRules(draft);
      reads.put(draft.name(), read);
      ofRules.put(draft.name(), rules);
      if (problems.list().size() > before) {
        drafts.put(draft.name(), draft.unsound());
      }
      all.put(draft.name(), Stream.concat(read.stream(), rules.stream()).toList());
    }
    for (TableName name : ReadingOrder.of(all, problems)) {
      JobDraft draft = drafts.get(name);
      if (draft != null) {
        int before = problems.list().size();
        Resolved job = one(draft);
        jobs.put(name, job.job());
        boolean sound = job.sound() && draft.sound() && problems.list().size() == before;
        resolved.put(name, new Resolved(job.job(), sound));
      }
    }
    return jobs;
  }

  List<Problem> hints() {
    return List.copyOf(hints);
  }

  private Resolved one(JobDraft draft) {
    InputResolver reading =
        new InputResolver(drafts, reads, resolved, draft)
            .resolve(ofRules.getOrDefault(draft.name(), List.of()));
    Map<TableName, Input> inputs = reading.inputs();
    TimeResolver.Answer time =
        new TimeResolver(conf.time(), conf.defaults().schedule(), resolved)
            .resolve(draft, inputs.values());
    Making making =
        draft
            .making()
            .orElseGet(
                () ->
                    new Making.FromSource(
                        time.sound()
                            ? new SourceResolver(problems).resolve(draft, time.schedule())
                            : List.of(),
                        draft.drift()));
    Map<TableName, ParsedSql> views = new LinkedHashMap<>();
    Map<String, String> params = new TreeMap<>(draft.params());
    for (TableName view : reading.views()) {
      Optional.ofNullable(drafts.get(view))
          .flatMap(JobDraft::sql)
          .ifPresent(sql -> views.put(view, sql));
      Optional.ofNullable(resolved.get(view)).ifPresent(v -> takeOver(draft, v.job(), params));
    }
    checkParams(draft);
    hint(draft, inputs);
    Job job =
        new Job(
            draft.name(),
            draft.origin(),
            draft.description(),
            draft.tags(),
            making,
            time.schedule(),
            draft.shape(),
            inputs,
            reading.views(),
            draft.quality(),
            draft.write(),
            effort(draft, inputs, views),
            params,
            Fingerprint.of(
                draft, making, inputs.values(), List.copyOf(views.values()), params, paths));
    return new Resolved(job, time.sound());
  }

  private Effort effort(
      JobDraft draft, Map<TableName, Input> inputs, Map<TableName, ParsedSql> views) {
    EffortReader.Draft usual = conf.defaults().effort();
    BatchResolver.Answer batch =
        new BatchResolver(parsing, resolved, usual.batch()).resolve(draft, inputs, views);
    return new Effort(
        batch.batch(),
        batch.reason(),
        draft.effort().retry(usual),
        draft.effort().timeout().or(usual::timeout),
        draft.effort().spark(usual),
        draft.effort().care().over(usual.care()));
  }

  /** A view's SQL stands in its readers', so they must have its params. */
  private static void takeOver(JobDraft reader, Job view, Map<String, String> params) {
    view.params()
        .forEach(
            (name, literal) -> {
              String own = params.putIfAbsent(name, literal);
              if (own != null && !own.equals(literal)) {
                reader
                    .section()
                    .wrong(
                        "params." + name,
                        "the view %s, which it reads, has another :%s; rename one"
                            .formatted(view.name(), name));
              }
            });
  }

  private static void checkParams(JobDraft draft) {
    if (draft.sql().isEmpty()) {
      return;
    }
    Set<String> used = new HashSet<>(draft.sql().get().parameters());
    for (String name : draft.params().keySet()) {
      if (!used.contains(name) && !ParamsReader.GIVEN.contains(name)) {
        draft
            .section()
            .wrong("params." + name, "the SQL has no :%s; use it or leave it out".formatted(name));
      }
    }
    for (String name : new TreeSet<>(used)) {
      if (!draft.params().containsKey(name) && !ParamsReader.GIVEN.contains(name)) {
        draft
            .section()
            .wrong(
                "params",
                "the SQL has :%s, which is not among them; write params { %s = … }"
                    .formatted(name, name));
      }
    }
  }

  private void hint(JobDraft draft, Map<TableName, Input> inputs) {
    if (draft.sql().isEmpty()) {
      return;
    }
    Map<String, String> cut = new LinkedHashMap<>();
    for (ParsedSql.TableReference reference : draft.sql().get().tables()) {
      TableName.parse(References.plain(reference.name()))
          .map(inputs::get)
          .filter(input -> input.sight().isCut())
          .map(input -> resolved.get(input.table()))
          .flatMap(target -> target.job().cutColumn())
          .ifPresent(column -> cut.put(reference.name(), column));
    }
    for (Hint hint : parsing.dateFilters(draft.sql().get(), cut)) {
      hints.add(new Problem(draft.origin().file(), hint.line(), "", hint.text()));
    }
  }
}
