/**
 * Turns the answers of a JSON API into rows: asks page by page, keeps each page as it was received,
 * and takes the pages apart afterwards. Knows nothing of what becomes of the rows.
 */
@NullMarked
package io.sluice.source.rest;

import org.jspecify.annotations.NullMarked;
