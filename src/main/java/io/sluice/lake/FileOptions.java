package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.config.Spelling;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of Spark's readers of files that change what is read here; any other would be ignored
 * without a word.
 */
final class FileOptions {

  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "csv",
          names(
              "sep delimiter encoding charset quote escape comment header lineSep multiLine"
                  + " nullValue emptyValue dateFormat timestampFormat timestampNTZFormat"
                  + " ignoreLeadingWhiteSpace ignoreTrailingWhiteSpace maxColumns"
                  + " maxCharsPerColumn charToEscapeQuoteEscaping unescapedQuoteHandling"
                  + " inputBufferSize"),
          "json",
          names(
              "encoding charset lineSep multiLine dateFormat timestampFormat timestampNTZFormat"
                  + " allowComments allowUnquotedFieldNames allowSingleQuotes"
                  + " allowNumericLeadingZeros allowNonNumericNumbers"
                  + " allowBackslashEscapingAnyCharacter allowUnquotedControlChars"),
          "parquet",
          names("datetimeRebaseMode int96RebaseMode"),
          "text",
          names("encoding charset lineSep wholetext"));

  /** Options that would hide rows or do what is Sluice's to do, and what to do instead. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("mode", "rows that can't be read always go to quarantine; leave it out"),
          Map.entry("columnnameofcorruptrecord", "rejected rows go to quarantine; leave it out"),
          Map.entry("inferschema", "columns are text; give types in columns { NAME = int }"),
          Map.entry("schema", "give types in columns { NAME = int }"),
          Map.entry("timezone", "times are of the lake's clock; put time-zone in conf/lake.conf"),
          Map.entry("path", "say it in source.path"),
          Map.entry("pathglobfilter", "say it in source.path"),
          Map.entry("recursivefilelookup", "say it in source.path, with **"),
          Map.entry("modifiedafter", "changed files are found without it; leave it out"),
          Map.entry("modifiedbefore", "changed files are found without it; leave it out"),
          Map.entry("ignorecorruptfiles", "rows would be lost without a word; leave it out"),
          Map.entry("ignoremissingfiles", "rows would be lost without a word; leave it out"),
          Map.entry(
              "enforceschema", "files with other headers are read by their own; leave it out"));

  private static final Set<String> ENCODING = names("encoding charset");

  private FileOptions() {}

  /** Compared as Spark does, whatever the case. */
  static Set<String> known(String format) {
    return KNOWN.getOrDefault(format, Set.of());
  }

  static void check(Section options, String format) {
    Set<String> known = known(format);
    for (String option : options.keys()) {
      String refused = REFUSED.get(option.toLowerCase(Locale.ROOT));
      if (refused != null) {
        options.wrong(option, "can't be set: " + refused);
      } else if (!known.contains(option)) {
        options.wrong(
            option, "format = %s has no such option; %s".formatted(format, meant(option, known)));
      } else if (ENCODING.contains(option)) {
        options
            .text(option)
            .filter(name -> !isEncoding(name))
            .ifPresent(name -> wrongEncoding(options, option, name));
      }
    }
  }

  /** The encoding that a key of a source names; UTF-8 if left out. */
  static String encoding(Section section, String key) {
    Optional<String> name = section.text(key);
    name.filter(given -> !isEncoding(given)).ifPresent(given -> wrongEncoding(section, key, given));
    return name.filter(FileOptions::isEncoding).orElse("UTF-8");
  }

  private static void wrongEncoding(Section section, String key, String name) {
    section.wrong(
        key, "'%s' is no encoding; write UTF-8, ISO-8859-1, windows-1252 …".formatted(name));
  }

  private static boolean isEncoding(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  private static String meant(String option, Set<String> known) {
    Optional<String> near = Spelling.nearest(option, known);
    return near.map("did you mean %s?"::formatted)
        .orElseGet(() -> "known are " + String.join(", ", known));
  }

  private static Set<String> names(String words) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of(words.split(" ")));
    return names;
  }
}
