@NullMarked
package io.sluice.source.landing;

import org.jspecify.annotations.NullMarked;
