package io.sluice.cli;

import io.sluice.rehearsal.Fault;
import io.sluice.rehearsal.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which faults are to happen on the way. */
final class Faults {
  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      converter = Typed.class,
      description =
          "Lets something go wrong, to rehearse it on a copy of the lake: kill-after-commit:analysis.fact_sale,"
              + " fail-before-stage:raw.sales@2 for the second time. May be given more than once.")
  List<Fault> faults = new ArrayList<>();

  Rehearsal rehearsal() {
    return faults.isEmpty() ? Rehearsal.NONE : new Rehearsal(faults);
  }

  /** As a person types it. */
  static final class Typed implements ITypeConverter<Fault> {
    @Override
    public Fault convert(String typed) {
      try {
        return Fault.parse(typed);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
