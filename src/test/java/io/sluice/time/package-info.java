@NullMarked
package io.sluice.time;

import org.jspecify.annotations.NullMarked;
