/**
 * Turns a lake into who reads what: order, readers, selection. Pure; knows neither intervals made
 * nor files.
 */
@NullMarked
package io.sluice.graph;

import org.jspecify.annotations.NullMarked;
