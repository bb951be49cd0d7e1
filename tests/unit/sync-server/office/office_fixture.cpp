#include "tests/unit/sync-server/office/office_fixture.h"

#include "sync-server/office/fsck.h"
#include "sync-server/office/init.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <nlohmann/json.hpp>
#include <sstream>

namespace zhicha::test {

namespace {
LedgerStoreOptions optionsOf(const TempFolder &folder, const ServerKeys &keys) {
    LedgerStoreOptions options;
    options.path = folder / "ledger.db";
    options.mustExist = false;
    options.sealKey = sealKeyOf(keys.tokenKey);
    return options;
}
} // namespace

OfficeFixture::OfficeFixture()
    : m_root(SigningKey::generate(m_random)),
      m_keys(makeServerKeys(newUuid(m_clock, m_random), "test", m_root, 1, {}, m_clock, m_random)) {
    reopen();
    const Status opened = openFreshLedger(*m_ledger, m_keys, m_root, m_clock, m_random);
    if (!opened)
        ADD_FAILURE() << opened.error().detail;
}

void OfficeFixture::reopen() {
    m_intake.reset();
    m_ledger.reset();
    auto opened = openSqliteLedger(optionsOf(m_folder, m_keys));
    ZHICHA_CHECK(opened.has_value());
    m_ledger = std::move(*opened);
    m_intake = std::make_unique<Intake>(*m_ledger, m_keys, m_clock, m_random);
}

std::unique_ptr<LedgerReader> OfficeFixture::reader() const {
    auto opened = openSqliteLedgerReader(optionsOf(m_folder, m_keys));
    ZHICHA_CHECK(opened.has_value());
    return std::move(*opened);
}

void OfficeFixture::append(std::vector<ServerOperation> operations) {
    auto transaction = m_intake->open();
    ZHICHA_CHECK(transaction.has_value());
    for (ServerOperation &operation : operations) {
        const auto appended = (*transaction)->append(std::move(operation));
        EXPECT_TRUE(appended) << appended.error().detail;
    }
    EXPECT_TRUE((*transaction)->commit());
}

Uuid OfficeFixture::person(const std::string &name, const std::string &roles, const std::string &team) {
    const Uuid id = newUuid(m_clock, m_random);
    cbor::Map fields{{"name", name}};
    if (!team.empty())
        fields["team"] = team;
    std::vector<ServerOperation> operations{{"person.put", id, fields}};
    std::istringstream words(roles);
    for (std::string role; words >> role;)
        operations.push_back(
            {"role.grant", newUuid(m_clock, m_random), {{"person", id}, {"role", role}, {"from", m_clock.nowMs()}}});
    append(std::move(operations));
    return id;
}

EnrolRequest OfficeFixture::enrolRequest(const TestDevice &device, const std::string &code) const {
    EnrolRequest request;
    request.code = code;
    request.device = device.id();
    request.signKey = device.key().publicKey();
    request.boxKey = device.boxKey();
    request.name = "平板";
    request.signature =
        device.key().signFor("enrol", enrolSignedContent(m_keys.ledger, fingerprintOf(m_root.publicKey()), request));
    return request;
}

TestDevice OfficeFixture::enrolled(const Uuid &holder, std::uint64_t seed) {
    TestDevice tablet(m_keys.ledger, seed, m_clock);
    const auto code = makeEnrolCode(*m_intake, holder);
    ZHICHA_CHECK(code.has_value());
    const auto answer = enrol(*m_intake, enrolRequest(tablet, *code));
    EXPECT_TRUE(answer) << answer.error().detail;
    return tablet;
}

SubmitAnswer OfficeFixture::submit(const TestDevice &tablet, const std::vector<zhicha::Run> &runs) {
    std::vector<Bytes> encoded;
    for (const zhicha::Run &run : runs) {
        auto bytes = encodeRun(run);
        ZHICHA_CHECK(bytes.has_value());
        encoded.push_back(std::move(*bytes));
    }
    auto answer = m_intake->submit(tablet.id(), encoded);
    EXPECT_TRUE(answer) << answer.error().detail;
    return answer ? *answer : SubmitAnswer();
}

RunVerdict OfficeFixture::send(TestDevice &tablet) {
    const SubmitAnswer answer = submit(tablet, {tablet.cutRun()});
    if (answer.runs.size() != 1 || answer.runs[0].status != RunVerdict::Status::Stored) {
        ADD_FAILURE() << "a run was not stored: " << (answer.runs.empty() ? "" : answer.runs[0].detail);
        return {};
    }
    return answer.runs[0];
}

Uuid OfficeFixture::startCheck(TestDevice &tablet, const Uuid &site, const std::vector<Uuid> &items) {
    const Uuid id = tablet.newId();
    tablet.make("check.start", id,
                {{"site", site}, {"items", cbor::Array(items.begin(), items.end())}, {"no_fix_reason", "室内"}});
    return id;
}

Uuid OfficeFixture::addFinding(TestDevice &tablet, const Uuid &check, const std::string &text,
                               const std::string &severity) {
    const Uuid id = tablet.newId();
    tablet.make("finding.record", id, {{"check", check}, {"severity", severity}, {"text", text}});
    return id;
}

Uuid OfficeFixture::addPhoto(TestDevice &tablet, const Uuid &check, const Uuid &to, const Digest &photo,
                             std::int64_t size) {
    const Uuid id = tablet.newId();
    tablet.make("photo.add", id,
                {{"check", check},
                 {"sha256", photo},
                 {"size", size},
                 {"type", "image/jpeg"},
                 {"how_taken", "public"},
                 {"origin", "camera"},
                 {"to", to},
                 {"rank", "a"}});
    return id;
}

void OfficeFixture::finish(TestDevice &tablet, const Uuid &check) {
    tablet.make("check.finish", tablet.newId(), {{"check", check}});
}

EntityRow OfficeFixture::rowOf(const Uuid &entity) {
    const auto row = m_ledger->rowOf(entity);
    if (!row || !*row) {
        ADD_FAILURE() << "no row of " << toText(entity);
        return {};
    }
    return **row;
}

bool OfficeFixture::hasRow(const Uuid &entity) {
    const auto row = m_ledger->rowOf(entity);
    return row && row->has_value();
}

std::vector<std::string> OfficeFixture::alarms() {
    std::vector<std::string> out;
    EXPECT_TRUE(m_ledger->forEachAlarm([&](const Alarm &alarm) -> Status {
        out.push_back(alarm.what);
        return {};
    }));
    return out;
}

std::vector<LogOperation> OfficeFixture::log() {
    std::vector<LogOperation> out;
    EXPECT_TRUE(m_ledger->forEachOperation(1, [&](const LogOperation &operation) -> Status {
        out.push_back(operation);
        return {};
    }));
    return out;
}

nlohmann::json OfficeFixture::problems(PhotoStore *photos) {
    auto answer = checkLedger(ledger(), m_keys, photos);
    EXPECT_TRUE(answer) << answer.error().detail;
    return answer ? answer->at("problems") : nlohmann::json::array({"fsck failed"});
}

Result<Database> OfficeFixture::fileByHand() {
    m_intake.reset();
    m_ledger.reset();
    DatabaseOptions options;
    options.path = m_folder / "ledger.db";
    return Database::open(options);
}

void OfficeFixture::byHand(const std::string &sql) {
    {
        auto database = fileByHand();
        ASSERT_TRUE(database);
        const Status done = database->execute(sql);
        ASSERT_TRUE(done) << done.error().detail;
    }
    reopen();
}

} // namespace zhicha::test
