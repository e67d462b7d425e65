/** Tries to break the design's laws on whole lakes: real files, real Spark, a real ledger. */
@NullMarked
package io.sluice.laws;

import org.jspecify.annotations.NullMarked;
