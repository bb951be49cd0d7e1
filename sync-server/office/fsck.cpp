#include "sync-server/office/fsck.h"

#include "sync-server/intake/presented.h"
#include "sync-server/office/audit_day.h"
#include "sync-server/office/rebuild.h"
#include "sync-server/office/received_again.h"
#include "sync-server/office/signin/word_assertion.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
constexpr std::size_t kMaxProblems = 1000;

/** What helps: everything derived can be made again, what was signed or sealed can only be brought back. */
std::string cureOf(const StoreFault &fault) {
    for (const std::string_view table : {"entities", "claims", "device_facts", "scopes", "photos", "withdrawn"})
        if (fault.table == table)
            return "rebuild";
    if (fault.table == "operations")
        for (const std::string_view column : {"check_id", "everyone", "audience_no", "outcome"})
            if (fault.column == column)
                return "rebuild";
    for (const std::string_view table : {"alarms", "enrol_codes", "photo_keys", "settings", "users"})
        if (fault.table == table)
            return "look at the row, then restore the last backup, or rebuild --accept-tables";
    return "restore the last backup";
}

/** Lets the reader go on when the scope ends. */
class Held {
public:
    explicit Held(LedgerReader &ledger) : m_ledger(ledger) {}
    Held(const Held &) = delete;
    Held &operator=(const Held &) = delete;
    ~Held() { m_ledger.release(); }

private:
    LedgerReader &m_ledger;
};

class Check {
public:
    Check(LedgerReader &ledger, const ServerKeys &keys, PhotoStore *photos)
        : m_ledger(ledger), m_keys(keys), m_photos(photos) {}

    Result<nlohmann::json> run() {
        ZHICHA_ASSIGN(const Digest state, checkHeld());
        if (m_photos != nullptr)
            checkPhotos();
        return nlohmann::json{{"ok", m_problems.empty()},   {"problems", m_problems},
                              {"operations", m_operations}, {"leaves", m_leaves},
                              {"photos", m_photosWhole},    {"missing_photos", m_photosMissing},
                              {"holes", m_holes},           {"state_hash", toHex(state)}};
    }

private:
    /** All that the ledger's file holds, as of one moment. */
    Result<Digest> checkHeld() {
        ZHICHA_TRY(m_ledger.hold());
        const Held held(m_ledger);
        ZHICHA_TRY(m_ledger.selfCheck([this](const StoreFault &fault) { faulty(fault); }));
        ZHICHA_TRY(checkChains());
        ZHICHA_TRY(checkLeaves());
        ZHICHA_TRY(checkLog());
        ZHICHA_TRY(checkCheckpoint());
        ZHICHA_TRY(checkDerived());
        ZHICHA_TRY(readPhotos());
        ZHICHA_ASSIGN(const std::vector<AuditDamage> damages, checkAudit(m_ledger));
        for (const AuditDamage &damage : damages)
            problem(damage.what, "audit " + std::to_string(damage.number));
        return m_ledger.stateHash();
    }

    void problem(const std::string &what, const std::string &where,
                 const std::string &cure = "restore the last backup") {
        if (m_problems.size() < kMaxProblems)
            m_problems.push_back({{"what", what}, {"where", where}, {"do", cure}});
    }

    void faulty(const StoreFault &fault) {
        std::string where = fault.table.empty() ? "the file" : fault.table;
        for (const std::string &part : {fault.row, fault.column})
            where += part.empty() ? "" : " " + part;
        if (m_problems.size() < kMaxProblems)
            m_problems.push_back({{"what", fault.what},
                                  {"where", where},
                                  {"table", fault.table},
                                  {"row", fault.row},
                                  {"column", fault.column},
                                  {"do", cureOf(fault)}});
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
                if (chain.person)
                    problem("a server chain belongs to a person", where);
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

    /** Each operation: its digest from its bytes, no gap in the log. Its columns are compared by checkDerived(). */
    Status checkLog() {
        std::int64_t next = 1;
        return m_ledger.forEachOperation(1, [&](const LogOperation &operation) -> Status {
            const std::string where = "operation " + std::to_string(operation.log);
            if (operation.log != next)
                problem("the log has a gap", where);
            next = operation.log + 1;
            m_operations = operation.log;
            if (operation.operation.bytes.digest() == operation.operation.d) {
                checkWord(operation, where);
                return {};
            }
            // Where a restored office was shown a run with a hole, the chain still holds; the server sealed which.
            ZHICHA_ASSIGN(const bool noted, isHole(operation) ? holeIsNoted(m_ledger, operation) : Result<bool>(false));
            if (!noted)
                problem("the bytes of an operation are not those that were signed", where);
            else
                ++m_holes;
            return {};
        });
    }

    /** What a leader signed with a security key is checked with the operation alone, as anybody could. */
    void checkWord(const LogOperation &operation, const std::string &where) {
        if (operation.kind != "request.sign" || !operation.operation.bytes.body)
            return;
        const auto envelope = decodeEnvelope(operation.operation.bytes.envelope);
        const auto body = decodeBody(*operation.operation.bytes.body);
        if (!envelope || !body || !body->fields.contains(kAssertionField))
            return;
        if (!checkStoredWord(
                {m_keys.ledger, envelope->kind, envelope->id, envelope->actor.value_or(Uuid{}), body->fields}))
            problem("the security key's signature of a word does not verify", where);
    }

    Status checkCheckpoint() {
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

    /** Everything that follows from the log: as received run by run, and as folded from the whole of it. */
    Status checkDerived() {
        const auto report = [this](const StoreFault &fault) { faulty(fault); };
        const auto again = ReceivedAgain::from(m_ledger, m_keys);
        if (!again) {
            problem("the log cannot have been received like this: " + again.error().detail, "log");
            return {};
        }
        const std::size_t before = m_problems.size();
        ZHICHA_TRY(m_ledger.compareWith((*again)->ledger(), report));
        if (m_problems.size() > before)
            return {};
        ZHICHA_TRY(refold((*again)->ledger()));
        return m_ledger.compareWith((*again)->ledger(), report);
    }

    Status readPhotos() {
        ZHICHA_TRY(m_ledger.forEachWithdrawal([&](const Withdrawal &one) -> Status {
            if (one.what == Withdrawal::What::ErasedPhoto)
                m_erased.insert(one.digest);
            return {};
        }));
        ZHICHA_ASSIGN(const std::optional<std::string> owed, m_ledger.setting(std::string(kErasureOwedSetting)));
        if (owed && !owed->empty())
            problem("an erasure is not finished: what it removed may still be in the file", "ledger.db",
                    "start the server, or finish it with: zhicha-server erase DIR --finish");
        return m_ledger.forEachExpectedPhoto([&](const PhotoExpectation &photo) -> Status {
            if (!photo.preview && !m_erased.contains(photo.photo))
                (photo.received ? m_received : m_awaited).insert(photo.photo);
            return {};
        });
    }

    void checkPhotos() {
        for (const Digest &photo : m_erased)
            if (m_photos->state(photo))
                problem("an erased photo is still here", "photo " + toHex(photo), "zhicha-server erase DIR --finish");
        for (const Digest &photo : m_received) {
            const Status whole = m_photos->verify(photo);
            if (whole)
                ++m_photosWhole;
            else
                problem("a received photo is not whole: " + whole.error().detail, "photo " + toHex(photo));
        }
        for (const Digest &photo : m_awaited)
            m_photosMissing += m_received.contains(photo) ? 0 : 1;
    }

    LedgerReader &m_ledger;
    const ServerKeys &m_keys;
    PhotoStore *m_photos;
    nlohmann::json m_problems = nlohmann::json::array();
    std::map<Uuid, ChainRecord> m_chains;
    std::map<Uuid, ChainHead> m_heads;
    MemoryMerkleNodes m_tree;
    std::set<Digest> m_awaited;
    std::set<Digest> m_erased;
    std::set<Digest> m_received;
    std::int64_t m_leaves = 0;
    std::int64_t m_nextLeaf = 0;
    std::int64_t m_operations = 0;
    std::int64_t m_holes = 0; ///< places of shown runs that nobody could fill
    std::int64_t m_photosWhole = 0;
    std::int64_t m_photosMissing = 0;
};
} // namespace

Result<nlohmann::json> checkLedger(LedgerReader &ledger, const ServerKeys &keys, PhotoStore *photos) {
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
