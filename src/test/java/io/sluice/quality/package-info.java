@NullMarked
package io.sluice.quality;

import org.jspecify.annotations.NullMarked;
