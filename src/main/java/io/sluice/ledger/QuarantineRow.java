package io.sluice.ledger;

import io.sluice.time.Interval;

/** How many rows of an interval were turned away by the attempt that last made it. */
public record QuarantineRow(String job, Interval interval, String attempt, long rows) {}
