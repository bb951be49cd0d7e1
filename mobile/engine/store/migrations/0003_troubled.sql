-- What of the own chain met trouble, without walking over all of it: the line that is always on the screen counts it.
CREATE INDEX operations_troubled ON operations(seq) WHERE own = 1 AND outcome NOT IN ('', 'applied', 'duplicate');
CREATE INDEX runs_own_refused ON runs_own(first) WHERE refused != '';
