package io.sluice.lake;

import io.sluice.sql.ParsedSql;
import io.sluice.time.Cadence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up what shapes a job's rows, and nothing else. */
final class Fingerprint {
  private final ProjectPaths paths;
  private final List<String> facts = new ArrayList<>();

  private Fingerprint(ProjectPaths paths) {
    this.paths = paths;
  }

  static String of(
      JobDraft job,
      Making making,
      Collection<Input> inputs,
      List<ParsedSql> views,
      Map<String, String> params,
      ProjectPaths paths) {
    Fingerprint print = new Fingerprint(paths);
    Cadence every = job.every();
    print.add("every", every.word());
    print.add("shape", job.shape().partitionBy() + " " + job.shape().intervalBy());
    print.write(job.write());
    print.making(making);
    views.forEach(view -> print.add("view", view.fingerprint()));
    for (Input input : inputs) {
      print.add("input", input.table() + " " + input.sight() + " " + input.lookback());
    }
    for (RowRule rule : job.quality().expect()) {
      if (rule.action() == RowRule.Action.QUARANTINE) {
        print.add("expect", rule.sql());
      }
    }
    print.add("params", new TreeMap<>(params).toString());
    return print.sum();
  }

  private void write(WriteSpec write) {
    add("write", write.word());
    if (write instanceof WriteSpec.Merge merge) {
      add("key", merge.key() + " " + merge.sequenceBy());
      add("delete-when", merge.deleteWhen() + " " + merge.keepNulls());
    } else if (write instanceof WriteSpec.Scd2 scd2) {
      add("key", scd2.key() + " " + scd2.sequenceBy());
      add("track", scd2.track() + " " + scd2.effective() + " " + scd2.closeAbsent());
    }
  }

  private void making(Making making) {
    if (making instanceof Making.FromSql sql) {
      add("sql", sql.sql().fingerprint());
    } else if (making instanceof Making.FromJava java) {
      add("java", java.className() + " " + new TreeMap<>(java.options()));
    } else if (making instanceof Making.External external) {
      add("external", relative(external.path()));
    } else if (making instanceof Making.FromSource from) {
      from.sources().forEach(this::source);
      if (from.drift() != Drift.EVOLVE) {
        add("drift", from.drift().word());
      }
    }
  }

  /** Not who reads, where from, with what password or how fast. */
  private void source(SourceSpec source) {
    for (SourceSpec.Column column : source.columns()) {
      add("column", column.received() + " " + column.name() + " " + column.type());
    }
    if (source.kind() instanceof SourceSpec.Files files) {
      add("files", landing(files) + " " + files.format());
      add("options", new TreeMap<>(files.options()).toString());
    } else if (source.kind() instanceof SourceSpec.Weblog log) {
      add("weblog", landing(log) + " " + log.format());
      add("fields", new TreeMap<>(log.fields()) + " " + log.zone() + " " + log.encoding());
    } else if (source.kind() instanceof SourceSpec.Xml xml) {
      add("xml", landing(xml) + " " + xml.row() + " " + xml.encoding());
      add("within", new TreeMap<>(xml.namespaces()) + " " + xml.xsd().map(this::relative));
    } else if (source.kind() instanceof SourceSpec.Fixed fixed) {
      add("fixed", landing(fixed) + " " + fixed.encoding());
      add("layout", fixed.layout() + " " + fixed.record());
    } else if (source.kind() instanceof SourceSpec.Jdbc jdbc) {
      add("jdbc", jdbc.from() + " " + jdbc.by());
    } else if (source.kind() instanceof SourceSpec.Rest rest) {
      rest(rest);
    } else if (source.kind() instanceof SourceSpec.Mongo mongo) {
      add("mongodb", mongo.database() + " " + mongo.collection());
      add("documents", mongo.by() + " " + mongo.sample());
    } else if (source.kind() instanceof SourceSpec.Cassandra cassandra) {
      add("cassandra", cassandra.keyspace() + " " + cassandra.table() + " " + cassandra.by());
    }
  }

  private String landing(SourceSpec.Landed landed) {
    SourceSpec.Landing landing = landed.landing();
    String path = relative(landing.path());
    return landing.exclude().isEmpty() ? path : path + " without " + landing.exclude();
  }

  private void rest(SourceSpec.Rest rest) {
    RestRequest request = rest.request();
    add("rest", request.url() + " " + request.isPost() + " " + request.body());
    request.query().entrySet().stream()
        .filter(parameter -> !RestRequest.isSensitive(parameter.getKey()))
        .forEach(parameter -> add("query " + parameter.getKey(), parameter.getValue()));
    request.headers().entrySet().stream()
        .filter(header -> !RestRequest.isSensitive(header.getKey()))
        .forEach(header -> add("header " + header.getKey(), header.getValue().value()));
    add("records", rest.records() + " " + rest.paging().getClass().getSimpleName());
  }

  /** The same wherever the project lies. */
  private String relative(String path) {
    return path.replace(paths.project() + "/", "");
  }

  private void add(String name, String value) {
    facts.add(name + "=" + value);
  }

  private String sum() {
    try {
      byte[] bytes = String.join("\n", facts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
