/** What many tests share: one Spark session a JVM, a settable clock. */
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
