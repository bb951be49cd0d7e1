#include "tests/support/sim_vfs.h"

#include "shared/files/durable_file.h"

#include <cstring>
#include <new>
#include <set>
#include <sqlite3.h>

namespace zhicha::test {

struct SimVfs::State {
    SimDisk *disk = nullptr;
    std::string name;
    sqlite3_vfs vfs{};
    std::mutex mutex;
    std::map<std::string, const void *> lockedBy; ///< path → the open file that holds it
    std::set<std::string> unnamed;                ///< made, not yet synced: their names are not durable
    std::uint64_t temporary = 0;
    bool encrypted = false;
};

namespace {

using State = SimVfs::State;

struct File {
    sqlite3_file base; // first: SQLite sees this
    State *state;
    DiskFile *file;
    std::string *path;
    bool deleteOnClose;
    int level;
};

File &own(sqlite3_file *file) {
    return *reinterpret_cast<File *>(file);
}
State &own(sqlite3_vfs *vfs) {
    return *static_cast<State *>(vfs->pAppData);
}

int close(sqlite3_file *raw) {
    File &file = own(raw);
    {
        const std::scoped_lock lock(file.state->mutex);
        if (const auto held = file.state->lockedBy.find(*file.path);
            held != file.state->lockedBy.end() && held->second == raw)
            file.state->lockedBy.erase(held);
    }
    if (file.deleteOnClose)
        (void)!file.state->disk->remove(*file.path); // a temporary file: nothing depends on it
    delete file.file;
    delete file.path;
    return SQLITE_OK;
}

int read(sqlite3_file *raw, void *out, int size, sqlite3_int64 offset) {
    auto got = own(raw).file->readAt(static_cast<std::uint64_t>(offset),
                                     {static_cast<std::uint8_t *>(out), static_cast<std::size_t>(size)});
    if (!got)
        return SQLITE_IOERR_READ;
    if (*got == static_cast<std::size_t>(size))
        return SQLITE_OK;
    std::memset(static_cast<std::uint8_t *>(out) + *got, 0, static_cast<std::size_t>(size) - *got);
    return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file *raw, const void *from, int size, sqlite3_int64 offset) {
    const Status status = own(raw).file->writeAt(
        static_cast<std::uint64_t>(offset), {static_cast<const std::uint8_t *>(from), static_cast<std::size_t>(size)});
    if (status)
        return SQLITE_OK;
    return status.error().code == Code::DiskFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file *raw, sqlite3_int64 size) {
    return own(raw).file->truncate(static_cast<std::uint64_t>(size)) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file *raw, int) {
    File &file = own(raw);
    if (!file.file->sync())
        return SQLITE_IOERR_FSYNC;
    const std::scoped_lock lock(file.state->mutex);
    if (!file.state->unnamed.contains(*file.path))
        return SQLITE_OK;
    if (!file.state->disk->syncFolder(folderOf(*file.path)))
        return SQLITE_IOERR_DIR_FSYNC;
    file.state->unnamed.erase(*file.path);
    return SQLITE_OK;
}

int fileSize(sqlite3_file *raw, sqlite3_int64 *out) {
    auto size = own(raw).file->size();
    if (!size)
        return SQLITE_IOERR_FSTAT;
    *out = static_cast<sqlite3_int64>(*size);
    return SQLITE_OK;
}

int lock(sqlite3_file *raw, int level) {
    File &file = own(raw);
    const std::scoped_lock guard(file.state->mutex);
    const auto [holder, isNew] = file.state->lockedBy.try_emplace(*file.path, raw);
    if (holder->second != raw)
        return SQLITE_BUSY;
    file.level = std::max(file.level, level);
    return SQLITE_OK;
}

int unlock(sqlite3_file *raw, int level) {
    File &file = own(raw);
    const std::scoped_lock guard(file.state->mutex);
    file.level = level;
    if (level == SQLITE_LOCK_NONE)
        file.state->lockedBy.erase(*file.path);
    return SQLITE_OK;
}

int checkReserved(sqlite3_file *raw, int *out) {
    File &file = own(raw);
    const std::scoped_lock guard(file.state->mutex);
    const auto holder = file.state->lockedBy.find(*file.path);
    *out = holder != file.state->lockedBy.end() && holder->second != raw ? 1 : 0;
    return SQLITE_OK;
}

int control(sqlite3_file *, int, void *) {
    return SQLITE_NOTFOUND;
}
int sectorSize(sqlite3_file *) {
    return 4096; // what SQLite's unix VFS says
}
int characteristics(sqlite3_file *) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; // true of the model: only sectors that are written can change
}

const sqlite3_io_methods kMethods = {
    1,          close,           read,    write,   truncate, sync,    fileSize, lock,   unlock, checkReserved, control,
    sectorSize, characteristics, nullptr, nullptr, nullptr,  nullptr, nullptr,  nullptr};

int openFile(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *raw, int flags, int *outFlags) {
    State &state = own(vfs);
    File &file = own(raw);
    file.base.pMethods = nullptr;
    std::string path = name != nullptr ? name : "temporary-" + std::to_string(++state.temporary);
    const bool create = name == nullptr || (flags & SQLITE_OPEN_CREATE) != 0;
    const bool isNew = !state.disk->exists(path);
    auto opened = state.disk->open(path, create                                ? Disk::Open::Create
                                         : (flags & SQLITE_OPEN_READONLY) != 0 ? Disk::Open::Read
                                                                               : Disk::Open::ReadWrite);
    if (!opened)
        return opened.error().code == Code::NotFound ? SQLITE_CANTOPEN : SQLITE_IOERR;
    if (isNew) {
        const std::scoped_lock guard(state.mutex);
        state.unnamed.insert(path);
    }
    file.state = &state;
    file.file = std::move(opened).value().release();
    file.path = new std::string(std::move(path));
    file.deleteOnClose = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    file.level = SQLITE_LOCK_NONE;
    file.base.pMethods = &kMethods;
    if (outFlags != nullptr)
        *outFlags = flags;
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs *vfs, const char *path, int syncFolder) {
    const Status status = own(vfs).disk->remove(path);
    if (!status)
        return status.error().code == Code::NotFound ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
    if (syncFolder != 0 && !own(vfs).disk->syncFolder(folderOf(path)))
        return SQLITE_IOERR_DIR_FSYNC;
    return SQLITE_OK;
}

int access(sqlite3_vfs *vfs, const char *path, int, int *out) {
    if (own(vfs).disk->crashed())
        return SQLITE_IOERR_ACCESS;
    *out = own(vfs).disk->exists(path) ? 1 : 0;
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs *, const char *path, int size, char *out) {
    if (static_cast<int>(std::strlen(path)) >= size)
        return SQLITE_CANTOPEN;
    std::strcpy(out, path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs *, int size, char *out) {
    std::memset(out, 7, static_cast<std::size_t>(size));
    return size;
}
int sleep(sqlite3_vfs *, int microseconds) {
    return microseconds; // time does not pass here
}
int currentTime(sqlite3_vfs *, double *out) {
    *out = 2461000.5; // the product takes time from its Clock, never from SQL
    return SQLITE_OK;
}
int lastError(sqlite3_vfs *, int, char *) {
    return 0;
}

} // namespace

SimVfs::SimVfs(SimDisk &disk, std::string name, bool encrypted) : m_state(std::make_unique<State>()) {
    m_state->disk = &disk;
    m_state->name = std::move(name);
    m_state->encrypted = encrypted;
    sqlite3_vfs &vfs = m_state->vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(File);
    vfs.mxPathname = 512;
    vfs.zName = m_state->name.c_str();
    vfs.pAppData = m_state.get();
    vfs.xOpen = openFile;
    vfs.xDelete = removeFile;
    vfs.xAccess = access;
    vfs.xFullPathname = fullPath;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep;
    vfs.xCurrentTime = currentTime;
    vfs.xGetLastError = lastError;
    ZHICHA_CHECK(sqlite3_initialize() == SQLITE_OK);
    ZHICHA_CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
    m_vfsName = m_state->name;
    if (encrypted) {
        ZHICHA_CHECK(sqlite3mc_vfs_create(m_state->name.c_str(), 0) == SQLITE_OK);
        m_vfsName = "multipleciphers-" + m_state->name;
    }
}

SimVfs::~SimVfs() {
    if (m_state->encrypted)
        sqlite3mc_vfs_destroy(m_vfsName.c_str());
    sqlite3_vfs_unregister(&m_state->vfs);
}

void SimVfs::seedEngine(std::uint32_t seed) {
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed | 1u), nullptr);
}

} // namespace zhicha::test
