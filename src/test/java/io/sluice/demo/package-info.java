/** {@code ./sluice demo --sources}: feeds from real servers, which it starts and stops itself. */
@NullMarked
package io.sluice.demo;

import org.jspecify.annotations.NullMarked;
