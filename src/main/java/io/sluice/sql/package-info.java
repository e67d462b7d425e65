/**
 * Turns SQL text into what planning must know of it: inputs, parameters, and what keeps days of one
 * task from being made together. Uses Spark's parser alone; knows no session and no data.
 */
@NullMarked
package io.sluice.sql;

import org.jspecify.annotations.NullMarked;
