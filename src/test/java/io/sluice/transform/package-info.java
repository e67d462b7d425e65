@NullMarked
package io.sluice.transform;

import org.jspecify.annotations.NullMarked;
