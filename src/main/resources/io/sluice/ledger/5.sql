-- An attempt may publish some of its intervals and refuse others.
ALTER TABLE attempt ADD COLUMN published TEXT NOT NULL DEFAULT '';
UPDATE attempt SET published = intervals WHERE state = 'made';
