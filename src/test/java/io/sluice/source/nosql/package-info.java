@NullMarked
package io.sluice.source.nosql;

import org.jspecify.annotations.NullMarked;
