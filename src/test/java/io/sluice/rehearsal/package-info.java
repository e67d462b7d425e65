@NullMarked
package io.sluice.rehearsal;

import org.jspecify.annotations.NullMarked;
