-- Fixes of a check under way, each on disk as it comes; a few minutes of them become one track.append. A told one is in
-- an operation already and stays as the last of its check, so that a gap after it is seen. Cost: a small row a second.
CREATE TABLE track_points(
  id INTEGER PRIMARY KEY,
  check_id BLOB NOT NULL CHECK(length(check_id) = 16),
  t INTEGER NOT NULL,
  lat INTEGER NOT NULL,
  lon INTEGER NOT NULL,
  accuracy_mm INTEGER,
  age_ms INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  source TEXT NOT NULL,
  told INTEGER NOT NULL DEFAULT 0 CHECK(told IN (0, 1))
) STRICT;
CREATE INDEX track_points_check ON track_points(check_id, id);
