package io.sluice.source.rest;

/**
 * What is to be asked for next.
 *
 * @param number of the page, counted from 1
 * @param at where the page is, as the API wants to hear it: a number, a cursor or a URL; empty for
 *     the first page where that is just the beginning
 */
record Step(int number, String at) {
  Step next(String there) {
    return new Step(number + 1, there);
  }

  Step hidden(Secrets secrets) {
    return new Step(number, secrets.hide(at));
  }
}
