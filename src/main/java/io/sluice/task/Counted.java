package io.sluice.task;

import io.sluice.time.Interval;
import java.util.OptionalLong;

/**
 * How many rows of an interval there are now.
 *
 * @param source in the source; empty where it can't say
 * @param table in the table
 * @param why what a person is told where the source can't say
 */
public record Counted(Interval interval, OptionalLong source, long table, String why) {}
