package io.sluice.lake;

import io.sluice.sql.ParsedSql;
import java.util.List;
import java.util.Map;

/** What a job's rows come from. */
public sealed interface Making {

  /** Rows from outside the lake; several where the feed changed its format, in order of time. */
  record FromSource(List<SourceSpec> sources, Drift drift) implements Making {
    public FromSource {
      sources = List.copyOf(sources);
    }

    /** Whose columns may grow. */
    public FromSource(List<SourceSpec> sources) {
      this(sources, Drift.EVOLVE);
    }
  }

  record FromSql(ParsedSql sql) implements Making {}

  /** A class that implements {@code io.sluice.api.Transform}. */
  record FromJava(String className, Map<String, String> options) implements Making {
    public FromJava {
      options = Map.copyOf(options);
    }
  }

  /** A Delta table that others make: read and watched, never written. */
  record External(String path) implements Making {}
}
