#include "mobile/engine/store/local_store.h"

#include "shared/sqlite/migrator.h"

namespace zhicha {

extern const std::span<const Migration> tabletMigrations;

Result<std::unique_ptr<LocalStore>> LocalStore::openOrCreate(const StoreOptions &options, Disk &disk,
                                                             std::string_view pin, RandomSource &random) {
    if (!options.encrypted)
        return openWith(options, disk, std::nullopt, random);
    if (disk.exists(kStoreKeyFile))
        return open(options, disk, pin, random);
    ZHICHA_ASSIGN(const SecretKey key, makeStoreKey(disk, pin, options.cost, random));
    return openWith(options, disk, key, random);
}

Result<std::unique_ptr<LocalStore>> LocalStore::open(const StoreOptions &options, Disk &disk, std::string_view pin,
                                                     RandomSource &random) {
    if (!options.encrypted)
        return openWith(options, disk, std::nullopt, random);
    ZHICHA_ASSIGN(const SecretKey key, openStoreKey(disk, pin));
    return openWith(options, disk, key, random);
}

Result<std::unique_ptr<LocalStore>> LocalStore::openWith(const StoreOptions &options, Disk &disk,
                                                         const std::optional<SecretKey> &key, RandomSource &random) {
    DatabaseOptions database;
    database.path = options.databasePath;
    database.key = key;
    database.keyIsProven = key.has_value(); // unwrapped, so a page that it does not open is damage, not a wrong PIN
    database.vfs = options.vfs;
    database.exclusive = options.exclusive;
    ZHICHA_ASSIGN(Database db, Database::open(database));
    ZHICHA_TRY(migrate(db, tabletMigrations));
    std::unique_ptr<LocalStore> store(new LocalStore(std::move(db), disk));
    ZHICHA_TRY(store->load(random));
    return store;
}

Status LocalStore::load(RandomSource &random) {
    ZHICHA_TRY(m_disk.makeFolder("photos"));
    ZHICHA_ASSIGN(const std::optional<Bytes> nameKey, m_state.get(statekey::kFileNameKey));
    if (!nameKey) {
        const auto fresh = random.array<32>();
        ZHICHA_TRY(m_state.put(statekey::kFileNameKey, fresh));
    }
    return reload();
}

Status LocalStore::reload() {
    ZHICHA_ASSIGN(const std::optional<cbor::Value> identity, m_state.value(statekey::kIdentity));
    if (!identity)
        return {};
    ZHICHA_ASSIGN(m_identity, identityFromValue(*identity));
    m_fold.setLedger(m_identity->ledger);
    ZHICHA_ASSIGN(const std::optional<Bytes> note, m_state.get(statekey::kKeyNote));
    if (note) {
        auto opened = openKeyNote(*note, m_identity->fingerprint);
        if (!opened)
            return fail(Code::StoreDamaged, "the stored key note does not verify");
        m_keyNote = std::move(*opened);
    }
    return {};
}

Status LocalStore::setIdentity(const Identity &identity) {
    ZHICHA_TRY(m_state.putValue(statekey::kIdentity, identityValue(identity)));
    return m_db.inTransaction() ? Status() : reload();
}

Result<Identity> LocalStore::enrolledIdentity() const {
    if (!m_identity || !m_identity->enrolled)
        return fail(Code::UnknownDevice, "this tablet is not enrolled yet", Retry::AfterUser);
    return *m_identity;
}

Status LocalStore::setKeyNote(const KeyNote &note, ByteView asSigned) {
    ZHICHA_TRY(m_state.put(statekey::kKeyNote, asSigned));
    const auto admit = [&](const Uuid &device, std::int64_t generation) -> Status {
        ZHICHA_ASSIGN(DeviceFacts facts, m_fold.deviceFacts(device));
        facts.server = true;
        facts.generation = generation;
        return m_fold.setDeviceFacts(device, facts);
    };
    ZHICHA_TRY(admit(note.serverDevice, note.generation));
    for (const KeyNote::Past &past : note.past)
        ZHICHA_TRY(admit(past.serverDevice, past.generation));
    return m_db.inTransaction() ? Status() : reload();
}

Status LocalStore::forgetKeyNote() {
    ZHICHA_CHECK(!m_identity || !m_identity->enrolled);
    m_keyNote.reset();
    return m_state.remove(statekey::kKeyNote);
}

Result<std::optional<Checkpoint>> LocalStore::checkpoint() {
    ZHICHA_ASSIGN(const std::optional<cbor::Value> value, m_state.value(statekey::kCheckpoint));
    if (!value)
        return std::optional<Checkpoint>();
    ZHICHA_ASSIGN(const Checkpoint checkpoint, checkpointFromValue(*value));
    return std::optional(checkpoint);
}

Status LocalStore::setCheckpoint(const Checkpoint &checkpoint) {
    return m_state.putValue(statekey::kCheckpoint, checkpointValue(checkpoint));
}

Result<std::optional<ClockEstimate>> LocalStore::clock() {
    ZHICHA_ASSIGN(const std::optional<cbor::Value> value, m_state.value(statekey::kClock));
    if (!value)
        return std::optional<ClockEstimate>();
    ZHICHA_ASSIGN(const ClockEstimate estimate, clockFromValue(*value));
    return std::optional(estimate);
}

Status LocalStore::setClock(const ClockEstimate &estimate) {
    return m_state.putValue(statekey::kClock, clockValue(estimate));
}

Result<ChainHead> LocalStore::chainHead() {
    ZHICHA_ASSIGN(const std::optional<ChainHead> head, m_operations.ownHead());
    if (head)
        return *head;
    ZHICHA_ASSIGN(const Identity identity, enrolledIdentity());
    return ChainHead{0, chainStart(identity.ledger, kSuite1, identity.device, identity.signingKey().publicKey())};
}

Result<std::int64_t> LocalStore::acknowledged() {
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, checkpoint());
    if (!known)
        return std::int64_t{0};
    // In a new origin the chain counts as received up to where the office's head equals ours (docs/PROTOCOL.md
    // "Restore"); before that, receipts alone count.
    std::int64_t base = 0;
    ZHICHA_ASSIGN(const std::optional<cbor::Value> origin, m_state.value(statekey::kOrigin));
    if (origin && origin->array() != nullptr && origin->array()->size() == 2 &&
        (*origin->array())[0].integer() != nullptr && (*origin->array())[1].integer() != nullptr &&
        *(*origin->array())[0].integer() == known->generation)
        base = *(*origin->array())[1].integer();
    return m_runs.acknowledged(known->generation, base);
}

} // namespace zhicha
