// Goal: a tablet's store that somebody changed crashes nobody who opens it, looks at it, records into it or syncs with
// it; and the store as it lies on a tablet, enciphered, says what it said or names an error. Method: libFuzzer; bits
// turned in the enciphered store's two files; or, to get past the cipher, bits and values of the same store without
// one. The product's own store, recorder and sync machine, in memory.
#include "mobile/engine/record/photo_intake.h"
#include "mobile/engine/record/track_keeper.h"
#include "mobile/engine/status/status_view.h"
#include "tests/fuzz/tamper.h"
#include "tests/support/sim_vfs.h"
#include "tests/unit/mobile/engine/test_tablet.h"

namespace {
using namespace zhicha;
using namespace zhicha::test;

const std::string kStore = "store.db";
constexpr int kInputsPerOffice = 200; ///< what tampered tablets brought adds up

/** Everything that a tablet's screens say, as one text. */
Result<std::string> everythingSaid(LocalStore &store) {
    StatusView view(store);
    ZHICHA_ASSIGN(const StatusSummary summary, view.summary());
    std::string out = summary.personName + ' ' + summary.server + ' ' + toHex(summary.stateHash) + ' ' +
                      std::to_string(summary.operations) + ' ' + std::to_string(summary.pendingOperations) + ' ' +
                      std::to_string(summary.pendingPhotos) + ' ' + std::to_string(summary.parkedRuns);
    ZHICHA_ASSIGN(const std::vector<OperationStatus> operations, view.operations());
    for (const OperationStatus &one : operations)
        out += '\n' + std::to_string(one.seq) + ' ' + one.kind + ' ' + toText(one.entity) + ' ' + one.outcome;
    for (const EntityType type : {EntityType::Check, EntityType::Finding, EntityType::Site})
        ZHICHA_TRY(store.entities().forEachOfType(type, [&](const Uuid &entity, const EntityRow &row) -> Status {
            out += '\n' + toText(entity) + ' ' + row.text("text");
            return {};
        }));
    ZHICHA_ASSIGN(const std::vector<Draft> drafts, store.drafts().all());
    for (const Draft &draft : drafts)
        out += '\n' + toText(draft.id) + ' ' + draft.kind + ' ' + toHex(cbor::encode(draft.content));
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> photos, store.photos().all());
    for (const PhotoRecord &photo : photos)
        out += '\n' + toHex(photo.digest) + ' ' + photo.file + ' ' + std::to_string(photo.size);
    return out;
}

/** A tablet with a check at the office, another that waits, a photo and a draft. */
struct Image {
    explicit Image(bool sealed) : office(clock), encrypted(sealed), random(5) {
        SimVfs vfs(disk, "fuzz-made", encrypted);
        auto store = open(disk, vfs).value();
        const Enrolment enrolment{"http://127.0.0.1:1", "abcd-1234", office.fingerprint(), "平板"};
        ZHICHA_CHECK(beginEnrolment(*store, enrolment, clock, random).has_value());
        const Uuid site = office.addSite("s1");
        sync(*store);
        Recorder recorder(*store, clock, random);
        CheckStart start;
        start.site = site;
        start.noFixReason = "室内";
        check = recorder.startCheck(start).value();
        FindingRecorded finding;
        finding.check = check;
        finding.severity = "minor";
        finding.text = "护栏缺失";
        PhotoToAdd photo;
        photo.check = check;
        photo.to = recorder.recordFinding(finding).value();
        sync(*store);
        ZHICHA_CHECK(PhotoIntake(recorder).add(photo, tinyPng(900)));
        ZHICHA_CHECK(recorder.finishCheck(check));
        ZHICHA_CHECK(store->drafts().put({newUuid(clock, random), "finding", check, {{"text", "正在写"}}, 1}));
        said = everythingSaid(*store).value();
    }
    void sync(LocalStore &store) {
        SyncMachine machine(store, clock, random);
        pump(machine, office);
    }
    Result<std::unique_ptr<LocalStore>> open(SimDisk &on, SimVfs &vfs) {
        StoreOptions options;
        options.databasePath = kStore;
        options.vfs = vfs.vfs();
        options.exclusive = true;
        options.encrypted = encrypted;
        options.cost = kCheapCost;
        return LocalStore::openOrCreate(options, on, encrypted ? kPin : "", random);
    }
    /** What a person and the network would go on to do. */
    void goOn(LocalStore &store) {
        (void)StatusView(store).brief().has_value();
        (void)StatusView(store).troubledOperations().has_value();
        (void)store.runs().parked().has_value();
        Recorder recorder(store, clock, random);
        FindingRecorded finding;
        finding.check = check;
        finding.severity = "minor";
        finding.text = "又一处";
        (void)recorder.recordFinding(finding).has_value();
        (void)recorder.tally(check, {1, 0, 0}).has_value();
        (void)PhotoIntake(recorder).recover().has_value();
        (void)TrackKeeper(recorder).journey().has_value();
        SyncMachine machine(store, clock, random);
        for (int i = 0; i < 60; ++i) // it may go on for ever: where it stands is what was changed
            if (const auto request = machine.next())
                machine.onResponse(office.handle(*request));
            else
                break;
        (void)everythingSaid(store).has_value();
    }

    TestClock clock;
    TestOffice office; ///< knows this tablet alone
    bool encrypted;
    SeededRandom random;
    SimDisk disk;
    Uuid check;
    std::string said;
};

/** Both forms of the store, each with its office; made anew now and then. */
struct Scene {
    Image plain{false}, sealed{true};
};
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static std::unique_ptr<Scene> scene;
    static int inputs = 0;
    if (size == 0)
        return 0;
    if (!scene || ++inputs % kInputsPerOffice == 0) {
        scene.reset();
        scene = std::make_unique<Scene>();
    }
    Image &image = data[0] % 4 == 0 ? scene->sealed : scene->plain;
    const auto disk = image.disk.copyAfter(PowerCut::KeepAll, 1);
    SimVfs vfs(*disk, "fuzz-tablet", image.encrypted);
    FuzzInput in(data + 1, size - 1);
    if (data[0] % 4 < 2) {
        changeBytes(*disk, image.encrypted ? std::vector<std::string>{kStore, "store.key"} : std::vector{kStore}, in);
    } else {
        DatabaseOptions options;
        options.path = kStore;
        options.vfs = vfs.vfs();
        options.exclusive = true;
        changeValues(options, in);
    }
    const auto store = image.open(*disk, vfs);
    if (!store)
        return 0;
    const auto said = everythingSaid(**store);
    if (image.encrypted && said)
        ZHICHA_CHECK(*said == image.said);
    image.goOn(**store);
    return 0;
}
