-- A lease's token counts up with each new holder; a row stays when its lease is given back.
ALTER TABLE lease ADD COLUMN token BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lease ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
-- Who never gave it back, until the table is known to refuse what that holder may still commit.
ALTER TABLE lease ADD COLUMN taken_from TEXT NOT NULL DEFAULT '';
