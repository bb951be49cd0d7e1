#include "tests/fault/crash_images/image_taker.h"

#include "shared/crypto/digest.h"
#include "sync-server/office/fsck.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <nlohmann/json.hpp>

namespace zhicha::test {

namespace {
constexpr std::array kCuts{PowerCut::LoseAll, PowerCut::Torn, PowerCut::TornSector, PowerCut::KeepAll};
constexpr std::array kCutNames{"all unsynced lost", "a part lost", "a torn sector", "nothing lost"};
constexpr std::size_t kMostWaiting = 64; ///< images kept in memory at once

Error lost(const std::string &what) {
    return fail(Code::Internal, what);
}
} // namespace

ImageTaker::ImageTaker(World &world, std::string workload, int every)
    : m_world(world), m_workload(std::move(workload)), m_every(every), m_told(world.tablets.size()) {
    learn();
}

ImageTaker::~ImageTaker() {
    for (SimDisk *disk : m_watched)
        disk->beforeEachChange(nullptr);
}

void ImageTaker::watchTablet(SimTablet &tablet) {
    watch(tablet.disk, "tablet " + std::to_string(tablet.number), [this, number = tablet.number](SimDisk &disk) {
        return checkTablet(disk, m_told[static_cast<std::size_t>(number)]);
    });
}

void ImageTaker::watchOffice() {
    watch(m_world.office.disk, "office", [this](SimDisk &disk) { return checkOffice(disk); });
}

void ImageTaker::watchOther(SimDisk &disk, std::function<Status(SimDisk &)> check) {
    watch(disk, "copy", std::move(check));
}

void ImageTaker::watch(SimDisk &disk, const std::string &name, std::function<Status(SimDisk &)> check) {
    m_watched.push_back(&disk);
    disk.beforeEachChange([this, name, check, calls = std::int64_t{0}](const SimDisk::ImageMaker &make) mutable {
        ++calls;
        if (m_changes++ % m_every != 0)
            return;
        for (std::size_t i = 0; i < kCuts.size(); ++i)
            m_images.push_back({make(kCuts[i], static_cast<std::uint64_t>(m_changes) * 8 + i + m_world.seed), check,
                                m_workload + ", " + name + ", change " + std::to_string(calls) + ", " + kCutNames[i]});
        // Within a long step the images pile up; what was told does not change meanwhile.
        while (m_images.size() > kMostWaiting) {
            this->check(m_images.front());
            m_images.erase(m_images.begin());
        }
    });
}

void ImageTaker::forget(SimDisk &disk) {
    disk.beforeEachChange(nullptr);
    std::erase(m_watched, &disk);
}

void ImageTaker::step(const std::function<void()> &work) {
    work();
    for (Image &image : m_images)
        check(image);
    m_images.clear();
    learn();
}

/** What the person can see after a step, is told. */
void ImageTaker::learn() {
    for (const auto &tablet : m_world.tablets) {
        Told &told = m_told[static_cast<std::size_t>(tablet->number)];
        if (!tablet->running())
            continue;
        told.saved = tablet->saved;
        told.acknowledged = tablet->acknowledged;
        const auto photos = tablet->store->photos().all();
        if (!photos)
            continue;
        for (const PhotoRecord &photo : *photos) {
            if (photo.state == PhotoState::Capturing)
                continue;
            told.photos.insert(photo.digest);
            if (photo.state == PhotoState::Delivered && !photo.preview)
                told.delivered.insert(photo.digest);
        }
    }
}

void ImageTaker::check(Image &image) {
    ++m_count;
    const Status checked = image.check(*image.disk);
    if (!checked && m_violations.size() < 20)
        m_violations.push_back(image.where + ": " + std::string(codeName(checked.error().code)) + ": " +
                               checked.error().detail);
}

Status ImageTaker::checkTablet(SimDisk &disk, const Told &told) {
    const SimVfs vfs(disk, "image-tablet");
    StoreOptions options;
    options.databasePath = "store.db";
    options.vfs = vfs.vfs();
    options.exclusive = true;
    options.encrypted = false;
    SeededRandom random(7);
    SimClock clock(m_world.nowMs);
    ZHICHA_ASSIGN(const std::unique_ptr<LocalStore> store, LocalStore::openOrCreate(options, disk, "", random));
    ZHICHA_TRY(store->database().quickCheck());
    Recorder recorder(*store, clock, random);
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> adoptable, PhotoIntake(recorder).recover());
    ZHICHA_ASSIGN(const std::vector<OperationBytes> own,
                  store->operations().ownBytes(1, static_cast<std::int64_t>(told.saved.size()) + 1000));
    if (own.size() < told.saved.size())
        return lost("8 saved: " + std::to_string(own.size()) + " of " + std::to_string(told.saved.size()));
    for (std::size_t i = 0; i < told.saved.size(); ++i)
        if (own[i].digest() != told.saved[i])
            return lost("8 saved: operation " + std::to_string(i + 1) + " is another");
    if (store->identity() && store->identity()->enrolled) {
        ZHICHA_ASSIGN(const ChainHead head, store->chainHead());
        ZHICHA_ASSIGN(const std::int64_t acknowledged, store->acknowledged());
        if (head.seq != static_cast<std::int64_t>(own.size()) || acknowledged < told.acknowledged)
            return lost("10 outbox: " + std::to_string(acknowledged) + " acknowledged, " +
                        std::to_string(told.acknowledged) + " were told");
    } else if (!told.saved.empty()) {
        return lost("8 saved: the identity is gone");
    }
    for (const auto &[id, content] : told.drafts) {
        ZHICHA_ASSIGN(const std::optional<Draft> draft, store->drafts().get(id));
        if (!draft)
            return lost("9 kept: a draft is gone");
    }
    for (const Digest &photo : told.photos) {
        ZHICHA_ASSIGN(const std::optional<PhotoRecord> kept, store->photos().find(photo));
        Sha256 digest;
        const Status read = kept && kept->state != PhotoState::Capturing
                                ? PhotoIntake::read(*store, *kept, 0, static_cast<std::uint64_t>(kept->size),
                                                    [&](ByteView piece) {
                                                        digest.update(piece);
                                                        return Status();
                                                    })
                                : Status(lost(""));
        if (!read || digest.digest() != photo)
            return lost("9 kept: a photo is gone or unreadable");
    }
    return {};
}

Status ImageTaker::checkOffice(SimDisk &disk) {
    const SimVfs vfs(disk, "image-office");
    const ServerKeys &keys = m_world.office.keys();
    LedgerStoreOptions options;
    options.path = "ledger.db";
    options.vfs = vfs.vfs();
    options.exclusive = true;
    options.sealKey = sealKeyOf(keys.tokenKey);
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(options));
    SeededRandom random(9);
    DirectoryPhotoStore photos(
        disk, random, [sealed = m_world.office.sealedPhotos](const Digest &photo) -> Result<std::optional<FileKey>> {
            return sealed ? std::optional<FileKey>(sha256(photo)) : std::nullopt;
        });
    ZHICHA_ASSIGN(const nlohmann::json found, checkLedger(*ledger, keys, &photos));
    if (!found.at("ok").get<bool>())
        return lost("fsck: " + found.at("problems").dump().substr(0, 300));
    for (const auto &tablet : m_world.tablets) {
        const Told &told = m_told[static_cast<std::size_t>(tablet->number)];
        if (told.acknowledged == 0)
            continue;
        ZHICHA_ASSIGN(const auto there,
                      ledger->operationsOfChain(tablet->store->identity()->device, 0, 1, told.acknowledged));
        if (static_cast<std::int64_t>(there.size()) != told.acknowledged)
            return lost("1 acknowledged: " + std::to_string(there.size()) + " of " + std::to_string(told.acknowledged));
        for (std::size_t i = 0; i < there.size(); ++i)
            if (there[i].operation.d != told.saved[i])
                return lost("1 acknowledged: operation " + std::to_string(i + 1) + " is another");
        for (const Digest &photo : told.delivered)
            if (!photos.verify(photo))
                return lost("1 acknowledged: a delivered photo is not whole");
    }
    return {};
}

} // namespace zhicha::test
