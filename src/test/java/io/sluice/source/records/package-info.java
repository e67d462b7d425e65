@NullMarked
package io.sluice.source.records;

import org.jspecify.annotations.NullMarked;
