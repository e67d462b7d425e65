-- The query or pages of an attempt whose source has no items.
ALTER TABLE attempt ADD COLUMN asked TEXT NOT NULL DEFAULT '';
