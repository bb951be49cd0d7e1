-- What of the own chain met trouble, and the checks that it wrote into, without walking over all of it: the line that is
-- always on the screen and the sync page ask for them.
CREATE INDEX operations_troubled ON operations(seq) WHERE own = 1 AND outcome NOT IN ('', 'applied', 'duplicate');
CREATE INDEX operations_own_checks ON operations(check_id) WHERE own = 1 AND check_id IS NOT NULL;
CREATE INDEX operations_own_starts ON operations(entity) WHERE own = 1 AND kind = 'check.start';
CREATE INDEX runs_own_refused ON runs_own(first) WHERE refused != '';
