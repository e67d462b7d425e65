/**
 * Turns lines of web servers' logs into typed columns. Knows the forms of Apache, nginx and IIS,
 * and nothing of files.
 */
@NullMarked
package io.sluice.source.weblog;

import org.jspecify.annotations.NullMarked;
