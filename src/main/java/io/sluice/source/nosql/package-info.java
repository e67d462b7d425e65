/**
 * Turns collections of MongoDB and tables of Cassandra into rows, cut to intervals by a field. The
 * connectors are called by name only: who wants them puts them on the class path.
 */
@NullMarked
package io.sluice.source.nosql;

import org.jspecify.annotations.NullMarked;
