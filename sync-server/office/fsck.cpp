#include "sync-server/office/fsck.h"

#include "sync-server/intake/audience.h"
#include "sync-server/intake/transaction.h"
#include "sync-server/office/rebuild.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
constexpr std::size_t kMaxProblems = 1000;

class Check {
public:
    Check(LedgerWriter &ledger, const ServerKeys &keys, PhotoStore *photos)
        : m_ledger(ledger), m_keys(keys), m_photos(photos) {}

    Result<nlohmann::json> run() {
        ZHICHA_TRY(checkChains());
        ZHICHA_TRY(checkLeaves());
        ZHICHA_TRY(checkLog());
        ZHICHA_TRY(checkCheckpoint());
        ZHICHA_TRY(checkFold());
        if (m_photos != nullptr)
            ZHICHA_TRY(checkPhotos());
        ZHICHA_ASSIGN(const Digest state, m_ledger.stateHash());
        return nlohmann::json{{"ok", m_problems.empty()},   {"problems", m_problems},
                              {"operations", m_operations}, {"leaves", m_leaves},
                              {"photos", m_photosWhole},    {"missing_photos", m_photosMissing},
                              {"state_hash", toHex(state)}};
    }

private:
    void problem(const std::string &what, const std::string &where) {
        if (m_problems.size() < kMaxProblems)
            m_problems.push_back({{"what", what}, {"where", where}});
    }

    /** The keys of chains against the operations and the note that gave them. */
    Status checkChains() {
        std::vector<ChainRecord> chains;
        ZHICHA_TRY(m_ledger.forEachChain([&](const ChainRecord &chain) -> Status {
            chains.push_back(chain);
            return {};
        }));
        for (const ChainRecord &chain : chains) {
            m_heads[chain.device] = {0, chainStart(m_keys.ledger, chain.suite, chain.device, chain.key)};
            m_chains.emplace(chain.device, chain);
            const std::string where = "chain " + toText(chain.device);
            if (chain.server) {
                const bool listed = chain.device == m_keys.note.serverDevice && chain.key == m_keys.note.serverKey;
                const bool past = std::any_of(m_keys.note.past.begin(), m_keys.note.past.end(), [&](const auto &p) {
                    return p.serverDevice == chain.device && p.serverKey == chain.key;
                });
                if (!listed && !past)
                    problem("a server chain that the root-signed note does not list", where);
                continue;
            }
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(chain.device));
            const cbor::Value *key = row ? row->value("sign_key") : nullptr;
            if (key == nullptr || key->bytes() == nullptr || !sameBytes(*key->bytes(), chain.key) ||
                row->uuid("person") != chain.person)
                problem("the chain's key or person is not the enrolled one", where);
        }
        return {};
    }

    /** Each leaf: its run put together again, its chain, its signature, its hash in the tree. */
    Status checkLeaves() {
        std::vector<LeafRecord> leaves;
        ZHICHA_TRY(m_ledger.forEachLeaf(0, [&](const LeafRecord &leaf) -> Status {
            leaves.push_back(leaf);
            return {};
        }));
        m_leaves = static_cast<std::int64_t>(leaves.size());
        std::int64_t received = std::numeric_limits<std::int64_t>::min();
        std::int64_t appended = 0;
        for (const LeafRecord &leaf : leaves) {
            const std::string where = "leaf " + std::to_string(leaf.index);
            if (leaf.index != m_nextLeaf)
                problem("leaves are not numbered without gaps", where);
            m_nextLeaf = leaf.index + 1;
            if (leaf.leaf.receivedAtMs < received)
                problem("the time of receipt falls", where);
            received = leaf.leaf.receivedAtMs;
            ZHICHA_TRY(checkRun(leaf, where));
            ZHICHA_TRY(merkleAppend(m_tree, appended++, leafHash(leaf.leaf))); // by count: a number may be forged
        }
        for (const auto &[device, head] : m_heads)
            if (const ChainHead &stored = m_chains.at(device).head; stored != head)
                problem("the chain's stored head is not where its operations lead", "chain " + toText(device));
        return {};
    }

    Status checkRun(const LeafRecord &leaf, const std::string &where) {
        const auto chain = m_chains.find(leaf.leaf.device);
        if (chain == m_chains.end()) {
            problem("a leaf of an unknown chain", where);
            return {};
        }
        ZHICHA_ASSIGN(const std::vector<LogOperation> shared,
                      m_ledger.operationsOfChain(leaf.leaf.device, 0, leaf.leaf.first,
                                                 leaf.branch == 0 ? leaf.leaf.last : leaf.newFrom - 1));
        Digest h = leaf.before;
        for (const LogOperation &operation : shared)
            h = chainNext(h, operation.operation.d);
        std::size_t count = shared.size();
        if (leaf.branch != 0) {
            ZHICHA_ASSIGN(const std::vector<LogOperation> forked,
                          m_ledger.operationsOfChain(leaf.leaf.device, leaf.branch, leaf.newFrom, leaf.leaf.last));
            for (const LogOperation &operation : forked)
                h = chainNext(h, operation.operation.d);
            count += forked.size();
        }
        if (count != static_cast<std::size_t>(leaf.leaf.last - leaf.leaf.first + 1) || h != leaf.leaf.h)
            problem("the operations of a run do not lead to its head", where);
        const RunBounds bounds{m_keys.ledger,  leaf.suite,  leaf.leaf.device, leaf.leaf.first,
                               leaf.leaf.last, leaf.before, leaf.leaf.h};
        if (!runSignatureFits(bounds, chain->second.key, leaf.signature))
            problem("the signature of a run does not fit", where);
        ChainHead &head = m_heads[leaf.leaf.device];
        if (leaf.branch == 0 && leaf.leaf.last > head.seq) {
            if (leaf.leaf.first == head.seq + 1 && leaf.before != head.h)
                problem("a run does not continue its chain", where);
            head = {leaf.leaf.last, leaf.leaf.h};
        }
        return {};
    }

    /** Each operation: its digest from its bytes, its columns from its content, no gap in the log. */
    Status checkLog() {
        std::int64_t next = 1;
        std::map<Uuid, DeviceFacts> servers;
        for (const auto &[device, chain] : m_chains)
            servers[device].server = chain.server;
        return m_ledger.forEachOperation(1, [&](const LogOperation &operation) -> Status {
            const std::string where = "operation " + std::to_string(operation.log);
            if (operation.log != next)
                problem("the log has a gap", where);
            next = operation.log + 1;
            m_operations = operation.log;
            const StoredOperation &stored = operation.operation;
            if (stored.bytes.digest() != stored.d)
                problem("the bytes of an operation are not those that were signed", where);
            const FoldOperation op =
                foldOperation(m_keys.ledger, stored.bytes, stored.d, stored.device, stored.seq, servers[stored.device]);
            const bool decodes = op.shape != Ineffective::Undecodable;
            if (operation.kind != (decodes ? op.envelope.kind : "") ||
                operation.entity != (decodes ? op.envelope.id : Uuid()))
                problem("an operation is filed under another kind or entity", where);
            if (op.shape == Ineffective::No)
                if (const auto check = namedCheck(*op.kind, op.envelope.id, op.fields);
                    check && check != operation.check)
                    problem("an operation is filed under another check", where);
            return {};
        });
    }

    Status checkCheckpoint() {
        for (std::int64_t size = 1; size <= m_leaves; size *= 2) {
            // The tree of every power of two reads every stored node of the left spine; the whole one reads the rest.
            ZHICHA_TRY(compareRoot(size));
        }
        ZHICHA_TRY(compareRoot(m_leaves));
        ZHICHA_ASSIGN(const std::optional<std::string> note, m_ledger.setting(std::string(kCheckpointSetting)));
        const auto checkpoint =
            note ? openCheckpoint(*note, m_keys.log.publicKey()) : Result<Checkpoint>(fail(Code::NotFound, ""));
        if (!checkpoint) {
            problem("the checkpoint is missing or not signed by the log key", "checkpoint");
            return {};
        }
        const auto root = merkleRoot(m_tree, checkpoint->size);
        if (checkpoint->size != m_leaves || !root || *root != checkpoint->root)
            problem("the checkpoint does not describe this tree", "checkpoint");
        return {};
    }

    Status compareRoot(std::int64_t size) {
        if (size == 0)
            return {};
        ZHICHA_ASSIGN(const Digest computed, merkleRoot(m_tree, size));
        const auto stored = merkleRoot(m_ledger.tree(), size);
        if (!stored || *stored != computed)
            problem("the stored tree is not the tree of the leaves", "tree of " + std::to_string(size));
        for (std::int64_t leaf = 0; leaf < size && size == m_leaves; ++leaf)
            for (int level = 0; (leaf >> level) << level == leaf && leaf + (std::int64_t{1} << level) <= size;
                 ++level) {
                ZHICHA_ASSIGN(const Digest want, m_tree.read(level, leaf >> level));
                const auto node = m_ledger.tree().read(level, leaf >> level);
                if (!node || *node != want)
                    problem("a node of the tree was changed",
                            "node " + std::to_string(level) + "/" + std::to_string(leaf >> level));
            }
        return {};
    }

    struct Derived {
        std::map<Uuid, Digest> rows;
        std::map<Uuid, DeviceFacts> facts;
        std::map<Uuid, std::vector<std::pair<std::int64_t, Uuid>>> scopes;
        std::vector<std::tuple<Digest, Uuid, Uuid, std::int64_t, bool, bool>> photos;
    };

    Result<Derived> readDerived(bool checkHashes) {
        Derived derived;
        ZHICHA_TRY(m_ledger.forEachRow(std::nullopt, [&](const RowRecord &record) -> Status {
            const Digest hash = rowHash(record.entity, encodeRow(record.row));
            if (checkHashes && hash != record.hash)
                problem("a folded row does not have its stored hash", "entity " + toText(record.entity));
            derived.rows[record.entity] = hash;
            return {};
        }));
        for (const auto &[device, chain] : m_chains) {
            ZHICHA_ASSIGN(derived.facts[device], m_ledger.deviceFacts(device));
            ZHICHA_ASSIGN(const std::vector<LedgerReader::Granted> granted,
                          m_ledger.grants(device, -1, std::numeric_limits<std::int64_t>::max()));
            for (const LedgerReader::Granted &grant : granted)
                derived.scopes[device].emplace_back(grant.log, grant.entity);
            std::sort(derived.scopes[device].begin(), derived.scopes[device].end());
        }
        ZHICHA_TRY(m_ledger.forEachExpectedPhoto([&](const PhotoExpectation &photo) -> Status {
            derived.photos.emplace_back(photo.photo, photo.device, photo.check, photo.size, photo.preview,
                                        photo.received);
            return {};
        }));
        std::sort(derived.photos.begin(), derived.photos.end());
        return derived;
    }

    Status checkFold() {
        auto before = readDerived(true);
        if (!before) {
            problem(before.error().detail, "folded rows");
            return {};
        }
        ZHICHA_TRY(m_ledger.begin());
        const Status folded = refold(m_ledger, m_keys);
        auto after = folded ? readDerived(false) : Result<Derived>(folded.error());
        m_ledger.rollback();
        ZHICHA_TRY(after ? Status() : Status(after.error()));
        for (const auto &[entity, hash] : after->rows)
            if (const auto it = before->rows.find(entity); it == before->rows.end() || it->second != hash)
                problem("a folded row is not what the log says", "entity " + toText(entity));
        for (const auto &[entity, hash] : before->rows)
            if (!after->rows.contains(entity))
                problem("a folded row that the log does not have", "entity " + toText(entity));
        for (const auto &[device, facts] : after->facts)
            if (before->facts[device] != facts)
                problem("what is known of a chain is not what the log says", "chain " + toText(device));
        if (before->scopes != after->scopes)
            problem("scopes are not what the log says", "scopes");
        if (before->photos != after->photos)
            problem("the list of awaited photos is not what the log says", "photos");
        return {};
    }

    Status checkPhotos() {
        std::set<Digest> awaited;
        std::set<Digest> received;
        ZHICHA_TRY(m_ledger.forEachExpectedPhoto([&](const PhotoExpectation &photo) -> Status {
            if (!photo.preview)
                (photo.received ? received : awaited).insert(photo.photo);
            return {};
        }));
        for (const Digest &photo : received) {
            const Status whole = m_photos->verify(photo);
            if (whole)
                ++m_photosWhole;
            else
                problem("a received photo is not whole: " + whole.error().detail, "photo " + toHex(photo));
        }
        for (const Digest &photo : awaited)
            m_photosMissing += received.contains(photo) ? 0 : 1;
        return {};
    }

    LedgerWriter &m_ledger;
    const ServerKeys &m_keys;
    PhotoStore *m_photos;
    nlohmann::json m_problems = nlohmann::json::array();
    std::map<Uuid, ChainRecord> m_chains;
    std::map<Uuid, ChainHead> m_heads;
    MemoryMerkleNodes m_tree;
    std::int64_t m_leaves = 0;
    std::int64_t m_nextLeaf = 0;
    std::int64_t m_operations = 0;
    std::int64_t m_photosWhole = 0;
    std::int64_t m_photosMissing = 0;
};
} // namespace

Result<nlohmann::json> checkLedger(LedgerWriter &ledger, const ServerKeys &keys, PhotoStore *photos) {
    return Check(ledger, keys, photos).run();
}

Result<nlohmann::json> scopeState(LedgerReader &ledger, const Uuid &device) {
    StateHash hash;
    std::int64_t entities = 0;
    ZHICHA_TRY(ledger.forEachEntityInScope(device, [&](const Uuid &entity, const Digest &row) -> Status {
        hash.add(entity, row);
        ++entities;
        return {};
    }));
    return nlohmann::json{{"state_hash", toHex(hash.digest())}, {"entities", entities}, {"device", toText(device)}};
}

} // namespace zhicha
