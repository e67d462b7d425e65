/**
 * Turns a plan into made tables: what is ready is made, side by side, tried again where that can
 * help, and cut down to the dates that can't be made. Sees tasks only as {@code TaskMaker} and
 * {@code Outcome}, so it knows neither Spark nor a table's log.
 *
 * <p>Retry has three layers: {@link io.sluice.run.Remedies} says what to do about a failure, {@link
 * io.sluice.run.Backoff} how long to wait, {@link io.sluice.run.TaskWork} does it. {@link
 * io.sluice.run.Board} knows what waits for what.
 */
@NullMarked
package io.sluice.run;

import org.jspecify.annotations.NullMarked;
