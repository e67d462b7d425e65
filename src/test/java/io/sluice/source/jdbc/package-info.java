@NullMarked
package io.sluice.source.jdbc;

import org.jspecify.annotations.NullMarked;
