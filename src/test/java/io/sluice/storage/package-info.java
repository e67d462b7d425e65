/** Hadoop's own file system for S3, asked against answers that break off. */
@NullMarked
package io.sluice.storage;

import org.jspecify.annotations.NullMarked;
