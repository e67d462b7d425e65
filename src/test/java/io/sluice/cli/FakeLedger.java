package io.sluice.cli;

import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.QuarantineRow;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.time.Interval;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of a ledger that commands read; asking it for anything else is an error. */
final class FakeLedger {
  Map<String, JobFacts> facts = Map.of();
  List<RunRow> runs = List.of();
  List<AttemptRow> attempts = List.of();
  List<QuarantineRow> quarantined = List.of();
  List<TaskRow> tasks = List.of();

  Ledger ledger() {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) -> answer(method, arguments));
  }

  private @Nullable Object answer(Method method, @Nullable Object[] arguments) {
    switch (method.getName()) {
      case "facts":
        return facts;
      case "runs":
        return runs;
      case "attempts":
        return attempts.stream().filter(row -> row.run().equals(arguments[0])).toList();
      case "attemptsAt":
        return attempts.stream()
            .filter(row -> row.job().equals(arguments[0]))
            .filter(row -> row.intervals().overlaps((Interval) arguments[1]))
            .toList();
      case "quarantined":
        Optional<?> job = (Optional<?>) arguments[0];
        return quarantined.stream().filter(row -> job.map(row.job()::equals).orElse(true)).toList();
      case "tasks":
        return tasks.stream().filter(row -> row.run().equals(arguments[0])).toList();
      default:
        throw new AssertionError("No command should call " + method);
    }
  }
}
