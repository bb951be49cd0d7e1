-- For the migrator's test: a second step.
ALTER TABLE notes ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0;
