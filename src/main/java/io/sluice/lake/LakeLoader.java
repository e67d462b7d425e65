package io.sluice.lake;

import io.sluice.config.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a project's folder into a checked {@link Lake}. */
public final class LakeLoader {
  private final SqlParsing parsing;

  public LakeLoader() {
    this(SqlParsing.DIRECT);
  }

  public LakeLoader(SqlParsing parsing) {
    this.parsing = parsing;
  }

  /**
   * Reads all files of the project.
   *
   * @param environment name of the file in {@code conf/} that says what differs
   * @param variables what {@code ${NAME}} stands for: the process's environment
   * @throws io.sluice.config.DefinitionException with all that is wrong
   */
  public LoadedLake load(
      Path project, Optional<String> environment, Map<String, String> variables) {
    Path folder = project.toAbsolutePath().normalize();
    ProjectPaths paths = new ProjectPaths(folder);
    Problems problems = new Problems();
    LakeConf conf = new LakeConfReader(folder, variables, problems).read(environment);
    JobReader reader = new JobReader(conf.defaults(), paths, variables, parsing, problems);
    SortedMap<TableName, JobDraft> drafts = new TreeMap<>();
    for (JobFile file : JobFiles.find(folder, problems)) {
      drafts.put(file.name(), reader.read(file));
    }
    Resolver resolver = new Resolver(drafts, conf, paths, parsing, problems);
    SortedMap<TableName, Job> jobs = resolver.resolve();
    problems.throwIfAny();
    Lake lake =
        new Lake(
            conf.name(),
            conf.root(),
            conf.time(),
            conf.ledger(),
            conf.parallel(),
            conf.spark(),
            jobs);
    return new LoadedLake(lake, resolver.hints());
  }
}
