@NullMarked
package io.sluice.source.files;

import org.jspecify.annotations.NullMarked;
