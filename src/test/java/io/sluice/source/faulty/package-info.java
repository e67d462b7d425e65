@NullMarked
package io.sluice.source.faulty;

import org.jspecify.annotations.NullMarked;
