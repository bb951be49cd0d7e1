-- In which life of the office's tree a pulled run was seen last: after a restore, those that the office does not give
-- out again are shown to it. Cost: nothing; what is here counts as seen before any restore.
ALTER TABLE runs_pulled ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
