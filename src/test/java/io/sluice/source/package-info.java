@NullMarked
package io.sluice.source;

import org.jspecify.annotations.NullMarked;
