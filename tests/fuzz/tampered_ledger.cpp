// Goal: a ledger's file that somebody changed crashes nobody who opens, reads, checks, rebuilds or goes on with it; and
// where fsck finds no more than before, it says what it said. Method: libFuzzer; bits turned in a file that the product
// made, with a fork, an erasure and sealed tables in it, or values put into its tables through SQLite; then fsck, or a
// run, a page of changes and a rebuild.
#include "sync-server/intake/changes.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/init.h"
#include "sync-server/office/rebuild.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"
#include "tests/fuzz/tamper.h"
#include "tests/support/ops/op_builder.h"
#include "tests/support/sim_vfs.h"

#include <nlohmann/json.hpp>

namespace {
using namespace zhicha;
using namespace zhicha::test;

const std::string kFile = "ledger.db";

/** A small, sound ledger, and what it says. */
struct Image {
    Image()
        : random(9), root(SigningKey::generate(random)),
          keys(makeServerKeys(newUuid(clock, random), "test", root, 1, {}, clock, random)) {
        SimVfs vfs(disk, "fuzz-image");
        {
            auto ledger = open(vfs).value();
            ZHICHA_CHECK(openFreshLedger(*ledger, keys, root, clock, random).has_value());
        }
        {
            auto ledger = open(vfs).value();
            Intake intake(*ledger, keys, clock, random);
            fill(intake);
        }
        auto ledger = open(vfs).value();
        problems = checkLedger(*ledger, keys, nullptr).value().at("problems");
        said = everythingSaid(*ledger).value();
    }
    Result<std::unique_ptr<LedgerWriter>> open(SimVfs &vfs) const {
        LedgerStoreOptions options;
        options.path = kFile;
        options.vfs = vfs.vfs();
        options.exclusive = true;
        options.mustExist = false;
        options.sealKey = sealKeyOf(keys.tokenKey);
        return openSqliteLedger(options);
    }
    static void append(Intake &intake, ServerOperation operation) {
        auto transaction = intake.open().value();
        ZHICHA_CHECK(transaction->append(std::move(operation)).has_value());
        ZHICHA_CHECK(transaction->commit().has_value());
    }
    void fill(Intake &intake) {
        const Uuid person = newUuid(clock, random);
        append(intake, {"person.put", person, {{"name", "王督查"}}});
        TestDevice tablet(keys.ledger, 1, clock);
        append(intake, {"device.enrol", tablet.id(), tablet.enrolFields(person)});
        ChainRecord chain;
        chain.device = device = tablet.id();
        chain.person = person;
        chain.key = tablet.key().publicKey();
        chain.head = {0, chainStart(keys.ledger, chain.suite, chain.device, chain.key)};
        ZHICHA_CHECK(intake.ledger().begin() && intake.ledger().putChain(chain) && intake.ledger().commit());
        const Uuid check = tablet.newId();
        tablet.make("check.start", check, {{"site", Uuid{{5}}}, {"items", cbor::Array{}}, {"no_fix_reason", "室内"}});
        TestDevice clone = tablet;
        const MadeOperation finding = tablet.make("finding.record", tablet.newId(),
                                                  {{"check", check}, {"severity", "minor"}, {"text", "护栏缺失"}});
        clone.make("check.finish", clone.newId(), {{"check", check}});
        for (TestDevice *sender : {&tablet, &clone})
            ZHICHA_CHECK(intake.submit(device, {encodeRun(sender->cutRun()).value()}).has_value());
        tablet.make("check.finish", tablet.newId(), {{"check", check}});
        more = encodeRun(tablet.cutRun()).value();
        append(intake, {"body.erase_ask",
                        Uuid{{7}},
                        {{"check", check},
                         {"digests", cbor::Array{finding.d}},
                         {"photos", cbor::Array{}},
                         {"reason", "x"},
                         {"asked_by", "x"},
                         {"asked_on", "2026-11-30"}},
                        {},
                        Uuid{{1}}});
        append(intake, {"body.erase", Uuid{{7}}, {{"erased_by", "x"}, {"erased_on", "2026-11-30"}}, {}, Uuid{{2}}});
    }
    /** The rows, the log and what was answered, who may see it, the persons: as one text. */
    static Result<std::string> everythingSaid(LedgerReader &ledger) {
        ZHICHA_ASSIGN(const Digest state, ledger.stateHash());
        std::string out = toHex(state);
        ZHICHA_TRY(ledger.forEachOperation(1, [&](const LogOperation &operation) -> Status {
            out += '\n' + std::to_string(operation.log) + ' ' + toHex(operation.operation.d) + ' ' + operation.kind +
                   ' ' + toText(operation.entity) + ' ' + operation.outcome + ' ' + std::to_string(operation.branch);
            return {};
        }));
        ZHICHA_TRY(ledger.forEachRow(std::nullopt, [&](const RowRecord &row) -> Status {
            out += '\n' + toText(row.entity) + ' ' + toHex(row.hash);
            return {};
        }));
        ZHICHA_TRY(ledger.forEachUser([&](const ConsoleUser &user) -> Status {
            out += '\n' + user.name + ' ' + user.role + ' ' + user.passwordHash;
            return {};
        }));
        ZHICHA_TRY(ledger.forEachAlarm([&](const Alarm &alarm) -> Status {
            out += '\n' + alarm.what + ' ' + alarm.detail;
            return {};
        }));
        return out;
    }

    TestClock clock;
    SeededRandom random;
    SigningKey root;
    ServerKeys keys;
    SimDisk disk;
    Uuid device;
    Bytes more; ///< a run that has not come yet
    nlohmann::json problems;
    std::string said;
};
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static Image image;
    if (size == 0)
        return 0;
    const auto disk = image.disk.copyAfter(PowerCut::KeepAll, 1);
    SimVfs vfs(*disk, "fuzz-ledger");
    FuzzInput in(data + 1, size - 1);
    if (data[0] % 2 == 0) {
        changeBytes(*disk, {kFile}, in);
    } else {
        DatabaseOptions options;
        options.path = kFile;
        options.vfs = vfs.vfs();
        options.exclusive = true;
        changeValues(options, in);
    }
    const auto ledger = image.open(vfs);
    if (!ledger)
        return 0;
    if (data[0] % 4 < 2) {
        const auto found = checkLedger(**ledger, image.keys, nullptr);
        const auto said = Image::everythingSaid(**ledger);
        if (found && found->at("problems") == image.problems)
            ZHICHA_CHECK(said && *said == image.said);
        return 0;
    }
    Intake intake(**ledger, image.keys, image.clock, image.random);
    (void)intake.submit(image.device, {image.more}).has_value();
    (void)readChanges(**ledger, image.keys.ledger, image.device, "").has_value();
    (void)Image::everythingSaid(**ledger).has_value();
    (void)placeAgain(**ledger, image.keys, data[0] % 8 < 4).has_value();
    (void)rebuildLedger(**ledger).has_value();
    return 0;
}
