/** What Hadoop's file systems need said or done before they can be relied on. */
@NullMarked
package io.sluice.storage;

import org.jspecify.annotations.NullMarked;
