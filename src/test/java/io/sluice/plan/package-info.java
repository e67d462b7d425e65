@NullMarked
package io.sluice.plan;

import org.jspecify.annotations.NullMarked;
