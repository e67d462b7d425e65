package io.sluice.laws;

import java.io.IOException;

/** One kind of harm that a lake is done, so often, and what became of it. */
@FunctionalInterface
interface Part {
  void run(Ground ground) throws IOException, InterruptedException;
}
