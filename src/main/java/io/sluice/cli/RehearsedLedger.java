package io.sluice.cli;

import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Lease;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.rehearsal.FaultPoint;
import io.sluice.rehearsal.Rehearsal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A ledger at which faults are rehearsed; of its many methods three are such points. */
record RehearsedLedger(Ledger ledger, Rehearsal rehearsal) implements InvocationHandler {

  static Ledger of(Ledger ledger, Rehearsal rehearsal) {
    return rehearsal.isAsked()
        ? (Ledger)
            Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                new RehearsedLedger(ledger, rehearsal))
        : ledger;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    Object[] given = values == null ? new Object[0] : values;
    return switch (method.getName()) {
      case "take" -> step(FaultPoint.LEASE, (String) given[0], method, given);
      case "renew" -> step(FaultPoint.LEASE, ((Lease) given[0]).job(), method, given);
      case "attemptStarted" ->
          step(FaultPoint.ATTEMPT, ((AttemptRow) given[0]).job(), method, given);
      case "attemptMade" ->
          step(FaultPoint.LEDGER, ((MadeFacts) given[2]).receipt().job(), method, given);
      default -> call(method, given);
    };
  }

  private @Nullable Object step(FaultPoint point, String job, Method method, Object[] given)
      throws Throwable {
    return rehearsal.step(point, job, () -> call(method, given));
  }

  private @Nullable Object call(Method method, Object[] given) {
    try {
      return method.invoke(ledger, given);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
