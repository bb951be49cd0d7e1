#pragma once
// A tablet's data folder with one enrolled person, made through the engine; and an App over it, as main makes one.
#include "mobile/models/app.h"
#include "tests/unit/mobile/engine/test_tablet.h"
#include "tests/unit/mobile/models/eventually.h"

namespace zhicha::test {

class EnrolledTablet {
public:
    EnrolledTablet() {
        site = office.addSite("s1");
        item = derivedId(office.ledger, "item", "i1");
        office.append("item.register", item,
                      {{"code", "i1"},
                       {"number", "督〔2026〕15号"},
                       {"title", "南引道排水改造"},
                       {"source", 1},
                       {"kind", "general"},
                       {"lead", unit()},
                       {"cooperating", cbor::Array{}},
                       {"issued_on", "2026-09-01"},
                       {"due_on", "2026-11-20"},
                       {"responsible_person", "张三"},
                       {"supervisor", "李四"}});
        enrol("p1", kPin);
    }
    /** A colleague with a store of their own on this tablet; the office goes on with theirs. */
    void addColleague(const char *name, const char *pin) {
        office.person = name;
        office.personName = name;
        enrol(name, pin);
    }
    /** The unit that the office's sites belong to; nil if it made none. */
    [[nodiscard]] Uuid unit() const { return derivedId(office.ledger, "unit", "u1"); }
    [[nodiscard]] QString data() const { return QString::fromStdString(folder.path()); }

    TestClock clock;
    SeededRandom random{7};
    TempFolder folder;
    TestOffice office{clock};
    Uuid site;
    Uuid item;

private:
    void enrol(const std::string &person, const char *pin) {
        const std::string path = folder / person;
        auto disk = std::move(PosixDisk::open(path)).value();
        StoreOptions options;
        options.databasePath = path + "/store.db";
        options.cost = kCheapCost;
        auto store = std::move(LocalStore::openOrCreate(options, *disk, pin, random)).value();
        const Enrolment enrolment{"http://127.0.0.1:1", "abcd-1234", office.fingerprint(), "平板"};
        ZHICHA_CHECK(beginEnrolment(*store, enrolment, clock, random).has_value());
        SyncMachine machine(*store, clock, random);
        pump(machine, office);
        ZHICHA_CHECK(machine.state() == SyncMachine::State::Done);
    }
};

/** An App whose store is open. */
inline std::unique_ptr<App> openApp(const QString &data) {
    auto app = std::make_unique<App>(data);
    app->unlock(kPin);
    ZHICHA_CHECK(eventually([&] { return app->phase() == App::Phase::Open; }));
    return app;
}

} // namespace zhicha::test
