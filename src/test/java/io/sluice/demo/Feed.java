package io.sluice.demo;

/**
 * A source of the demo.
 *
 * @param job the table that it is read into, of the layer raw
 * @param server what answers, as people call it
 * @param definition the job's file
 * @param sent how many rows there are, as the server's own client counts them
 */
record Feed(String job, String server, String definition, long sent) {}
