@NullMarked
package io.sluice.source.weblog;

import org.jspecify.annotations.NullMarked;
