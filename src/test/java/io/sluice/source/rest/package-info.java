@NullMarked
package io.sluice.source.rest;

import org.jspecify.annotations.NullMarked;
