package io.sluice.rehearsal;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The faults of one process. Safe for use by many threads. */
public final class Rehearsal {
  /** Nothing happens, as always but in a rehearsal. */
  public static final Rehearsal NONE = new Rehearsal(List.of());

  private final List<Fault> faults;
  private final Map<FaultPoint, Map<String, Integer>> before = new EnumMap<>(FaultPoint.class);
  private final Map<FaultPoint, Map<String, Integer>> after = new EnumMap<>(FaultPoint.class);

  public Rehearsal(List<Fault> faults) {
    this.faults = List.copyOf(faults);
  }

  /** The jobs that anything is to happen to, as they were typed. */
  public List<String> jobs() {
    return faults.stream().map(Fault::job).toList();
  }

  /** Whether there is any. */
  public boolean isAsked() {
    return !faults.isEmpty();
  }

  /** Takes a step of a job's task. */
  public <T> T step(FaultPoint point, String job, Supplier<T> work) {
    if (!isAsked()) {
      return work.get();
    }
    reach(before, true, point, job);
    T result = work.get();
    reach(after, false, point, job);
    return result;
  }

  private void reach(
      Map<FaultPoint, Map<String, Integer>> times, boolean isBefore, FaultPoint point, String job) {
    int time;
    synchronized (this) {
      time = times.computeIfAbsent(point, any -> new HashMap<>()).merge(job, 1, Integer::sum);
    }
    for (Fault fault : faults) {
      if (fault.point() == point
          && fault.before() == isBefore
          && fault.job().equals(job)
          && fault.time() == time) {
        fault.kind().happen(fault.toString());
      }
    }
  }
}
