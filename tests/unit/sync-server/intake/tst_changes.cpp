// Goal: a tablet reads everything in its scope and nothing else, whatever cursor it shows. Method: an honest reader
// that goes on page by page and remembers which operations it got with their bytes.
#include "sync-server/intake/photo_intake.h"
#include "tests/unit/sync-server/intake/changes_reader.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Changes : public OfficeFixture {
protected:
    std::vector<ServerOperation> units(int count, int from = 0) {
        std::vector<ServerOperation> out;
        for (int i = from; i < from + count; ++i) {
            const std::string code = "u" + std::to_string(i);
            out.push_back({"unit.put",
                           derivedId(m_keys.ledger, "unit", code),
                           {{"code", code}, {"name", code}, {"group", "county"}, {"vice_mayor", "王"}}});
        }
        return out;
    }
    Result<ChangesPage> page(const TestDevice &tablet, const std::string &cursor) {
        return readChanges(ledger(), m_keys.ledger, tablet.id(), cursor);
    }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
    TestDevice m_other = enrolled(person("李四", "inspector"), 2);
};

TEST_F(Changes, aReaderSeesTheOfficeAndItsOwnChecksOnly) {
    append(units(3));
    const Uuid mine = startCheck(m_tablet);
    send(m_tablet);
    const Uuid theirs = startCheck(m_other);
    addFinding(m_other, theirs, "秘密");
    send(m_other);
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    reader.readAll();
    std::size_t units = 0;
    for (const LogOperation &operation : log()) {
        const bool got = reader.got().contains(operation.operation.d);
        if (operation.kind == "unit.put" || operation.kind == "person.put" || operation.kind == "device.enrol") {
            EXPECT_TRUE(got) << operation.kind;
        }
        if (operation.kind == "check.number") {
            EXPECT_EQ(got, operation.check == mine);
        }
        if (operation.operation.device != m_keys.device()) {
            EXPECT_FALSE(got) << operation.kind; // its own is not sent back, the other's is none of its business
        }
        units += got && operation.kind == "unit.put" ? 1 : 0;
    }
    EXPECT_EQ(units, 3u);
}

TEST_F(Changes, aLongRunIsPassedInFewPages) {
    append(units(500));
    append(units(450, 500));
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    reader.readAll();
    EXPECT_LE(reader.pages(), 6);
    std::size_t got = 0;
    for (const LogOperation &operation : log())
        got += operation.kind == "unit.put" && reader.got().contains(operation.operation.d) ? 1 : 0;
    EXPECT_EQ(got, 950u);
}

TEST_F(Changes, aGrantInTheMiddleOfAServerRunHidesNothingAfterIt) {
    const Uuid check = startCheck(m_other);
    addFinding(m_other, check, "x");
    send(m_other);
    std::vector<ServerOperation> run = units(2);
    run.push_back({"scope.grant",
                   newUuid(m_clock, m_random),
                   {{"device", m_tablet.id()}, {"entity", check}, {"why", "assignment"}}});
    for (ServerOperation &operation : units(2, 10))
        run.push_back(std::move(operation));
    append(std::move(run));
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    reader.readAll();
    for (const LogOperation &operation : log())
        if (operation.kind == "unit.put" || operation.check == check) {
            EXPECT_TRUE(reader.got().contains(operation.operation.d)) << operation.log << operation.kind;
        }
}

TEST_F(Changes, aBackfillResumesWherePagesEnd) {
    const Uuid check = startCheck(m_other);
    send(m_other);
    for (int run = 0; run < 4; ++run) {
        for (int i = 0; i < 300; ++i)
            addFinding(m_other, check, "x");
        send(m_other);
    }
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    reader.readAll();
    EXPECT_TRUE(reader.got().size() < 20);
    append({{"scope.grant",
             newUuid(m_clock, m_random),
             {{"device", m_tablet.id()}, {"entity", check}, {"why", "assignment"}}}});
    const int before = reader.pages();
    reader.readOne();
    EXPECT_TRUE(reader.more());
    reopen(); // nothing of where it stands lies with the server
    ChangesReader resumed(ledger(), m_keys.ledger, m_tablet.id(), reader);
    resumed.readAll();
    EXPECT_GT(resumed.pages(), before + 1);
    for (const LogOperation &operation : log())
        if (operation.check == check) {
            EXPECT_TRUE(resumed.got().contains(operation.operation.d));
        }
}

TEST_F(Changes, theStarterGetsWhatOthersRecordedBeforeItWasInRange) {
    TestDevice starter = m_tablet;
    const Uuid check = startCheck(starter);
    m_other.make("check.join", m_other.newId(), {{"check", check}, {"by", "qr"}});
    const Uuid finding = addFinding(m_other, check, "先到");
    send(m_other);
    ChangesReader reader(ledger(), m_keys.ledger, starter.id());
    reader.readAll();
    send(starter);
    reader.readAll();
    for (const LogOperation &operation : log())
        if (operation.check == check && operation.operation.device != starter.id()) {
            EXPECT_TRUE(reader.got().contains(operation.operation.d)) << operation.kind;
        }
    EXPECT_TRUE(hasRow(finding));
}

TEST_F(Changes, hostileCursorsAreRefused) {
    for (const char *none :
         {"x", "00", "82", "8201", "820180ff", "8220", "83000080", "821b7fffffffffffffff80", "8218ff80"}) {
        const auto answer = page(m_tablet, none);
        ASSERT_FALSE(answer) << none;
        EXPECT_EQ(answer.error().code, Code::InvalidArgument) << none;
    }
}

TEST_F(Changes, inv18_aCursorOpensNoCheckThatWasNotGranted) {
    const Uuid check = startCheck(m_other);
    addFinding(m_other, check, "秘密");
    send(m_other);
    const auto lastLog = ledger().lastLog();
    ASSERT_TRUE(lastLog);
    for (const std::int64_t upto : {*lastLog, std::int64_t{1} << 40}) {
        Bytes cursor;
        cbor::Writer(cursor).array(2).integer(*lastLog).array(1).array(3).bytes(check.bytes).integer(0).integer(upto);
        const auto answer = page(m_tablet, toHex(cursor));
        if (answer) {
            EXPECT_TRUE(answer->runs.empty());
        }
    }
}

TEST_F(Changes, refusesADeviceThatIsNone) {
    EXPECT_FALSE(readChanges(ledger(), m_keys.ledger, Uuid{{1}}, ""));
}

TEST_F(Changes, aForksRunComesBackAsItWasSigned) {
    const Uuid check = startCheck(m_other);
    send(m_other);
    TestDevice image = m_other;
    addFinding(m_other, check, "a");
    send(m_other);
    addFinding(image, check, "b");
    submit(image, {image.cutRun()});
    append({{"scope.grant",
             newUuid(m_clock, m_random),
             {{"device", m_tablet.id()}, {"entity", check}, {"why", "assignment"}}}});
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    reader.readAll(); // decodes every run and checks its signature
    std::size_t branches = 0;
    for (const LogOperation &operation : log())
        if (operation.check == check && operation.operation.seq == 2 && operation.operation.device == m_other.id()) {
            EXPECT_TRUE(reader.got().contains(operation.operation.d));
            ++branches;
        }
    EXPECT_EQ(branches, 2u);
}

TEST_F(Changes, aTabletWhoseReadingEndedGetsNothingMoreButWordOfItsOwnPhotos) {
    const Uuid check = startCheck(m_other);
    addFinding(m_other, check, "before");
    send(m_other);
    const auto scope = [&](const char *kind, const char *word) {
        append({{kind, newUuid(m_clock, m_random), {{"device", m_tablet.id()}, {"entity", check}, {word, "回避"}}}});
    };
    scope("scope.grant", "why");
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    reader.readAll();
    EXPECT_TRUE(ledger().inScope(m_tablet.id(), check).value());
    scope("scope.end", "reason");
    EXPECT_FALSE(ledger().inScope(m_tablet.id(), check).value());
    // It goes on recording: it has not heard of the end yet. Both tablets' photos arrive.
    addPhoto(m_tablet, check, check, Digest{1}, 100);
    send(m_tablet);
    addPhoto(m_other, check, check, Digest{2}, 100);
    addFinding(m_other, check, "after");
    send(m_other);
    ASSERT_TRUE(photoArrived(intake(), Digest{1}));
    ASSERT_TRUE(photoArrived(intake(), Digest{2}));
    reader.readAll();
    std::size_t told = 0;
    for (const LogOperation &operation : log()) {
        const bool got = reader.got().contains(operation.operation.d);
        if (operation.kind == "scope.end") {
            EXPECT_TRUE(got);
        }
        if (operation.kind == "finding.record") {
            EXPECT_EQ(got, rowOf(operation.entity).text("text") == "before") << operation.log;
        }
        if (operation.kind == "photos.received") {
            const EntityRow row = rowOf(operation.entity);
            EXPECT_EQ(got, *row.value("digests")->array()->front().digest() == Digest{1});
            told += got ? 1 : 0;
        }
    }
    EXPECT_EQ(told, 1u);
    // Given back, everything comes.
    scope("scope.grant", "why");
    reader.readAll();
    for (const LogOperation &operation : log())
        if (operation.check == check && operation.operation.device != m_tablet.id()) {
            EXPECT_TRUE(reader.got().contains(operation.operation.d)) << operation.kind;
        }
}

TEST_F(Changes, whatTheOfficeSaysOfItselfAndWhatIsNotedOfASiteComesToEverybody) {
    const Uuid site = newUuid(m_clock, m_random);
    m_other.make("site.note", m_other.newId(), {{"site", site}, {"text", "北门施工，从东门进"}});
    const Uuid given = m_other.newId();
    m_other.make("feedback.give", given, {{"text", "字太小"}});
    send(m_other);
    append({{"audit.head", newUuid(m_clock, m_random), {{"day", "2026-11-23"}, {"count", 3}, {"digest", Bytes(32, 7)}}},
            {"feedback.answer", newUuid(m_clock, m_random), {{"feedback", given}, {"text", "下一版放大"}}}});
    ChangesReader reader(ledger(), m_keys.ledger, m_tablet.id());
    ChangesReader theirs(ledger(), m_keys.ledger, m_other.id());
    reader.readAll();
    theirs.readAll();
    std::map<std::string, std::pair<bool, bool>> got;
    for (const LogOperation &operation : log())
        got[operation.kind] = {reader.got().contains(operation.operation.d),
                               theirs.got().contains(operation.operation.d)};
    EXPECT_EQ(got["audit.head"], std::pair(true, true));
    EXPECT_EQ(got["role.grant"], std::pair(true, true));
    EXPECT_TRUE(got["site.note"].first);
    EXPECT_FALSE(got["feedback.give"].first);
    EXPECT_EQ(got["feedback.answer"], std::pair(false, true)); // the answer goes to who asked
}
} // namespace
