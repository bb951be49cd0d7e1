#include "mobile/platform/store_session.h"

#include <filesystem>
#include <sys/stat.h>

namespace zhicha {

Result<std::unique_ptr<StoreSession>> StoreSession::open(const std::string &folder, const std::string &pin,
                                                         bool mayCreate, const PasswordCost &cost) {
    if (!mayCreate && !std::filesystem::exists(folder + "/" + kStoreKeyFile))
        return fail(Code::NotFound, "there is no store in this folder: enrol first", Retry::AfterUser);
    umask(S_IRWXG | S_IRWXO); // whatever lies there is nobody else's to look at
    ZHICHA_ASSIGN(std::unique_ptr<PosixDisk> disk, PosixDisk::open(folder));
    StoreOptions options;
    options.databasePath = folder + "/store.db";
    options.cost = cost;
    auto store = mayCreate ? LocalStore::openOrCreate(options, *disk, pin, systemRandom())
                           : LocalStore::open(options, *disk, pin, systemRandom());
    if (!store)
        return std::move(store).error();
    return std::unique_ptr<StoreSession>(new StoreSession(std::move(disk), std::move(*store)));
}

} // namespace zhicha
