package io.sluice.laws;

import io.sluice.cli.Shell;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Ledgers are deleted, cut, written over or put back from old copies, and the plan stays. */
final class LedgerLoss implements Part {
  private static final int POINTS = 30;
  private static final int IN_A_LAKE = 10;
  private static final String SAYS_DAMAGED = "the next command moves it away";

  private enum Loss {
    DELETED,
    CUT,
    WRITTEN_OVER,
    ZEROED,
    OLD_COPY
  }

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    Undisturbed undisturbed = Undisturbed.of(ground);
    int points = ground.times(POINTS);
    int done = 0;
    for (int number = 1; done < points; number++) {
      Path folder = ground.work().resolve("lost" + number);
      CampaignLake lake =
          CampaignLake.sample(folder, folder.resolve("lake").toString(), Map.of(), "");
      Path copy = ground.work().resolve("copy" + number);
      for (int i = 0; i < IN_A_LAKE && done < points; i++, done++) {
        live(ground, lake, undisturbed);
        lose(ground, lake, copy);
      }
      lake.changeBack();
      ground.log().count("lakes", 1);
      if (made(ground, lake, "run", "--all-sources").exit() == 0) {
        Proof.Found found = Proof.withoutHistory(lake, undisturbed.lake());
        ground.log().say("%s: its end: %d things wrong", lake.name(), found.faults().size());
        found.faults().forEach(fault -> ground.log().wrong("%s: %s", lake.name(), fault));
      }
    }
  }

  /** Something that a lake is used to, and some of it is left to be made. */
  private static void live(Ground ground, CampaignLake lake, Undisturbed undisturbed)
      throws IOException, InterruptedException {
    for (int i = ground.between(0, 2); i > 0; i--) {
      lake.change(CampaignLake.day(ground.between(0, CampaignLake.DAYS - 1)));
    }
    int what = ground.between(0, 3);
    if (what == 0) {
      long millis = ground.between(2000, (int) Math.max(3000, undisturbed.millis()));
      try (SluiceProcess process = SluiceProcess.start(lake, List.of("run", "--all-sources"))) {
        if (!process.endsWithin(millis)) {
          process.kill();
        }
        int exit = process.exit();
        ground.log().say("%s: run -> %d (%d ms)", lake.name(), exit, millis);
        if (exit == SluiceProcess.KILLED) {
          ground.log().count("runs killed before", 1);
        } else if (exit != 0 && process.screen().contains(SAYS_DAMAGED)) {
          ground.log().count("commands that found the ledger damaged later, and said so", 1);
        } else if (exit != 0) {
          ground.log().wrong("%s: run -> %d: %s", lake.name(), exit, process.lastLine());
        }
      }
    } else if (what == 1) {
      int days = ground.between(0, CampaignLake.DAYS - 1);
      ground.log().say("%s: run --to %s", lake.name(), CampaignLake.day(days));
      made(ground, lake, "run", "--to", CampaignLake.day(days).toString(), "--all-sources");
    } else if (what == 2) {
      made(ground, lake, "run", "--all-sources", "--select", "layer:raw");
      ground.log().say("%s: run --select layer:raw", lake.name());
    }
    if (ground.chance(50)) {
      lake.change(CampaignLake.day(ground.between(0, CampaignLake.DAYS - 1)));
    }
  }

  /** A page that was written over may be read later than by the next plan. */
  private static Shell.Said made(Ground ground, CampaignLake lake, String... words) {
    Shell.Said said = lake.lake().type(words);
    if (said.exit() != 0 && (said.err() + said.out()).contains(SAYS_DAMAGED)) {
      ground.log().say("%s: %s -> %d: %s", lake.name(), words[0], said.exit(), said.err().strip());
      ground.log().count("commands that found the ledger damaged later, and said so", 1);
      said = lake.lake().type(words);
    }
    if (said.exit() != 0) {
      ground
          .log()
          .wrong("%s: %s -> %d: %s", lake.name(), words[0], said.exit(), said.err().strip());
    }
    return said;
  }

  private static void lose(Ground ground, CampaignLake lake, Path copy) throws IOException {
    List<String> before = tasks(ground, lake);
    Path state = lake.folder().resolve(".sluice");
    Loss loss = Loss.values()[ground.random().nextInt(Loss.values().length)];
    if (loss == Loss.OLD_COPY && !Files.exists(copy)) {
      loss = Loss.DELETED;
    }
    String how = does(ground, loss, state, copy);
    List<String> after = tasks(ground, lake);
    ground
        .log()
        .say(
            "%s: ledger %s: %d tasks before, %d after",
            lake.name(), how, before.size(), after.size());
    ground.log().count("ledgers harmed", 1);
    ground.log().count("of them " + loss.name().toLowerCase(Locale.ROOT).replace('_', ' '), 1);
    ground.log().count("plans that were not empty", before.isEmpty() ? 0 : 1);
    if (!before.equals(after)) {
      ground.log().wrong("%s: the plan was %s and is %s", lake.name(), before, after);
    } else {
      ground.log().count("plans that were the same after it", 1);
    }
    if (ground.chance(30)) {
      remove(copy);
      copy(state, copy);
    }
  }

  /** Without the reasons: of a file that changed it may not be known any more that it was there. */
  private static List<String> tasks(Ground ground, CampaignLake lake) {
    return TestLake.tasks(made(ground, lake, "plan", "--all-sources").out())
        .lines()
        .map(line -> line.substring(0, line.lastIndexOf(" | ")))
        .toList();
  }

  private static String does(Ground ground, Loss loss, Path state, Path copy) throws IOException {
    Path ledger = state.resolve("ledger.db");
    long size = Files.exists(ledger) ? Files.size(ledger) : 0;
    if (size == 0) {
      return "is not there yet";
    }
    switch (loss) {
      case DELETED -> {
        remove(state);
        return "deleted";
      }
      case OLD_COPY -> {
        remove(state);
        copy(copy, state);
        return "put back from an old copy";
      }
      case CUT -> {
        long left = ground.random().nextLong(size);
        try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "rw")) {
          file.setLength(left);
        }
        return "cut from %d to %d bytes".formatted(size, left);
      }
      default -> {
        byte[] over = new byte[ground.between(1, 16) * 1024];
        if (loss == Loss.WRITTEN_OVER) {
          ground.random().nextBytes(over);
        }
        long at = 512 + ground.random().nextLong(Math.max(1, size - 512 - over.length));
        try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "rw")) {
          file.seek(at);
          file.write(over);
        }
        return "of %d bytes written over with %d %s at %d"
            .formatted(size, over.length, loss == Loss.ZEROED ? "zeros" : "random bytes", at);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
