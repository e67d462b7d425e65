/**
 * Makes one task, once: from pinned inputs to one commit, or to nothing and the reason. Knows no
 * retry, no plan and no ledger.
 */
@NullMarked
package io.sluice.task;

import org.jspecify.annotations.NullMarked;
