@NullMarked
package io.sluice.source.fixed;

import org.jspecify.annotations.NullMarked;
