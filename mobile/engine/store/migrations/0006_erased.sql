-- A body that two officers erased goes, and nothing else of its operation does: the digest stays in its place.
DROP TRIGGER operations_bytes;
CREATE TRIGGER operations_bytes BEFORE UPDATE OF envelope, body, body_digest ON operations
  WHEN (OLD.envelope IS NOT NULL AND NEW.envelope IS NOT OLD.envelope)
    OR (OLD.body IS NOT NULL AND (NEW.body IS NOT NULL OR NEW.body_digest IS NOT OLD.body_digest))
  BEGIN SELECT RAISE(ABORT, 'an operation never changes'); END;
