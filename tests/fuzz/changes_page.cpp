// Goal: no page of changes crashes a tablet, moves its own chain or acknowledges anything, whoever made it. Method:
// libFuzzer; the first byte chooses: the rest as the whole answer, as the runs of a page that is sound otherwise, or as
// bits to turn in a page that a real office made (an erasure is in it). The product's sync machine and store, in
// memory, each time as they were before that page.
#include "tests/support/sim_vfs.h"
#include "tests/unit/mobile/engine/test_office.h"

#include "mobile/engine/record/recorder.h"

namespace {
using namespace zhicha;
using namespace zhicha::test;

/** An enrolled tablet with a check of its own, and a page that its office would give. */
struct Scene {
    Scene() : office(clock), random(5) {
        SimVfs vfs(disk, "fuzz-made");
        const auto store = open(disk, vfs);
        const Enrolment enrolment{"http://127.0.0.1:1", "abcd-1234", office.fingerprint(), "平板"};
        ZHICHA_CHECK(beginEnrolment(*store, enrolment, clock, random).has_value());
        const Uuid site = office.addSite("s1");
        sync(*store);
        Recorder recorder(*store, clock, random);
        CheckStart start;
        start.site = site;
        start.noFixReason = "室内";
        const Uuid check = recorder.startCheck(start).value();
        sync(*store);
        office.server.setActor(Uuid{{1}});
        const Digest d = *store->operations().ownDigestAt(1).value();
        office.append("body.erase_ask", Uuid{{7}},
                      {{"check", check},
                       {"digests", cbor::Array{d}},
                       {"photos", cbor::Array{d}},
                       {"reason", "x"},
                       {"asked_by", "x"},
                       {"asked_on", "2026-11-30"}});
        office.server.setActor(Uuid{{2}});
        office.append("body.erase", Uuid{{7}}, {{"erased_by", "x"}, {"erased_on", "2026-11-30"}});
    }
    std::unique_ptr<LocalStore> open(SimDisk &on, SimVfs &vfs) {
        StoreOptions options;
        options.databasePath = "store.db";
        options.vfs = vfs.vfs();
        options.exclusive = true;
        options.encrypted = false;
        return std::move(LocalStore::openOrCreate(options, on, "", random)).value();
    }
    void sync(LocalStore &store) {
        SyncMachine machine(store, clock, random);
        pump(machine, office);
    }

    TestClock clock;
    TestOffice office;
    SimDisk disk;
    SeededRandom random;
};

/** What the office's answer becomes. */
void bend(HttpResponse &response, std::uint8_t how, ByteView bytes) {
    if (how % 3 == 0) {
        response.body = toBytes(bytes);
    } else if (how % 3 == 1) {
        const auto value = cbor::decode(response.body);
        if (!value || value->map() == nullptr)
            return;
        cbor::Map page = *value->map();
        page["runs"] = cbor::Array{cbor::Array{std::int64_t{1}, toBytes(bytes)}};
        response.body = cbor::encode(page);
    } else {
        for (std::size_t i = 0; i + 2 < bytes.size() && !response.body.empty(); i += 3)
            response.body[(bytes[i] * 256u + bytes[i + 1]) % response.body.size()] ^= bytes[i + 2];
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static Scene scene;
    if (size == 0)
        return 0;
    const auto disk = scene.disk.copyAfter(PowerCut::KeepAll, 1);
    SimVfs vfs(*disk, "fuzz-tablet");
    const auto store = scene.open(*disk, vfs);
    const ChainHead head = store->chainHead().value();
    const std::int64_t acknowledged = store->acknowledged().value();
    scene.office.requests.clear();
    scene.office.tamper = [&](const HttpRequest &request, HttpResponse &response) {
        if (request.path.starts_with("/api/v1/changes"))
            bend(response, data[0], {data + 1, size - 1});
    };
    scene.sync(*store);
    ZHICHA_CHECK(store->chainHead().value() == head);
    ZHICHA_CHECK(store->acknowledged().value() == acknowledged);
    ZHICHA_CHECK(store->database().quickCheck().has_value());
    return 0;
}
