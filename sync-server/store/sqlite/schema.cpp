#include "sync-server/store/sqlite/schema.h"

namespace zhicha {

namespace {
// 0001: the log (operations, chains, leaves, tree) is ground truth; entities, claims, scopes and photos are derived and
// can be rebuilt from it; settings, codes, users and alarms belong to the office. Keys are small integers for devices,
// since every operation names one.
constexpr std::string_view kFirst = R"sql(
CREATE TABLE settings(name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE chains(
  device_no INTEGER PRIMARY KEY,
  device BLOB NOT NULL UNIQUE CHECK(length(device) = 16),
  person BLOB, suite INTEGER NOT NULL, sign_key BLOB NOT NULL CHECK(length(sign_key) = 32),
  server INTEGER NOT NULL, generation INTEGER NOT NULL,
  head_seq INTEGER NOT NULL, head_h BLOB NOT NULL CHECK(length(head_h) = 32)) STRICT;
CREATE TABLE operations(
  log INTEGER PRIMARY KEY,
  device_no INTEGER NOT NULL, seq INTEGER NOT NULL, branch INTEGER NOT NULL,
  d BLOB NOT NULL CHECK(length(d) = 32), kind TEXT NOT NULL,
  entity BLOB NOT NULL, check_id BLOB,
  envelope BLOB NOT NULL, body BLOB, body_digest BLOB,
  outcome TEXT NOT NULL,
  everyone INTEGER NOT NULL, audience_no INTEGER) STRICT;
CREATE UNIQUE INDEX operations_chain ON operations(device_no, seq, branch);
CREATE INDEX operations_entity ON operations(entity);
CREATE INDEX operations_check ON operations(check_id, log) WHERE check_id IS NOT NULL;
CREATE INDEX operations_everyone ON operations(log) WHERE everyone = 1;
CREATE INDEX operations_audience ON operations(audience_no, log) WHERE audience_no IS NOT NULL;
CREATE TRIGGER operations_keep BEFORE DELETE ON operations BEGIN SELECT RAISE(ABORT, 'operations are kept'); END;
CREATE TRIGGER operations_signed BEFORE UPDATE OF device_no, seq, branch, d, envelope ON operations
  BEGIN SELECT RAISE(ABORT, 'signed bytes never change'); END;
CREATE TABLE leaves(
  leaf_index INTEGER PRIMARY KEY,
  device_no INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, branch INTEGER NOT NULL,
  new_from INTEGER NOT NULL, before BLOB NOT NULL, h BLOB NOT NULL, log INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL, suite INTEGER NOT NULL, signature BLOB NOT NULL) STRICT;
CREATE INDEX leaves_chain ON leaves(device_no, first);
CREATE TRIGGER leaves_keep BEFORE DELETE ON leaves BEGIN SELECT RAISE(ABORT, 'leaves are kept'); END;
CREATE TRIGGER leaves_signed BEFORE UPDATE ON leaves BEGIN SELECT RAISE(ABORT, 'leaves never change'); END;
CREATE TABLE tree(level INTEGER NOT NULL, node_index INTEGER NOT NULL, hash BLOB NOT NULL CHECK(length(hash) = 32),
  PRIMARY KEY(level, node_index)) STRICT, WITHOUT ROWID;
CREATE TABLE entities(
  entity BLOB PRIMARY KEY NOT NULL, type INTEGER NOT NULL, check_id BLOB, hash BLOB NOT NULL, row BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE INDEX entities_check ON entities(check_id) WHERE check_id IS NOT NULL;
CREATE INDEX entities_type ON entities(type) WHERE check_id IS NULL OR type = 17;
CREATE TABLE claims(entity BLOB PRIMARY KEY NOT NULL, kept BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device_facts(
  device BLOB PRIMARY KEY NOT NULL, enrolled INTEGER NOT NULL, server INTEGER NOT NULL, generation INTEGER NOT NULL,
  trusted_upto INTEGER NOT NULL, disputed_from INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE scopes(
  device_no INTEGER NOT NULL, entity BLOB NOT NULL, log INTEGER NOT NULL,
  PRIMARY KEY(device_no, entity)) STRICT, WITHOUT ROWID;
CREATE TABLE photos(
  photo BLOB NOT NULL, device BLOB NOT NULL, check_id BLOB NOT NULL, size_bytes INTEGER NOT NULL,
  preview INTEGER NOT NULL, received INTEGER NOT NULL,
  PRIMARY KEY(photo, device, check_id)) STRICT, WITHOUT ROWID;
CREATE TABLE photo_keys(photo BLOB PRIMARY KEY NOT NULL, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE enrol_codes(
  code_digest BLOB PRIMARY KEY NOT NULL, person BLOB NOT NULL, expires_at_ms INTEGER NOT NULL, used_by BLOB)
  STRICT, WITHOUT ROWID;
CREATE TABLE users(
  person BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, unit BLOB, password_hash TEXT NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE alarms(number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
)sql";

// 0002: seals of the tables that no operation describes (table_seals.h). The rows that are there are sealed by whoever
// holds the key, not here.
constexpr std::string_view kSeals = R"sql(
CREATE TABLE row_seals(table_name TEXT NOT NULL, row_key TEXT NOT NULL, mac BLOB NOT NULL CHECK(length(mac) = 32),
  PRIMARY KEY(table_name, row_key)) STRICT, WITHOUT ROWID;
CREATE TABLE table_seals(table_name TEXT PRIMARY KEY NOT NULL, row_count INTEGER NOT NULL,
  mac_sum BLOB NOT NULL CHECK(length(mac_sum) = 32), mac BLOB NOT NULL CHECK(length(mac) = 32)) STRICT, WITHOUT ROWID;
)sql";

constexpr Migration kMigrations[] = {{1, "0001_ledger", kFirst}, {2, "0002_seals", kSeals}};
} // namespace

std::span<const Migration> ledgerMigrations() {
    return kMigrations;
}

} // namespace zhicha
