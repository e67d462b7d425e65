/** What reading a source costs, against plain Spark or a client's bare loop. */
package io.sluice.bench.ingest;
