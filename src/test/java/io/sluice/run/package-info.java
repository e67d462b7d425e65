@NullMarked
package io.sluice.run;

import org.jspecify.annotations.NullMarked;
