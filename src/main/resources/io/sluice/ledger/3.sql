-- What was too much at once for a job, by definition and batch: so many intervals a task are not.
CREATE TABLE fit (
  job        TEXT NOT NULL PRIMARY KEY,
  definition TEXT NOT NULL,
  batch      BIGINT NOT NULL,
  intervals  BIGINT NOT NULL
);
