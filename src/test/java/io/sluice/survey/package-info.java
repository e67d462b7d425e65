@NullMarked
package io.sluice.survey;

import org.jspecify.annotations.NullMarked;
