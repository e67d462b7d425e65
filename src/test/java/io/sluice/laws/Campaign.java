package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * Kills and faults by the hundred, from one seed: all parts, or those that {@code
 * -Dcampaign.only=reader,race} names. {@code -Dcampaign.hours=1} does as many of each as
 * docs/reliability.md tells of, less than that only tries whether they work. The log of a part that
 * came to its end goes to docs/reliability, and its figures to the page.
 *
 * <p>Arguments: a folder for lakes and logs, the folder of the logs that are kept.
 */
public final class Campaign {
  private static final Map<String, Part> PARTS = parts();

  private Campaign() {}

  private static Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("reader", new Audits());
    parts.put("ledger-loss", new LedgerLoss());
    parts.put("storage-faults", new StorageFaults());
    parts.put("database-faults", new DatabaseFaults());
    parts.put("disk", new DiskFull());
    parts.put("race", new Race());
    parts.put("writers", new Writers());
    parts.put("kills-local", new Kills(100, false));
    parts.put("kills-s3", new Kills(50, true));
    return parts;
  }

  public static void main(String[] args) throws Exception {
    double hours = Double.parseDouble(System.getProperty("campaign.hours", "1"));
    long seed = Long.getLong("campaign.seed", 1);
    Path folder = Path.of(args[0]).toAbsolutePath();
    Path work = Files.createTempDirectory(Files.createDirectories(folder), "work");
    int wrong = 0;
    try (Storage storage = new Storage(work.resolve("s3"))) {
      for (String name : asked()) {
        Path log = folder.resolve(name + ".log");
        wrong += play(name, work.resolve(name), log, seed, hours, storage);
        if (hours >= 1 && isWhole(log)) {
          Path kept = Files.createDirectories(Path.of(args[1])).resolve(name + ".log");
          Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
          ReliabilityPage.write();
        }
      }
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static List<String> asked() {
    String only = System.getProperty("campaign.only", "");
    if (only.isBlank()) {
      return List.copyOf(PARTS.keySet());
    }
    List<String> names = Arrays.stream(only.split(",", -1)).map(String::strip).toList();
    for (String name : names) {
      if (!PARTS.containsKey(name)) {
        throw new IllegalArgumentException(
            "campaign.only: '%s' is none of %s".formatted(name, PARTS.keySet()));
      }
    }
    return names;
  }

  private static boolean isWhole(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.get(lines.size() - 1).startsWith(CampaignLog.COMPLETE);
  }

  /** How much of it was wrong. A part that breaks off is wrong, and its log without its end. */
  private static int play(
      String name, Path work, Path file, long seed, double hours, Storage storage)
      throws IOException, InterruptedException {
    try (CampaignLog log = new CampaignLog(file, name, seed, hours, System.out::println)) {
      Random random = new Random(seed * 31 + name.hashCode());
      try {
        Objects.requireNonNull(PARTS.get(name))
            .run(
                new Ground(
                    Files.createDirectories(work), hours, random, Optional.of(storage), log));
        log.complete();
      } catch (IOException | RuntimeException | AssertionError e) {
        e.printStackTrace();
        log.wrong("%s broke off: %s", name, e);
      }
      return log.allWrong();
    }
  }
}
