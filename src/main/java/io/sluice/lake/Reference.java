package io.sluice.lake;

/** That a job names a table. */
record Reference(TableName table, Origin origin) {}
