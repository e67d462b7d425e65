/**
 * The sample lake computed without Spark and Sluice, and tests of the Java that it is made with.
 */
@NullMarked
package io.sluice.sample;

import org.jspecify.annotations.NullMarked;
