@NullMarked
package io.sluice.source.columns;

import org.jspecify.annotations.NullMarked;
