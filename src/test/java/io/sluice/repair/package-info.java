@NullMarked
package io.sluice.repair;

import org.jspecify.annotations.NullMarked;
