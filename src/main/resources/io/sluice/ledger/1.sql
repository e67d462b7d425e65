-- Bounds of intervals are civil times, moments are UTC; both are ISO texts of one width, so that they compare as text.
-- ${serial} is a primary key that counts up.

CREATE TABLE run (
  seq        ${serial},
  id         TEXT NOT NULL UNIQUE,
  command    TEXT NOT NULL,
  holder     TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at   TEXT,
  exit_code  INTEGER,
  last_line  TEXT NOT NULL
);

CREATE TABLE task (
  seq        ${serial},
  id         TEXT NOT NULL UNIQUE,
  run        TEXT NOT NULL,
  job        TEXT NOT NULL,
  intervals  TEXT NOT NULL,
  reasons    TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at   TEXT,
  state      TEXT NOT NULL,
  message    TEXT NOT NULL
);
CREATE INDEX task_by_run ON task (run);

CREATE TABLE attempt (
  seq           ${serial},
  id            TEXT NOT NULL UNIQUE,
  run           TEXT NOT NULL,
  task          TEXT NOT NULL,
  job           TEXT NOT NULL,
  intervals     TEXT NOT NULL,
  from_at       TEXT NOT NULL,
  to_at         TEXT NOT NULL,
  definition    TEXT NOT NULL,
  base_version  BIGINT NOT NULL,
  started_at    TEXT NOT NULL,
  ended_at      TEXT,
  state         TEXT NOT NULL,
  failure_class TEXT NOT NULL,
  message       TEXT NOT NULL,
  version       BIGINT,
  written       BIGINT NOT NULL,
  quarantined   BIGINT NOT NULL,
  forced        BIGINT NOT NULL -- the job's count when it began: what was forced later is not done by it
);
CREATE INDEX attempt_by_run ON attempt (run);
CREATE INDEX attempt_by_interval ON attempt (job, to_at);
CREATE INDEX attempt_by_version ON attempt (job, version);
CREATE INDEX attempt_open ON attempt (job) WHERE ended_at IS NULL;

-- One row a job: its lock, the definition by which it was made last, and how often intervals were forced.
CREATE TABLE job (
  name       TEXT NOT NULL PRIMARY KEY,
  definition TEXT,
  forced     BIGINT NOT NULL
);

-- Neighbouring intervals made by one definition are one row.
CREATE TABLE made (
  job        TEXT NOT NULL,
  from_at    TEXT NOT NULL,
  to_at      TEXT NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (job, from_at)
);

-- Intervals that are not just made: sort 'failed'; 'early', about an input; 'stale', about a kind of mark.
CREATE TABLE deviation (
  seq     ${serial},
  job     TEXT NOT NULL,
  sort    TEXT NOT NULL,
  about   TEXT NOT NULL,
  cause   TEXT NOT NULL,
  forced  BIGINT NOT NULL, -- the job's count when it was forced; 0 for all others
  from_at TEXT NOT NULL,
  to_at   TEXT NOT NULL
);
CREATE INDEX deviation_by_job ON deviation (job, sort);

-- The version up to which a job has read a table's log.
CREATE TABLE log_position (
  job     TEXT NOT NULL,
  input   TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (job, input)
);

-- What an interval was made from; without a version: seen in that interval, but not (or no longer) in its rows.
CREATE TABLE source_item (
  job     TEXT NOT NULL,
  from_at TEXT NOT NULL,
  to_at   TEXT NOT NULL,
  item    TEXT NOT NULL,
  version TEXT,
  bytes   BIGINT NOT NULL,
  PRIMARY KEY (job, from_at, to_at, item)
);
CREATE INDEX source_item_by_item ON source_item (job, item);

CREATE TABLE quarantine (
  job     TEXT NOT NULL,
  from_at TEXT NOT NULL,
  to_at   TEXT NOT NULL,
  attempt TEXT NOT NULL,
  counted BIGINT NOT NULL,
  PRIMARY KEY (job, from_at, to_at)
);

CREATE TABLE lease (
  job      TEXT NOT NULL PRIMARY KEY,
  holder   TEXT NOT NULL,
  until_at TEXT NOT NULL
);
