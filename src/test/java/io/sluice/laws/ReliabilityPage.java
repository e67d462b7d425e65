package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code docs/reliability.md} tells of the logs beside it: all that they counted at their end.
 */
final class ReliabilityPage {
  private static final Path PAGE = Path.of("docs/reliability.md");
  private static final Path LOGS = Path.of("docs/reliability");
  private static final String BEGIN = "<!-- what the logs counted; written by the campaign -->";
  private static final String END = "<!-- end -->";

  private ReliabilityPage() {}

  /** Writes what the logs say into the page. */
  static void write() throws IOException {
    String page = Files.readString(PAGE);
    Files.writeString(
        PAGE,
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + "\n\n"
            + logs()
            + page.substring(page.indexOf(END)));
  }

  /** What the page has of them. */
  static String written() throws IOException {
    String page = Files.readString(PAGE);
    return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)).strip();
  }

  /** What it should have. */
  static String logs() throws IOException {
    if (!Files.exists(LOGS)) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(LOGS)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".log")).sorted().toList()) {
        all.append(shown(file, Files.readAllLines(file)));
      }
    }
    return all.toString();
  }

  private static String shown(Path file, List<String> lines) {
    List<String> text = new ArrayList<>();
    text.add("### " + fact(file, lines, "part"));
    text.add("");
    text.add(
        "[Log](reliability/%s) of %s, seed %s, commit %s, %s, %s."
            .formatted(
                file.getFileName(),
                fact(file, lines, "began").replaceFirst("T.*", ""),
                fact(file, lines, "seed"),
                fact(file, lines, "commit"),
                fact(file, lines, "machine"),
                lines.get(lines.size() - 1).replaceFirst(CampaignLog.COMPLETE, "")));
    text.add("");
    text.add("| counted | |");
    text.add("|---|---:|");
    for (String line : lines) {
      if (line.startsWith("= ")) {
        int colon = line.lastIndexOf(": ");
        text.add("| %s | %s |".formatted(line.substring(2, colon), line.substring(colon + 2)));
      }
    }
    return String.join("\n", text) + "\n\n";
  }

  private static String fact(Path file, List<String> lines, String name) {
    String begin = "# " + name + ": ";
    if (!lines.get(lines.size() - 1).startsWith(CampaignLog.COMPLETE)) {
      throw new IllegalStateException(file + " is the log of a part that did not come to its end");
    }
    return lines.stream()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(file + " does not tell its " + name))
        .substring(begin.length());
  }
}
