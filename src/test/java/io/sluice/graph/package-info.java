@NullMarked
package io.sluice.graph;

import org.jspecify.annotations.NullMarked;
