package io.sluice.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One fault that is asked for: {@code kill-after-commit:analysis.fact_sale@2}.
 *
 * @param job {@code layer.table}
 * @param time at which the point is reached when it happens, from 1, and only then
 */
public record Fault(FaultKind kind, boolean before, FaultPoint point, String job, int time) {
  private static final Pattern TYPED =
      Pattern.compile("([a-z]+)-(before|after)-([a-z]+):([a-z_0-9.]+?)(?:@([1-9][0-9]{0,5}))?");

  /**
   * @throws IllegalArgumentException saying what is wrong and how to write it
   */
  public static Fault parse(String typed) {
    Matcher match = TYPED.matcher(typed);
    if (!match.matches()) {
      throw wrong(typed, "is no fault");
    }
    return new Fault(
        find(typed, FaultKind.values(), FaultKind::word, match.group(1)),
        match.group(2).equals("before"),
        find(typed, FaultPoint.values(), FaultPoint::word, match.group(3)),
        match.group(4),
        match.group(5) == null ? 1 : Integer.parseInt(match.group(5)));
  }

  private static <T> T find(String typed, T[] all, Function<T, String> word, String name) {
    return Arrays.stream(all)
        .filter(one -> word.apply(one).equals(name))
        .findFirst()
        .orElseThrow(() -> wrong(typed, "has an unknown word: " + name));
  }

  private static IllegalArgumentException wrong(String typed, String what) {
    return new IllegalArgumentException(
        "'%s' %s; write KIND-before-POINT:JOB or KIND-after-POINT:JOB, with @N for the Nth time, such as kill-after-commit:analysis.fact_sale; KIND is %s, POINT is %s"
            .formatted(
                typed,
                what,
                words(FaultKind.values(), FaultKind::word),
                words(FaultPoint.values(), FaultPoint::word)));
  }

  private static <T> String words(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).collect(Collectors.joining(" | "));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s-%s-%s:%s%s",
        kind.word(),
        before ? "before" : "after",
        point.word(),
        job,
        time == 1 ? "" : "@" + time);
  }
}
