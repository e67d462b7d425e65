/**
 * Turns HOCON text into {@link io.sluice.config.Section}s that remember where each value stands and
 * collects everything that is wrong with them. Knows no word of a definition and no Spark.
 */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
