package io.sluice.table;

import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * The session of a task, and how it reaches Delta.
 *
 * @param writing which way a replacement can take
 */
record DeltaSession(
    SparkSession spark, DeltaAccess reading, Function<Replacement, DeltaAccess> writing) {}
