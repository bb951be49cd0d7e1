#pragma once
// A tablet in a test: a store in a folder of its own, with what works on it.
#include "mobile/engine/record/photo_intake.h"
#include "shared/files/posix_disk.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/mobile/engine/test_office.h"

namespace zhicha::test {

inline constexpr PasswordCost kCheapCost{1, 8192};
inline constexpr const char *kPin = "246810";

class TestTablet {
public:
    explicit TestTablet(TestClock &testClock, std::uint64_t seed = 1) : clock(testClock), random(seed) {
        disk = std::move(PosixDisk::open(folder.path())).value();
        open();
    }
    void open() {
        recorder.reset();
        store.reset();
        StoreOptions options;
        options.databasePath = folder / "store.db";
        options.cost = kCheapCost;
        store = std::move(LocalStore::openOrCreate(options, *disk, kPin, random)).value();
        recorder.emplace(*store, clock, random);
    }
    /** Enrols with the office and pulls what is there. */
    void enrol(TestOffice &office) {
        const Enrolment enrolment{"http://127.0.0.1:1", "abcd-1234", office.fingerprint(), "平板"};
        ZHICHA_CHECK(beginEnrolment(*store, enrolment, clock, random).has_value());
        sync(office);
    }
    SyncMachine::State sync(TestOffice &office) {
        SyncMachine machine(*store, clock, random);
        pump(machine, office);
        error = machine.error();
        return machine.state();
    }
    Uuid startCheck(const Uuid &site) {
        CheckStart start;
        start.site = site;
        start.noFixReason = "室内";
        return recorder->startCheck(start).value();
    }
    Uuid addFinding(const Uuid &check, const std::string &text = "消防通道堵塞") {
        FindingRecorded finding;
        finding.check = check;
        finding.severity = "minor";
        finding.text = text;
        return recorder->recordFinding(finding).value();
    }

    TestClock &clock;
    SeededRandom random;
    TempFolder folder;
    std::unique_ptr<PosixDisk> disk;
    std::unique_ptr<LocalStore> store;
    std::optional<Recorder> recorder;
    std::optional<Error> error;
};

/** The smallest PNG, and the same with so many bytes behind its end (kept as they are). */
inline Bytes tinyPng(std::size_t more = 0) {
    Bytes png = *fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Er"
                            "kJggg==");
    for (std::size_t i = 0; i < more; ++i)
        png.push_back(static_cast<std::uint8_t>(i * 2654435761u >> 13));
    return png;
}

} // namespace zhicha::test
