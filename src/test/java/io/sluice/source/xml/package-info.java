@NullMarked
package io.sluice.source.xml;

import org.jspecify.annotations.NullMarked;
