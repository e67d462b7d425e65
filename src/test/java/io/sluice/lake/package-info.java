@NullMarked
package io.sluice.lake;

import org.jspecify.annotations.NullMarked;
