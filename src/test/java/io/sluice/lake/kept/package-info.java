@NullMarked
package io.sluice.lake.kept;

import org.jspecify.annotations.NullMarked;
