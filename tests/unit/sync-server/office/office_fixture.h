#pragma once
// An office with a ledger file of its own, its keys and clock, and tablets that are enrolled through the product's own
// door. Owner: a test; everything goes with it.
#include "shared/sqlite/database.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/office/office.h"
#include "sync-server/store/photo_store.h"
#include "tests/support/ops/op_builder.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json_fwd.hpp>

namespace zhicha::test {

class OfficeFixture : public testing::Test {
protected:
    OfficeFixture();

    /** As after a crash of the process: everything in memory goes, the file is opened again. */
    void reopen();
    [[nodiscard]] std::unique_ptr<LedgerReader> reader() const;
    [[nodiscard]] Intake &intake() { return *m_intake; }
    [[nodiscard]] LedgerWriter &ledger() { return *m_ledger; }

    /** Writes operations of the server chain in one transaction. */
    void append(std::vector<ServerOperation> operations);
    /** A person with these roles (words separated by spaces). */
    Uuid person(const std::string &name, const std::string &roles = "", const std::string &team = "");
    [[nodiscard]] Actor actor(const Uuid &person) const { return {person}; }
    /** A tablet that this person enrolled. */
    TestDevice enrolled(const Uuid &holder, std::uint64_t seed);
    [[nodiscard]] EnrolRequest enrolRequest(const TestDevice &device, const std::string &code) const;

    /** Signs and sends what the tablet made since the last time; it must be stored. Answers that run's verdict. */
    RunVerdict send(TestDevice &tablet);
    SubmitAnswer submit(const TestDevice &tablet, const std::vector<zhicha::Run> &runs);

    /** Appends to the tablet's chain (nothing is sent). */
    Uuid startCheck(TestDevice &tablet, const Uuid &site = Uuid{{5}}, const std::vector<Uuid> &items = {});
    Uuid addFinding(TestDevice &tablet, const Uuid &check, const std::string &text,
                    const std::string &severity = "minor");
    Uuid addPhoto(TestDevice &tablet, const Uuid &check, const Uuid &to, const Digest &photo, std::int64_t size);
    void finish(TestDevice &tablet, const Uuid &check);

    [[nodiscard]] EntityRow rowOf(const Uuid &entity); ///< fails the test if there is none
    [[nodiscard]] bool hasRow(const Uuid &entity);
    [[nodiscard]] std::vector<std::string> alarms(); ///< their `what`
    [[nodiscard]] std::vector<LogOperation> log();
    /** What fsck finds, with these photos if any. */
    nlohmann::json problems(PhotoStore *photos = nullptr);
    /** The ledger's file in the hands of somebody who has it; the office has let it go. */
    Result<Database> fileByHand();
    void byHand(const std::string &sql); ///< and back in the office's

    TempFolder m_folder;
    TestClock m_clock;
    SeededRandom m_random{99};
    SigningKey m_root;
    ServerKeys m_keys;
    std::unique_ptr<LedgerWriter> m_ledger;
    std::unique_ptr<Intake> m_intake;
};

} // namespace zhicha::test
