-- An undo publishes, too, that intervals are not made any more.
ALTER TABLE attempt ADD COLUMN unmade TEXT NOT NULL DEFAULT '';
