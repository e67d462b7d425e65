@NullMarked
package io.sluice.table.commit;

import org.jspecify.annotations.NullMarked;
