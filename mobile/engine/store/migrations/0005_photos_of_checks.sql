-- Photos of the checks on the sync page, the next one to send and the sums of the status line, without reading or
-- sorting all of them.
CREATE INDEX photos_check ON photos(check_id);
CREATE INDEX photos_next ON photos(state, preview DESC, added_ms, digest);
CREATE INDEX photos_lane ON photos(preview, state, size, sent_bytes);
CREATE INDEX photos_problem ON photos(added_ms) WHERE problem != '';
DROP INDEX photos_state;
