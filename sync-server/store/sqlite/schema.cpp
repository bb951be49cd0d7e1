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

// 0003: what the console adds. accounts to drafts belong to the office; audit is append-only and chained; console_* are
// derived from the folded rows and can be made anew. Costs nothing at once: the lists are filled from the log later.
constexpr std::string_view kConsole = R"sql(
CREATE TABLE accounts(
  person BLOB PRIMARY KEY NOT NULL, must_change INTEGER NOT NULL, totp_secret BLOB NOT NULL, totp_pending BLOB NOT NULL,
  totp_since_ms INTEGER NOT NULL, totp_step INTEGER NOT NULL, last_sign_in_ms INTEGER NOT NULL,
  last_address TEXT NOT NULL, failures_since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE security_keys(
  credential BLOB PRIMARY KEY NOT NULL, person BLOB NOT NULL, rp_id TEXT NOT NULL, algorithm INTEGER NOT NULL,
  public_key BLOB NOT NULL, sign_count INTEGER NOT NULL, name TEXT NOT NULL, added_ms INTEGER NOT NULL,
  last_used_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX security_keys_person ON security_keys(person);
CREATE TABLE console_sessions(
  token BLOB PRIMARY KEY NOT NULL CHECK(length(token) = 32), person BLOB NOT NULL, state TEXT NOT NULL,
  created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL, second_factor_ms INTEGER NOT NULL, address TEXT NOT NULL,
  challenge BLOB NOT NULL, challenge_until_ms INTEGER NOT NULL, ended TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX console_sessions_person ON console_sessions(person);
CREATE INDEX console_sessions_created ON console_sessions(created_ms);
CREATE TABLE sign_in_failures(
  subject TEXT PRIMARY KEY NOT NULL, count INTEGER NOT NULL, last_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failures_last ON sign_in_failures(last_ms);
CREATE TABLE console_answers(
  person BLOB NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
  at_ms INTEGER NOT NULL, PRIMARY KEY(person, key)) STRICT, WITHOUT ROWID;
CREATE INDEX console_answers_at ON console_answers(at_ms);
CREATE TABLE drafts(
  person BLOB NOT NULL, form TEXT NOT NULL, id TEXT NOT NULL, at_ms INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY(person, form, id)) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_at ON drafts(at_ms);
CREATE TABLE audit(
  number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, person BLOB, name TEXT NOT NULL, act TEXT NOT NULL,
  object_kind TEXT NOT NULL, object TEXT NOT NULL, result TEXT NOT NULL, code TEXT NOT NULL, address TEXT NOT NULL,
  h BLOB NOT NULL CHECK(length(h) = 32)) STRICT;
CREATE INDEX audit_person ON audit(person, number);
CREATE INDEX audit_act ON audit(act, number);
CREATE INDEX audit_result ON audit(number) WHERE result = 'refused';
CREATE INDEX audit_at ON audit(at_ms, number);
CREATE TRIGGER audit_keep BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is kept'); END;
CREATE TRIGGER audit_same BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail never changes'); END;
CREATE TABLE console_checks(
  check_no INTEGER PRIMARY KEY, check_id BLOB NOT NULL UNIQUE, number TEXT NOT NULL, state INTEGER NOT NULL,
  todo INTEGER NOT NULL, site BLOB, unit BLOB, received_ms INTEGER NOT NULL, waiting_ms INTEGER NOT NULL,
  last_log INTEGER NOT NULL, severity INTEGER NOT NULL, exception INTEGER NOT NULL, imported INTEGER NOT NULL,
  span_width_ms INTEGER NOT NULL, conflicts INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE INDEX console_checks_new ON console_checks(received_ms, check_id);
CREATE INDEX console_checks_wait ON console_checks(waiting_ms, check_id);
CREATE INDEX console_checks_todo ON console_checks(waiting_ms, check_id) WHERE todo = 1;
CREATE INDEX console_checks_number ON console_checks(number, check_id);
CREATE INDEX console_checks_state_wait ON console_checks(state, waiting_ms, check_id);
CREATE INDEX console_checks_state_new ON console_checks(state, received_ms, check_id);
CREATE INDEX console_checks_unit ON console_checks(unit, received_ms, check_id);
CREATE INDEX console_checks_site ON console_checks(site, received_ms, check_id);
CREATE TABLE console_check_people(
  person BLOB NOT NULL, check_no INTEGER NOT NULL, PRIMARY KEY(person, check_no)) STRICT, WITHOUT ROWID;
CREATE INDEX console_check_people_check ON console_check_people(check_no);
CREATE TABLE console_check_items(
  item BLOB NOT NULL, check_no INTEGER NOT NULL, PRIMARY KEY(item, check_no)) STRICT, WITHOUT ROWID;
CREATE INDEX console_check_items_check ON console_check_items(check_no);
CREATE TABLE console_findings(
  finding_no INTEGER PRIMARY KEY, finding BLOB NOT NULL UNIQUE, check_id BLOB NOT NULL, made_ms INTEGER NOT NULL,
  log INTEGER NOT NULL, severity INTEGER NOT NULL, contested INTEGER NOT NULL, void INTEGER NOT NULL,
  imported INTEGER NOT NULL, item BLOB, site BLOB, unit BLOB) STRICT;
CREATE INDEX console_findings_made ON console_findings(made_ms, finding);
CREATE INDEX console_findings_open ON console_findings(made_ms, finding) WHERE void = 0;
CREATE INDEX console_findings_void ON console_findings(made_ms, finding) WHERE void = 1;
CREATE INDEX console_findings_contested ON console_findings(made_ms, finding) WHERE contested = 1;
CREATE INDEX console_findings_major ON console_findings(made_ms, finding) WHERE severity >= 2;
CREATE INDEX console_findings_critical ON console_findings(made_ms, finding) WHERE severity >= 3;
CREATE INDEX console_findings_imported ON console_findings(made_ms, finding) WHERE imported > 0;
CREATE INDEX console_findings_unit ON console_findings(unit, made_ms, finding);
CREATE INDEX console_findings_site ON console_findings(site, made_ms, finding);
CREATE INDEX console_findings_item ON console_findings(item, made_ms, finding);
CREATE INDEX console_findings_check ON console_findings(check_id, made_ms, finding);
CREATE TABLE console_contested(
  entity BLOB NOT NULL, field TEXT NOT NULL, check_id BLOB, since_ms INTEGER NOT NULL, PRIMARY KEY(entity, field))
  STRICT, WITHOUT ROWID;
CREATE INDEX console_contested_since ON console_contested(since_ms, entity, field);
CREATE INDEX console_contested_field ON console_contested(field, since_ms, entity);
CREATE INDEX console_contested_check ON console_contested(check_id, since_ms, entity);
CREATE VIRTUAL TABLE console_check_text USING fts5(words, tokenize='unicode61');
CREATE VIRTUAL TABLE console_finding_text USING fts5(words, tokenize='unicode61');
)sql";

// 0004: so that no list of the console reads more than it shows, however few rows a filter leaves; and what its pages
// of tablets count, without reading every leaf and photo.
constexpr std::string_view kCounts = R"sql(
CREATE INDEX photos_device ON photos(device, received) WHERE preview = 0;
CREATE INDEX leaves_forks ON leaves(device_no, leaf_index) WHERE branch <> 0;
CREATE INDEX operations_health ON operations(device_no, seq) WHERE kind = 'device.health' AND branch = 0;
CREATE TABLE console_finding_people(
  person BLOB NOT NULL, made_ms INTEGER NOT NULL, finding BLOB NOT NULL, PRIMARY KEY(person, made_ms, finding))
  STRICT, WITHOUT ROWID;
CREATE INDEX console_finding_people_finding ON console_finding_people(finding);
CREATE INDEX console_checks_exception ON console_checks(received_ms, check_id) WHERE exception = 1;
CREATE INDEX console_checks_imported ON console_checks(received_ms, check_id) WHERE imported > 0;
CREATE INDEX console_checks_major ON console_checks(received_ms, check_id) WHERE severity >= 2;
CREATE INDEX console_checks_critical ON console_checks(received_ms, check_id) WHERE severity >= 3;
CREATE INDEX console_checks_wide ON console_checks(span_width_ms);
)sql";

// 0005: who reads a check is asked by check; and what everybody sees by now: roles, the audit trail's heads, what was
// noted of a site. Only what was placed by its kind: an operation that does not read is nobody's business.
constexpr std::string_view kReaders = R"sql(
CREATE INDEX scopes_entity ON scopes(entity);
UPDATE operations SET everyone = 1
  WHERE check_id IS NULL AND (kind = 'site.note' OR (kind IN ('role.grant', 'role.confirm', 'role.end', 'audit.head') AND
    device_no IN (SELECT device_no FROM chains WHERE server = 1)))
    AND outcome NOT IN ('ineffective:undecodable', 'ineffective:not_interpreted', 'ineffective:bad_operation');
)sql";

// 0006: what was erased or is not given out, as the log says it.
constexpr std::string_view kWithdrawn = R"sql(
CREATE TABLE withdrawn(
  digest BLOB NOT NULL CHECK(length(digest) = 32), what INTEGER NOT NULL, check_id BLOB NOT NULL,
  order_id BLOB NOT NULL, log INTEGER NOT NULL, PRIMARY KEY(digest, what)) STRICT, WITHOUT ROWID;
CREATE INDEX operations_without_body ON operations(log) WHERE body IS NULL;
CREATE INDEX operations_erasures ON operations(log) WHERE kind = 'body.erase_ask';
)sql";

// 0007: the checks of each person in every order of the list, so that those of a team are never sorted as a whole.
constexpr std::string_view kPeople = R"sql(
ALTER TABLE console_check_people RENAME TO console_check_people_before;
DROP INDEX console_check_people_check;
CREATE TABLE console_check_people(
  person BLOB NOT NULL, check_no INTEGER NOT NULL, check_id BLOB NOT NULL, received_ms INTEGER NOT NULL,
  waiting_ms INTEGER NOT NULL, number TEXT NOT NULL, PRIMARY KEY(person, check_no)) STRICT, WITHOUT ROWID;
INSERT INTO console_check_people SELECT p.person, p.check_no, c.check_id, c.received_ms, c.waiting_ms, c.number
  FROM console_check_people_before p JOIN console_checks c ON c.check_no = p.check_no;
DROP TABLE console_check_people_before;
CREATE INDEX console_check_people_check ON console_check_people(check_no);
CREATE INDEX console_check_people_new ON console_check_people(person, received_ms, check_id);
CREATE INDEX console_check_people_wait ON console_check_people(person, waiting_ms, check_id);
CREATE INDEX console_check_people_number ON console_check_people(person, number, check_id);
)sql";

constexpr Migration kMigrations[] = {{1, "0001_ledger", kFirst},    {2, "0002_seals", kSeals},
                                     {3, "0003_console", kConsole}, {4, "0004_counts", kCounts},
                                     {5, "0005_readers", kReaders}, {6, "0006_withdrawn", kWithdrawn},
                                     {7, "0007_people", kPeople}};
} // namespace

std::span<const Migration> ledgerMigrations() {
    return kMigrations;
}

} // namespace zhicha
