package io.sluice.cli;

import io.sluice.lake.TableName;
import io.sluice.plan.PlannedTask;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what happens in a run while it happens: on a terminal one line that is drawn anew each
 * second, with failures above it; elsewhere a line for each thing.
 */
public final class Progress implements AutoCloseable {
  private static final String BACK_TO_START = "\r\u001b[2K";
  private static final int WIDTH = 110;

  private final PrintWriter err;
  private final boolean live;
  private final Clock clock;
  private final Instant began;
  private final ScheduledExecutorService ticks;
  private final Set<PlannedTask> running = new LinkedHashSet<>();
  private final Map<TableName, String> lastMessages = new HashMap<>();
  private int intervals;
  private int ended;
  private int failed;
  private int left;
  private long rows;
  private boolean drawn;
  private @Nullable Future<?> tick;

  /**
   * @param live whether a person watches on a terminal
   */
  public Progress(PrintWriter err, boolean live, Clock clock) {
    this.err = err;
    this.live = live;
    this.clock = clock;
    this.began = clock.instant();
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  public synchronized void started(int tasks, int intervals) {
    this.intervals = intervals;
    if (tasks == 0) {
      return;
    }
    say(
        "%s, %s to make"
            .formatted(PlanView.number(tasks, "task"), PlanView.number(intervals, "interval")));
    if (live) {
      tick = ticks.scheduleAtFixedRate(this::draw, 0, 1, TimeUnit.SECONDS);
    }
  }

  public synchronized void taskStarted(PlannedTask task) {
    running.add(task);
    draw();
  }

  public synchronized void made(
      PlannedTask task, long rows, long quarantined, List<String> warnings, Duration took) {
    end(task);
    this.rows += rows;
    if (!live) {
      say(
          "made %s: %s%s, %s"
              .formatted(
                  name(task),
                  PlanView.number(rows, "row"),
                  quarantined == 0 ? "" : ", %,d quarantined".formatted(quarantined),
                  elapsed(took)));
    } else if (quarantined > 0) {
      say("%s: %s quarantined".formatted(name(task), PlanView.number(quarantined, "row")));
    }
    warnings.forEach(warning -> say("warning: %s: %s".formatted(name(task), warning)));
    draw();
  }

  /**
   * A try failed, and another follows.
   *
   * @param next what is done about it
   */
  public synchronized void triedAgain(PlannedTask task, String kind, String message, String next) {
    stops(task);
    boolean isSaid = message.equals(lastMessages.put(task.job(), message));
    say("%s: %s (%s): %s".formatted(name(task), isSaid ? "the same again" : message, kind, next));
    draw();
  }

  public synchronized void failed(PlannedTask task, String kind, String message) {
    end(task);
    failed += task.intervals().size();
    say("FAILED %s (%s): %s".formatted(name(task), kind, message));
    draw();
  }

  /** Not tried, or not to its end. */
  public synchronized void leftOut(PlannedTask task, String how, String cause) {
    end(task);
    left += task.intervals().size();
    say("%s %s: %s".formatted(how, name(task), cause));
    draw();
  }

  /** Another run made it meanwhile. */
  public synchronized void madeElsewhere(PlannedTask task) {
    end(task);
    if (!live) {
      say("made by another run: " + name(task));
    }
    draw();
  }

  /** Need not be made: what it reads is as it was. */
  public synchronized void unchanged(PlannedTask task, String cause) {
    end(task);
    if (!live) {
      say("unchanged %s: %s".formatted(name(task), cause));
    }
    draw();
  }

  /** Something that a person should know. */
  public synchronized void note(String text) {
    say(text);
    draw();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (tick != null) {
        tick.cancel(false);
      }
      ticks.shutdownNow();
      erase();
      err.flush();
    }
  }

  private void end(PlannedTask task) {
    stops(task);
    ended += task.intervals().size();
  }

  /** What ends may be a part of what was begun. */
  private void stops(PlannedTask task) {
    running.removeIf(
        begun ->
            begun.job().equals(task.job())
                && begun.first().compareTo(task.first()) <= 0
                && begun.last().compareTo(task.last()) >= 0);
  }

  private void say(String text) {
    erase();
    err.println(text);
    err.flush();
  }

  private void erase() {
    if (drawn) {
      err.print(BACK_TO_START);
      drawn = false;
    }
  }

  private synchronized void draw() {
    if (!live || ticks.isShutdown()) {
      return;
    }
    String line =
        "%,d of %,d intervals%s%s, %,d rows, %s%s"
            .formatted(
                ended,
                intervals,
                failed == 0 ? "" : ", %,d failed".formatted(failed),
                left == 0 ? "" : ", %,d left out".formatted(left),
                rows,
                elapsed(Duration.between(began, clock.instant())),
                running.isEmpty()
                    ? ""
                    : running.stream()
                        .map(Progress::name)
                        .collect(Collectors.joining(", ", "; now ", "")));
    err.print(BACK_TO_START + (line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line));
    err.flush();
    drawn = true;
  }

  private static String name(PlannedTask task) {
    return task.job() + " " + task.every().name(task.first(), task.last());
  }

  /** {@code 4.1s}, {@code 1m05s}, {@code 2h03m}. */
  static String elapsed(Duration time) {
    if (time.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
    }
    return time.toHours() == 0
        ? "%dm%02ds".formatted(time.toMinutes(), time.toSecondsPart())
        : "%dh%02dm".formatted(time.toHours(), time.toMinutesPart());
  }
}
