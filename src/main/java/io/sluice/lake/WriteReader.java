package io.sluice.lake;

import io.sluice.config.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code write}. */
final class WriteReader {
  private static final Map<String, String> SLIPS =
      Map.of("append", "replace", "upsert", "merge", "scd", "scd2");
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "key", Set.of("merge", "scd2"),
          "sequence-by", Set.of("merge", "scd2"),
          "delete-when", Set.of("merge"),
          "nulls", Set.of("merge"),
          "track", Set.of("scd2"),
          "effective", Set.of("scd2"),
          "absent", Set.of("scd2"));

  private final RuleSql rules;

  WriteReader(RuleSql rules) {
    this.rules = rules;
  }

  /** Empty where the definition says nothing, or nothing that can be understood. */
  Optional<WriteSpec> read(Section job) {
    Optional<Section> block = job.section("write");
    if (block.isEmpty()) {
      return Optional.empty();
    }
    Section write = block.get();
    write.need("mode", "mode = merge");
    Optional<String> mode = write.choice("mode", modes(), SLIPS);
    List<String> key = Names.columns(write, "key");
    Optional<String> sequenceBy = Names.column(write, "sequence-by");
    Optional<String> deleteWhen = write.text("delete-when");
    deleteWhen.ifPresent(sql -> rules.check(write, "delete-when", sql));
    boolean keep = write.choice("nulls", Map.of("keep", true)).orElse(false);
    List<String> track = Names.columns(write, "track");
    Optional<String> effective = Names.column(write, "effective");
    boolean close = write.choice("absent", Map.of("close", true)).orElse(false);
    if (mode.isEmpty()) {
      return Optional.empty();
    }
    refuseOthers(write, mode.get());
    return Optional.of(
        switch (mode.get()) {
          case "merge" -> new WriteSpec.Merge(key, sequenceBy, deleteWhen, keep);
          case "scd2" -> new WriteSpec.Scd2(key, track, effective, sequenceBy, close);
          case "overwrite" -> new WriteSpec.Overwrite();
          case "view" -> new WriteSpec.View();
          default -> new WriteSpec.Replace();
        });
  }

  private static void refuseOthers(Section write, String mode) {
    KEYS.forEach(
        (key, modes) -> {
          if (write.has(key) && !modes.contains(mode)) {
            write.wrong(
                key,
                "mode %s has no %s; leave it out, or write mode = %s"
                    .formatted(mode, key, String.join(" or ", modes.stream().sorted().toList())));
          }
        });
    if (mode.equals("merge") || mode.equals("scd2")) {
      if (!write.has("key")) {
        write.wrong("key", "missing; mode %s needs one: write key = [id]".formatted(mode));
      }
      List<String> both = new ArrayList<>(write.texts("track"));
      both.retainAll(write.texts("key"));
      both.forEach(
          column ->
              write.wrong(
                  "track",
                  "%s is of the key, which cannot change; leave it out".formatted(column)));
    }
  }

  private static Map<String, String> modes() {
    Map<String, String> modes = new LinkedHashMap<>();
    List.of("replace", "merge", "scd2", "overwrite", "view").forEach(word -> modes.put(word, word));
    return modes;
  }
}
