/** What a part of a write costs: the same write with it and without it. */
package io.sluice.bench.write;
