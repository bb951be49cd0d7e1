// Goal: revoking takes effect on what is here already, readmitting gives it back, and the list says how each tablet
// stands. Method: a tablet with five operations, cut and readmitted.
#include "sync-server/office/devices.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class Devices : public OfficeFixture {
protected:
    Devices() {
        m_check = startCheck(m_tablet);
        for (int i = 0; i < 4; ++i)
            m_findings.push_back(addFinding(m_tablet, m_check, "x"));
        send(m_tablet);
    }
    json device() {
        const auto list = listDevices(ledger());
        EXPECT_TRUE(list);
        return list ? (*list)["devices"].at(0) : json();
    }
    std::string id() { return toText(m_tablet.id()); }

    TestDevice m_tablet = enrolled(person("张三", "inspector"), 1);
    Uuid m_check;
    std::vector<Uuid> m_findings;
};

TEST_F(Devices, theListSaysHolderHeadAndStanding) {
    EXPECT_EQ(device()["id"], id());
    EXPECT_EQ(device()["holder"], "张三");
    EXPECT_EQ(device()["head"], 5);
    EXPECT_EQ(device()["standing"], "trusted");
    EXPECT_TRUE(device()["forks"].empty());
    EXPECT_EQ(listDevices(ledger()).value()["devices"].size(), 1u);
}

TEST_F(Devices, aRevocationCutsAndAReadmissionGivesBack) {
    const auto revoked = revokeDevice(intake(), {}, id(), 3, "遗失");
    ASSERT_TRUE(revoked) << revoked.error().detail;
    EXPECT_EQ((*revoked)["without_effect"], 2);
    EXPECT_TRUE(hasRow(m_findings[1]));
    EXPECT_FALSE(hasRow(m_findings[2]));
    EXPECT_FALSE(hasRow(m_findings[3]));
    EXPECT_EQ(device()["standing"], "revoked");
    EXPECT_EQ(device()["trusted_upto"], 3);
    ASSERT_TRUE(readmitDevice(intake(), {}, id(), 4, "找回"));
    EXPECT_TRUE(hasRow(m_findings[2]));
    EXPECT_FALSE(hasRow(m_findings[3]));
    EXPECT_EQ(device()["trusted_upto"], 4);
}

TEST_F(Devices, refusesWhatMakesNoSense) {
    EXPECT_EQ(readmitDevice(intake(), {}, id(), 9, "x").error().code, Code::WrongUsage);
    EXPECT_EQ(revokeDevice(intake(), {}, id(), -1, "x").error().code, Code::InvalidArgument);
    EXPECT_EQ(revokeDevice(intake(), {}, id(), 1, "").error().code, Code::InvalidArgument);
    for (const std::string &none : {std::string("tablet"), std::string(), toText(Uuid{{1}}), toText(m_keys.device())})
        EXPECT_EQ(revokeDevice(intake(), {}, none, 1, "x").error().code, Code::NotFound);
    EXPECT_EQ(revokeDevice(intake(), actor(person("x", "chief administrator")), id(), 1, "x").error().code,
              Code::NotAllowed);
    EXPECT_TRUE(revokeDevice(intake(), actor(person("y", "security")), id(), 1, "x"));
    EXPECT_EQ(readmitDevice(intake(), {}, id(), 1, "x").error().code, Code::WrongUsage);
}

TEST_F(Devices, aForkStandsInTheList) {
    TestDevice image = m_tablet;
    addFinding(m_tablet, m_check, "a");
    send(m_tablet);
    addFinding(image, m_check, "b");
    submit(image, {image.cutRun()});
    EXPECT_EQ(device()["standing"], "disputed");
    EXPECT_EQ(device()["disputed_from"], 6);
    EXPECT_EQ(device()["forks"].size(), 1u);
    EXPECT_EQ(listDevices(ledger()).value()["alarms"][0]["what"], "fork");
}
} // namespace
