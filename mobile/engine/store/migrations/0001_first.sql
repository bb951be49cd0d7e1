-- The tablet's store: the person's own chain, what was pulled, what the fold made of both, and what is still a draft.
-- Ground truth: operations, photo keys. Derived and rebuildable: entities, devices, claims.
CREATE TABLE state(key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Own and pulled operations. envelope is absent where only d is known; body where it is withheld.
-- h, the head of the chain after the operation, is kept for the own chain only.
CREATE TABLE operations(
  id INTEGER PRIMARY KEY,
  device BLOB NOT NULL CHECK(length(device) = 16),
  seq INTEGER NOT NULL CHECK(seq >= 1),
  d BLOB NOT NULL CHECK(length(d) = 32),
  own INTEGER NOT NULL CHECK(own IN (0, 1)),
  h BLOB CHECK((own = 1) = (h IS NOT NULL)),
  kind TEXT NOT NULL DEFAULT '',
  entity BLOB,
  check_id BLOB,
  envelope BLOB,
  body BLOB,
  body_digest BLOB,
  outcome TEXT NOT NULL DEFAULT '',
  UNIQUE(device, seq, d)
) STRICT;
CREATE UNIQUE INDEX operations_own ON operations(seq) WHERE own = 1;
CREATE INDEX operations_entity ON operations(entity) WHERE entity IS NOT NULL;
CREATE INDEX operations_check ON operations(check_id, device, seq) WHERE check_id IS NOT NULL;
CREATE TRIGGER operations_stay BEFORE DELETE ON operations BEGIN SELECT RAISE(ABORT, 'operations stay'); END;
CREATE TRIGGER operations_identity BEFORE UPDATE OF device, seq, d, own, h ON operations
  BEGIN SELECT RAISE(ABORT, 'an operation never changes'); END;
CREATE TRIGGER operations_bytes BEFORE UPDATE OF envelope, body, body_digest ON operations
  WHEN OLD.body IS NOT NULL OR (OLD.envelope IS NOT NULL AND NEW.envelope IS NOT OLD.envelope)
  BEGIN SELECT RAISE(ABORT, 'an operation never changes'); END;

-- Runs of the own chain: bounds and signature stand here before the first send and are never cut anew.
CREATE TABLE runs_own(
  first INTEGER PRIMARY KEY NOT NULL,
  last INTEGER NOT NULL CHECK(last >= first),
  h BLOB NOT NULL CHECK(length(h) = 32),
  signature BLOB NOT NULL CHECK(length(signature) = 64),
  refused TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER runs_own_stay BEFORE DELETE ON runs_own BEGIN SELECT RAISE(ABORT, 'runs stay'); END;
CREATE TRIGGER runs_own_bounds BEFORE UPDATE OF first, last, h, signature ON runs_own
  BEGIN SELECT RAISE(ABORT, 'a run is never cut anew'); END;

-- Verified receipts: the acknowledged mark follows from them.
CREATE TABLE receipts(
  generation INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  log INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  receipt BLOB NOT NULL,
  checkpoint TEXT NOT NULL,
  PRIMARY KEY(generation, first, last, log)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER receipts_stay BEFORE DELETE ON receipts BEGIN SELECT RAISE(ABORT, 'receipts stay'); END;

CREATE TABLE runs_pulled(
  device BLOB NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  h BLOB NOT NULL,
  before BLOB NOT NULL,
  signature BLOB NOT NULL,
  log INTEGER NOT NULL,
  PRIMARY KEY(device, first, last, h)
) STRICT, WITHOUT ROWID;

-- What came and could not be taken: kept, shown, tried again; it never blocks the rest.
CREATE TABLE runs_parked(digest BLOB PRIMARY KEY NOT NULL, log INTEGER NOT NULL, run BLOB NOT NULL, code TEXT NOT NULL,
  detail TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE entities(id BLOB PRIMARY KEY NOT NULL CHECK(length(id) = 16), type INTEGER NOT NULL, check_id BLOB,
  hash BLOB NOT NULL, row BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX entities_type ON entities(type);
CREATE INDEX entities_check ON entities(check_id, type) WHERE check_id IS NOT NULL;
CREATE TABLE devices(device BLOB PRIMARY KEY NOT NULL, enrolled INTEGER NOT NULL, server INTEGER NOT NULL,
  generation INTEGER NOT NULL, trusted_upto INTEGER NOT NULL, disputed_from INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE claims(entity BLOB PRIMARY KEY NOT NULL, kept BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- A draft's id is the entity's: minted when typing begins.
CREATE TABLE drafts(id BLOB PRIMARY KEY NOT NULL, kind TEXT NOT NULL, check_id BLOB, content BLOB NOT NULL,
  updated_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Photos and their previews. The row (with the key) stands before the file, so that a file is never without its key.
CREATE TABLE photos(
  digest BLOB PRIMARY KEY NOT NULL CHECK(length(digest) = 32),
  preview INTEGER NOT NULL CHECK(preview IN (0, 1)),
  check_id BLOB NOT NULL,
  size INTEGER NOT NULL,
  type TEXT NOT NULL,
  key BLOB NOT NULL,
  file TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('capturing', 'waiting', 'sent', 'delivered', 'parked')),
  sent_bytes INTEGER NOT NULL DEFAULT 0,
  mismatches INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',
  added_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0 -- own operation that names it
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_state ON photos(state, preview);
CREATE TRIGGER photos_stay BEFORE DELETE ON photos WHEN OLD.state != 'capturing'
  BEGIN SELECT RAISE(ABORT, 'photos stay'); END;
