package io.sluice.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HOCON text read into a {@link Section}. What is wrong with the text itself becomes problems, and
 * the rest is read on, so that a person hears of all at once.
 */
public final class Document {
  /** Stands for a variable that is not set, which has been told of already. */
  static final String UNSET = "\0unset";

  private final Map<String, String> environment;
  private final Problems problems;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final String file;
  private Config config = ConfigFactory.empty();
  private boolean readable = true;

  private Document(String file, Map<String, String> environment, Problems problems) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
  }

  /**
   * Reads text.
   *
   * @param firstLine line of the file at which the text starts
   * @param environment what {@code ${NAME}} may stand for besides keys of the text
   */
  public static Section read(
      String file, int firstLine, String text, Map<String, String> environment, Problems problems) {
    Document document = new Document(file, environment, problems);
    document.lay(file, firstLine, text);
    return document.section();
  }

  /** Reads text, and a second one whose values take the place of the first's. */
  public static Section read(
      String file,
      String text,
      String overFile,
      String overText,
      Map<String, String> environment,
      Problems problems) {
    Document document = new Document(file, environment, problems);
    document.lay(file, 1, text);
    document.lay(overFile, 1, overText);
    return document.section();
  }

  private void lay(String name, int firstLine, String raw) {
    String text = "\n".repeat(firstLine - 1) + raw.replace("\r\n", "\n");
    Scan.Result scan = Scan.of(text);
    for (Scan.Finding finding : scan.findings()) {
      problems.add(new Place(name, finding.line()), finding.path(), finding.message());
    }
    for (Scan.Variable variable : scan.variables()) {
      if (!environment.containsKey(variable.name())
          && !scan.lines().containsKey(variable.name())
          && !places.containsKey(variable.name())) {
        problems.add(
            new Place(name, variable.line()),
            variable.path(),
            "the environment has no %s; set it, or write ${?%s} if it may be missing"
                .formatted(variable.name(), variable.name()));
      }
    }
    try {
      Config parsed =
          ConfigFactory.parseString(
              scan.mended(),
              ConfigParseOptions.defaults()
                  .setSyntax(ConfigSyntax.CONF)
                  .setOriginDescription(name));
      config = parsed.withFallback(config);
      scan.lines().forEach((path, line) -> places.put(path, new Place(name, line)));
    } catch (ConfigException e) {
      problems.add(new Place(name, line(e)), "", "not HOCON: " + said(e));
      readable = false;
    }
  }

  private Section section() {
    try {
      Config resolved =
          config.resolve(ConfigResolveOptions.noSystem().appendResolver(new Environment()));
      return new Section(this, resolved.root(), "");
    } catch (ConfigException e) {
      problems.add(new Place(file, line(e)), "", "not HOCON: " + said(e));
      readable = false;
      return new Section(this, ConfigFactory.empty().root(), "");
    }
  }

  private static int line(ConfigException e) {
    return e.origin() == null ? 1 : Math.max(1, e.origin().lineNumber());
  }

  /** What the parser said, without its guesses about properties files. */
  private static String said(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    if (e.origin() != null) {
      message = message.replace(e.origin().description() + ": ", "");
    }
    int guess = message.indexOf(" (if you intended");
    String kept = guess < 0 ? message : message.substring(0, guess);
    return kept.replace('\n', ' ')
        + "; look for an open brace or quote, or put the value in quotes";
  }

  /** Says what is wrong, unless the text could not be read: then all seems to be. */
  void wrong(Place place, String path, String message) {
    if (readable) {
      problems.add(place, path, message);
    }
  }

  Place place(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Place place = places.get(at);
      if (place != null) {
        return place;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return new Place(file, 1);
  }

  /** Keys in the order in which they are written. */
  int order(String path) {
    int order = 0;
    for (String known : places.keySet()) {
      if (known.equals(path)) {
        return order;
      }
      order++;
    }
    return order;
  }

  private final class Environment implements ConfigResolver {
    @Override
    public ConfigValue lookup(String path) {
      String name = path.replace("\"", "");
      String value = environment.get(name);
      return ConfigValueFactory.fromAnyRef(value == null ? UNSET : value);
    }

    @Override
    public ConfigResolver withFallback(@Nullable ConfigResolver fallback) {
      return this;
    }
  }
}
