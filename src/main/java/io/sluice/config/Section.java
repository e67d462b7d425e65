package io.sluice.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A block of settings that knows where each stands and which were asked for. A value of the wrong
 * type becomes a problem and reads as absent.
 */
public final class Section {
  private final Document document;
  private final ConfigObject object;
  private final String path;
  private final AskedKeys asked = new AskedKeys();
  private final Map<String, Section> children = new LinkedHashMap<>();

  Section(Document document, ConfigObject object, String path) {
    this.document = document;
    this.object = object;
    this.path = path;
  }

  public Place place() {
    return document.place(path);
  }

  public Place place(String key) {
    return document.place(full(key));
  }

  /** Says that something is wrong with a key: what; what to do. */
  public void wrong(String key, String message) {
    document.wrong(place(key), full(key), message);
  }

  /** Says that something is wrong with the section itself. */
  public void wrong(String message) {
    document.wrong(place(), path, message);
  }

  /** Whether the key is there; does not count as asking for it. */
  public boolean has(String key) {
    ConfigValue value = object.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  /** Whether there is a key that was meant to be this one, told of as unknown. */
  public boolean hasLike(String key) {
    return object.keySet().stream().anyMatch(other -> Spelling.isSame(other, key));
  }

  /** All keys, in the order in which they are written. */
  public List<String> keys() {
    return object.keySet().stream()
        .sorted(
            Comparator.comparing((String key) -> document.order(full(key)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  public Optional<String> text(String key) {
    return value(key)
        .flatMap(value -> scalar(key, value))
        .filter(text -> !text.contains(Document.UNSET));
  }

  /** A text that must be there; empty where it is not. */
  public String needText(String key, String example) {
    need(key, example);
    return text(key).orElse("");
  }

  /** Says that a key is missing, if it is. */
  public void need(String key, String example) {
    asked.read(key);
    if (!has(key) && !hasLike(key)) {
      document.wrong(place(), full(key), "missing; write %s".formatted(example));
    }
  }

  public Optional<Integer> integer(String key, int least) {
    return parsed(
        key,
        text -> Values.integer(text).filter(n -> n >= least),
        "a whole number from %d".formatted(least),
        String.valueOf(Math.max(least, 1)));
  }

  public Optional<Double> decimal(String key, double least) {
    return parsed(
        key,
        text -> Values.decimal(text).filter(n -> n >= least),
        "a number from %s".formatted(Values.plain(least)),
        Values.plain(Math.max(least, 2)));
  }

  /** {@code 5 %} is 5. */
  public Optional<Double> percent(String key) {
    return parsed(key, Values::percent, "a share from 0 % to 100 %", "5 %");
  }

  public Optional<Duration> duration(String key, String example) {
    Optional<String> typed = text(key);
    Optional<Duration> duration = typed.flatMap(Values::duration);
    if (typed.isPresent() && duration.isEmpty()) {
      String what =
          Values.decimal(typed.get()).isPresent() ? "has no unit" : "is not a length of time";
      wrong(key, "'%s' %s; write %s = %s".formatted(typed.get(), what, key, example));
    }
    return duration;
  }

  /** {@code 32 MB} is 33,554,432. */
  public Optional<Long> bytes(String key, String example) {
    return parsed(key, Values::bytes, "a number of bytes", example);
  }

  public Optional<Boolean> flag(String key) {
    return parsed(key, Values::flag, "true or false", "true");
  }

  /**
   * One of these words.
   *
   * @param slips what people write instead, and the word that they mean
   */
  public <T> Optional<T> choice(String key, Map<String, T> words, Map<String, String> slips) {
    Optional<String> typed = text(key);
    Optional<T> meant = typed.map(words::get);
    if (typed.isPresent() && meant.isEmpty()) {
      Optional<String> near =
          Optional.ofNullable(slips.get(typed.get()))
              .or(() -> Spelling.nearest(typed.get(), words.keySet()));
      wrong(
          key,
          "'%s' is not known here; write %s"
              .formatted(
                  typed.get(),
                  near.orElseGet(() -> "one of " + String.join(", ", words.keySet()))));
    }
    return meant;
  }

  public <T> Optional<T> choice(String key, Map<String, T> words) {
    return choice(key, words, Map.of());
  }

  /** A list of texts; one text alone is a list of one. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    value(key)
        .ifPresent(
            value -> {
              if (value instanceof ConfigList list) {
                list.forEach(element -> scalar(key, element).ifPresent(texts::add));
              } else {
                scalar(key, value).ifPresent(texts::add);
              }
            });
    texts.removeIf(text -> text.contains(Document.UNSET));
    return texts;
  }

  /** A block of texts; blocks in it give dotted keys. In the order in which they are written. */
  public Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    section(key).ifPresent(section -> section.flatten("", map));
    return map;
  }

  private void flatten(String prefix, Map<String, String> into) {
    for (String key : keys()) {
      if (object.get(key) instanceof ConfigObject) {
        section(key).ifPresent(inner -> inner.flatten(prefix + key + ".", into));
      } else {
        text(key).ifPresent(text -> into.put(prefix + key, text));
      }
    }
  }

  public boolean isText(String key) {
    return has(key)
        && !(object.get(key) instanceof ConfigObject)
        && !(object.get(key) instanceof ConfigList);
  }

  /** Whether the value is a number or true or false, not words. */
  public boolean isLiteral(String key) {
    ConfigValue value = object.get(key);
    return value != null
        && (value.valueType() == ConfigValueType.NUMBER
            || value.valueType() == ConfigValueType.BOOLEAN);
  }

  public Optional<Section> section(String key) {
    return value(key)
        .flatMap(
            value -> {
              if (value instanceof ConfigObject block) {
                return Optional.of(child(block, full(key)));
              }
              wrong(key, "this is a block, not one value; write it as %s { … }".formatted(key));
              return Optional.empty();
            });
  }

  /** A list of blocks; one block alone is a list of one. */
  public List<Section> sections(String key) {
    Optional<ConfigValue> value = value(key);
    if (value.isEmpty() || !(value.get() instanceof ConfigList list)) {
      return section(key).stream().toList();
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ConfigObject block) {
        sections.add(child(block, full(key) + "[" + i + "]"));
      } else {
        wrong(key, "this is a list of blocks; write it as %s = [ { … }, { … } ]".formatted(key));
      }
    }
    return sections;
  }

  /** Refuses a key, if it is there. */
  public void refuse(String key, String message) {
    asked.tellElsewhere(key);
    if (has(key)) {
      wrong(key, message);
    }
  }

  /** Asks for a key without reading it: it is told of elsewhere. */
  public void skip(String key) {
    asked.tellElsewhere(key);
  }

  /** Says which keys nobody asked for, here and in the blocks below. */
  public void finish() {
    for (String key : object.keySet()) {
      asked.wrong(key).ifPresent(wrong -> wrong(key, wrong));
    }
    children.values().forEach(Section::finish);
  }

  private <T> Optional<T> parsed(
      String key, Function<String, Optional<T>> parse, String kind, String example) {
    Optional<String> typed = text(key);
    Optional<T> parsed = typed.flatMap(parse);
    if (typed.isPresent() && parsed.isEmpty()) {
      wrong(key, "'%s' is not %s; write %s = %s".formatted(typed.get(), kind, key, example));
    }
    return parsed;
  }

  private Section child(ConfigObject block, String childPath) {
    return children.computeIfAbsent(childPath, at -> new Section(document, block, at));
  }

  private Optional<ConfigValue> value(String key) {
    asked.read(key);
    return Optional.ofNullable(object.get(key))
        .filter(value -> value.valueType() != ConfigValueType.NULL);
  }

  private Optional<String> scalar(String key, ConfigValue value) {
    if (value instanceof ConfigObject || value instanceof ConfigList) {
      wrong(key, "this is one value, not a block or a list; write it as %s = …".formatted(key));
      return Optional.empty();
    }
    // Through a Config, because it alone gives a number as it was written.
    return Optional.of(value.atKey("value").getString("value"));
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
