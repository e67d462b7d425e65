/**
 * Turns facts into the tasks that would run, each with its reason. Pure: the same facts give the
 * same plan, and nothing is read, written or asked of a clock here.
 */
@NullMarked
package io.sluice.plan;

import org.jspecify.annotations.NullMarked;
