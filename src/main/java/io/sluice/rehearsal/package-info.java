/**
 * Faults that a person asks for, to see on a copy of a lake what becomes of them. Knows only their
 * names; what reaches one of the named points asks here whether anything is to happen.
 */
@NullMarked
package io.sluice.rehearsal;

import org.jspecify.annotations.NullMarked;
