#include "sync-server/cli/serve.h"

#include "shared/files/posix_disk.h"
#include "sync-server/http/listener.h"
#include "sync-server/http/resources/console/api_description.h"
#include "sync-server/http/resources/console/console_pages.h"
#include "sync-server/http/resources/console/console_routes.h"
#include "sync-server/http/resources/service_resource.h"
#include "sync-server/http/resources/tablet/ledger_blob_gate.h"
#include "sync-server/http/resources/tablet/tablet_resource.h"
#include "sync-server/http/tls_identity.h"
#include "sync-server/office/checkpoint_file.h"
#include "sync-server/office/console/finish_erasure.h"
#include "sync-server/office/console/index_keeper.h"
#include "sync-server/office/ledger/book.h"
#include "sync-server/store/directory/directory_photo_store.h"
#include "sync-server/store/sqlite/mbtiles.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/stat.h>

namespace zhicha {

namespace {
constexpr const char *kUrlSetting = "server_url";

/** The key of one photo: made once, in the ledger before the first byte of the photo is written. */
PhotoKeyOf photoKeys(LedgerAccess &access, bool sealed) {
    return [&access, sealed](const Digest &photo) -> Result<std::optional<FileKey>> {
        if (!sealed)
            return std::optional<FileKey>();
        ZHICHA_ASSIGN(std::optional<Bytes> known,
                      access.look<std::optional<Bytes>>([&](LedgerReader &reader) { return reader.photoKey(photo); }));
        if (!known) {
            ZHICHA_ASSIGN(known, access.ask<std::optional<Bytes>>([&](Intake &intake) -> Result<std::optional<Bytes>> {
                ZHICHA_TRY(intake.ledger().begin());
                const Status put = intake.ledger().putPhotoKey(photo, intake.random().array<32>());
                if (!put) {
                    intake.ledger().rollback();
                    return put.error();
                }
                ZHICHA_TRY(intake.ledger().commit());
                return intake.ledger().photoKey(photo); // another upload may have been first
            }));
        }
        const auto key = fixedBytes<32>(known.value_or(Bytes()));
        if (!key)
            return fail(Code::StoreDamaged, "the key of a photo does not read");
        return std::optional(*key);
    };
}
} // namespace

struct OpenFolder::Parts {
    FolderSecrets secrets;
    std::unique_ptr<LedgerWriter> writer; ///< of the direct form
    std::unique_ptr<Intake> intake;
    std::unique_ptr<LedgerAccess> access;
    std::unique_ptr<PosixDisk> disk;
    std::unique_ptr<PhotoStore> photos;
};

OpenFolder::OpenFolder(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
OpenFolder::~OpenFolder() = default;
LedgerAccess &OpenFolder::access() {
    return *m_parts->access;
}
PhotoStore &OpenFolder::photos() {
    return *m_parts->photos;
}
const FolderSecrets &OpenFolder::secrets() const {
    return m_parts->secrets;
}

Result<std::unique_ptr<OpenFolder>> OpenFolder::open(const LedgerFolder &folder, bool threaded, bool evenIfBehind) {
    if (!folder.exists())
        return fail(Code::NotFound, folder.path() + " holds no ledger; make one with: zhicha-server init DIR");
    ZHICHA_ASSIGN(FolderSecrets secrets, folder.readSecrets());
    ZHICHA_TRY(folder.sealOldTables(secrets, systemRandom()));
    auto parts = std::unique_ptr<Parts>(new Parts{std::move(secrets), nullptr, nullptr, nullptr, nullptr, nullptr});
    const LedgerStoreOptions options = folder.sealedOptions(parts->secrets.keys.tokenKey);
    if (threaded) {
        ZHICHA_ASSIGN(parts->access, ThreadedAccess::start([options] { return openSqliteLedger(options); },
                                                           [options] { return openSqliteLedgerReader(options); },
                                                           parts->secrets.keys, systemClock(), systemRandom()));
    } else {
        ZHICHA_ASSIGN(parts->writer, openSqliteLedger(options));
        parts->intake = std::make_unique<Intake>(*parts->writer, parts->secrets.keys, systemClock(), systemRandom());
        parts->access = std::make_unique<DirectAccess>(*parts->intake);
    }
    if (!evenIfBehind)
        ZHICHA_TRY(parts->access->read(
            [&](LedgerReader &reader) { return ledgerIsWhole(reader, parts->secrets.keys, folder.ledgerPath()); }));
    ZHICHA_ASSIGN(parts->disk, PosixDisk::open(folder.photosPath()));
    parts->photos = std::make_unique<DirectoryPhotoStore>(*parts->disk, systemRandom(),
                                                          photoKeys(*parts->access, folder.key().has_value()));
    return std::unique_ptr<OpenFolder>(new OpenFolder(std::move(parts)));
}

std::string knownServerUrl(LedgerAccess &access) {
    const auto url =
        access.look<std::optional<std::string>>([](LedgerReader &reader) { return reader.setting(kUrlSetting); });
    return url && *url ? **url : "https://127.0.0.1:8443";
}

namespace {
Status rememberUrl(LedgerAccess &access, const std::string &url) {
    return access.write([&](Intake &intake) -> Status {
        ZHICHA_TRY(intake.ledger().begin());
        if (Status put = intake.ledger().putSetting(kUrlSetting, url); !put) {
            intake.ledger().rollback();
            return put;
        }
        return intake.ledger().commit();
    });
}

/** Refuses a key that no note lists: tablets would rightly not speak to it. */
Status tlsKeyIsListed(const KeyNote &note, const TlsMaterial &tls) {
    ZHICHA_ASSIGN(const Digest digest, tlsKeyDigestOf(tls.certificatePem));
    if (std::find(note.tlsKeys.begin(), note.tlsKeys.end(), digest) == note.tlsKeys.end())
        return fail(Code::WrongServer,
                    "no key note lists this TLS key; list it with: zhicha-server key DIR --purpose tls");
    return {};
}

/** Blocks the signals in every thread made from here on, so that one place waits for them. */
sigset_t blockStopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}
} // namespace

Status serve(const LedgerFolder &folder, const ServeOptions &options) {
    const sigset_t signals = blockStopSignals();
    ZHICHA_ASSIGN(const FolderLock lock, FolderLock::take(folder));
    ZHICHA_ASSIGN(const std::unique_ptr<OpenFolder> open, OpenFolder::open(folder, true));
    const TlsMaterial &tls = options.tlsFiles ? *options.tlsFiles : open->secrets().tls;
    if (options.tls)
        ZHICHA_TRY(tlsKeyIsListed(open->secrets().keys.note, tls));

    // What a crash cut short of an erasure; while a reader is in the way it stays owed, and fsck says so.
    if (const Status finished = finishErasures(open->access(), open->photos()); !finished)
        std::fprintf(stderr, "zhicha-server: 有抹除尚未清理完 · an erasure is not finished: %s\n",
                     finished.error().detail.c_str());

    Metrics metrics;
    AccessLog log;
    Router router;
    addTabletRoutes(router, open->access());
    LedgerBlobGate gate(open->access());
    addBlobRoutes(router, open->photos(), gate);
    addServiceRoutes(router, metrics, [&]() -> Status {
        const auto count = open->access().look<std::int64_t>([](LedgerReader &reader) { return reader.leafCount(); });
        return count ? Status() : Status(count.error());
    });
    const SignIn signIn(open->secrets().keys, systemClock(), systemRandom());
    EventHub hub;
    IndexKeeper keeper(open->access(), hub, open->photos());
    const std::unique_ptr<TileSource> tiles = openMbtilesFolder(folder.path() + "/tiles");
    LedgerBook book;
    ConsoleContext console{open->access(), open->photos(), signIn, hub, keeper, *tiles, book, {}};
    ConsoleGate consoleGate(router, console);
    addConsoleRoutes(consoleGate);
    addApiDescription(router);
    addConsolePages(router, consoleFiles());
    ListenerSettings settings;
    settings.address = options.address;
    settings.port = options.port;
    settings.tls = options.tls;
    settings.tlsFiles = {tls.certificatePem, tls.privateKeyPem};
    ZHICHA_ASSIGN(const std::unique_ptr<Listener> listener,
                  Listener::start(settings, router, metrics, log, systemClock()));
    const std::string url = !options.publicUrl.empty() ? options.publicUrl
                                                       : std::string(options.tls ? "https" : "http") + "://" +
                                                             options.address + ":" + std::to_string(listener->port());
    ZHICHA_TRY(rememberUrl(open->access(), url));
    console.serverUrl = url;
    keeper.start();
    ZHICHA_ASSIGN(const std::unique_ptr<ControlSocket> control,
                  ControlSocket::listen(folder, [&](const ControlRequest &request) {
                      return runInProcess(request, open->access(), open->photos(), folder, url);
                  }));
    std::fprintf(stderr, "zhicha-server: 正在服务 · serving %s from %s\n", url.c_str(), folder.path().c_str());
    int received = 0;
    sigwait(&signals, &received);
    std::fprintf(stderr, "zhicha-server: 正在停止，等进行中的请求完成 · stopping, running requests finish first\n");
    listener->stop();
    return {};
}

} // namespace zhicha
