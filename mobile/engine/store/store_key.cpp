#include "mobile/engine/store/store_key.h"

#include "shared/files/durable_file.h"
#include "shared/oplog/cbor.h"

namespace zhicha {

namespace {
constexpr std::string_view kContext = "zhicha store key";
constexpr std::uint64_t kMaxKeyFileBytes = 4096;
// A file that asks for more is not ours: opening it must not take the tablet's memory.
constexpr std::int64_t kMaxMemoryBytes = std::int64_t{1} << 30;
constexpr std::int64_t kMaxOperations = 64;

struct KeyFile {
    Salt salt{};
    PasswordCost cost;
    Bytes wrapped;
};

Result<KeyFile> decodeKeyFile(ByteView bytes) {
    const Error damaged = fail(Code::StoreDamaged, "store.key is not a key file of this program");
    const auto value = cbor::decode(bytes);
    const cbor::Map *map = value ? value->map() : nullptr;
    if (map == nullptr)
        return damaged;
    const auto integer = [&](std::string_view key) {
        const auto it = map->find(key);
        return it == map->end() || it->second.integer() == nullptr ? -1 : *it->second.integer();
    };
    const auto raw = [&](std::string_view key) {
        const auto it = map->find(key);
        return it == map->end() || it->second.bytes() == nullptr ? Bytes() : *it->second.bytes();
    };
    if (integer("version") > 1)
        return fail(Code::StoreNewer, "store.key was written by a newer program");
    KeyFile file;
    const auto salt = fixedBytes<kSaltSize>(raw("salt"));
    file.wrapped = raw("wrapped");
    const std::int64_t memory = integer("memory");
    const std::int64_t operations = integer("operations");
    if (integer("version") != 1 || !salt || file.wrapped.empty() || memory < 0 || memory > kMaxMemoryBytes ||
        operations < 0 || operations > kMaxOperations)
        return damaged;
    file.salt = *salt;
    file.cost = {static_cast<std::uint64_t>(operations), static_cast<std::uint64_t>(memory)};
    return file;
}
} // namespace

Result<SecretKey> makeStoreKey(Disk &disk, std::string_view pin, const PasswordCost &cost, RandomSource &random) {
    const Salt salt = random.array<kSaltSize>();
    ZHICHA_ASSIGN(const SecretKey wrapping, keyFromPassword(pin, salt, cost));
    const SecretKey key = random.array<32>();
    const cbor::Map file{{"version", 1},
                         {"salt", Bytes(salt.begin(), salt.end())},
                         {"operations", static_cast<std::int64_t>(cost.operations)},
                         {"memory", static_cast<std::int64_t>(cost.memoryBytes)},
                         {"wrapped", seal(wrapping, key, kContext, random)}};
    ZHICHA_TRY(writeDurably(disk, kStoreKeyFile, cbor::encode(file)));
    return key;
}

Result<SecretKey> openStoreKey(Disk &disk, std::string_view pin) {
    ZHICHA_ASSIGN(const Bytes bytes, readWhole(disk, kStoreKeyFile, kMaxKeyFileBytes));
    ZHICHA_ASSIGN(const KeyFile file, decodeKeyFile(bytes));
    if (pin.empty())
        return fail(Code::WrongPin, "the store does not open without a PIN", Retry::AfterUser);
    ZHICHA_ASSIGN(const SecretKey wrapping, keyFromPassword(pin, file.salt, file.cost));
    const auto key = openSealed(wrapping, file.wrapped, kContext);
    const auto fixed = key ? fixedBytes<32>(*key) : std::nullopt;
    if (!fixed)
        return fail(Code::WrongPin, "the store does not open with this PIN", Retry::AfterUser);
    return *fixed;
}

} // namespace zhicha
