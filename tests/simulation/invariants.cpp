// What must hold of a settled history, each by the name that design 3 gives it. The tablets' and the office's stores
// are compared with what people were told, with each other, and with folds in other orders.
#include "shared/crypto/digest.h"
#include "sync-server/office/fsck.h"
#include "tests/simulation/history.h"
#include "tests/simulation/second_folds.h"

#include <nlohmann/json.hpp>
#include <set>

namespace zhicha::test {

namespace {
class Checker {
public:
    explicit Checker(World &world) : m_world(world), m_ledger(world.office.ledger()) {}

    Status all() {
        ZHICHA_TRY(readLog());
        ZHICHA_TRY(ledgerIsSound());
        ZHICHA_TRY(foldsAgree(m_world, m_ledger, m_log));
        ZHICHA_TRY(checkpointsAgree());
        ZHICHA_TRY(photosArrived());
        ZHICHA_TRY(historyIsSound(true));
        ZHICHA_TRY(checkRestores(m_world));
        for (const auto &tablet : m_world.tablets) {
            m_name = "tablet " + std::to_string(tablet->number);
            ZHICHA_TRY(chainArrived(*tablet));
            ZHICHA_TRY(receiptsVerify(*tablet));
            ZHICHA_TRY(scopeIsThere(*tablet));
            ZHICHA_TRY(replayIsTheSame(*tablet));
            ZHICHA_TRY(nothingIsLost(*tablet));
        }
        return {};
    }

    /** Of a history that broke off: what must hold at any time. */
    Status brokenOff() {
        ZHICHA_TRY(readLog());
        return historyIsSound(false);
    }

private:
    void broken(const std::string &what) { m_world.findings.add(what + (m_name.empty() ? "" : " (" + m_name + ")")); }

    Status readLog() {
        return m_ledger.forEachOperation(1, [&](const LogOperation &operation) {
            m_log.push_back(operation);
            if (operation.log != static_cast<std::int64_t>(m_log.size()))
                broken("15 log numbers have a gap at " + std::to_string(m_log.size()));
            return Status();
        });
    }

    /** What people saw, held against the log: nothing of it lost, doubled, made up, or read too late. Before all is
     *  settled a tablet may not have been asked yet what it has saved, so that nothing can be called made up. */
    Status historyIsSound(bool settled) {
        for (const LogOperation &operation : m_log) {
            ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(operation.operation.device));
            // What a colleague showed of a chain stands beside it, until its own tablet brings it and afterwards.
            if (chain && !chain->server && operation.branch >= 0)
                m_world.observed.found(operation.operation.device, operation.operation.seq, operation.operation.d);
        }
        for (const std::string &what : m_world.observed.judge())
            if (settled || !what.starts_with("invented"))
                broken((what.starts_with("lost") ? "1 " : what.starts_with("stale") ? "12 " : "2 ") + what);
        return {};
    }

    Status ledgerIsSound() {
        ZHICHA_ASSIGN(const nlohmann::json found,
                      checkLedger(m_ledger, m_world.office.keys(), &m_world.office.photos()));
        if (!found.at("ok").get<bool>())
            broken("2, 4, 14 fsck: " + found.at("problems").dump().substr(0, 400));
        return m_ledger.forEachAlarm([&](const Alarm &alarm) {
            if (alarm.what != "join_waits")
                broken("6 gaps and forks: the office is alarmed: " + alarm.what + ": " + alarm.detail);
            return Status();
        });
    }

    Status checkpointsAgree() {
        ZHICHA_ASSIGN(const std::int64_t leaves, m_ledger.leafCount());
        for (const auto &[place, root] : m_world.checkpoints) {
            if (place.second > m_world.sharedLeaves(place.first, m_world.office.keys().note.generation))
                continue; // old receipts are evidence about the old origin
            if (place.second > leaves) {
                broken("13 checkpoints: a tablet saw " + std::to_string(place.second) + " leaves of " +
                       std::to_string(leaves));
                continue;
            }
            ZHICHA_ASSIGN(const Digest now, merkleRoot(m_ledger.tree(), place.second));
            if (now != root)
                broken("13 checkpoints: another root of size " + std::to_string(place.second));
        }
        return {};
    }

    /** Byte for byte, once; and the office says so once for each check. */
    Status photosArrived() {
        std::map<Digest, Bytes> wanted;
        std::map<std::pair<Digest, Uuid>, int> said;
        std::map<std::pair<Digest, Uuid>, std::set<Uuid>> takers; // each tablet that took it may be told
        std::set<Digest> counted;
        for (const LogOperation &operation : m_log) {
            if (operation.kind != "photo.add" && operation.kind != "photos.received")
                continue;
            if (!operation.operation.bytes.body || !counted.insert(operation.operation.d).second)
                continue;
            ZHICHA_ASSIGN(const Body body, decodeBody(*operation.operation.bytes.body));
            if (operation.kind == "photo.add") {
                const Digest photo = *body.fields.find("sha256")->second.digest();
                wanted[photo] = m_world.pictures[photo];
                takers[{photo, *operation.check}].insert(operation.operation.device);
                continue;
            }
            for (const cbor::Value &digest : *body.fields.find("digests")->second.array())
                ++said[{*digest.digest(), *operation.check}];
        }
        for (const auto &[photo, bytes] : wanted) {
            Bytes there;
            const Status read = m_world.office.photos().read(photo, 0, bytes.size(), [&](ByteView piece) {
                append(there, piece);
                return Status();
            });
            if (!read || there != bytes)
                broken("1 photos: " + toHex(photo).substr(0, 8) + " is not at the office as it was taken");
        }
        for (const auto &[place, devices] : takers)
            if (const int times = said[place];
                times < 1 || times > static_cast<int>(devices.size() * (m_world.restores.size() + 1)))
                broken("2 photos: " + toHex(place.first).substr(0, 8) + " of check " + toText(place.second) +
                       " was received " + std::to_string(times) + " times, taken by " + std::to_string(devices.size()));
        return m_world.office.photos().forEach([&](const Digest &photo, const UploadState &state) {
            if (!state.complete)
                broken("1 photos: " + toHex(photo).substr(0, 8) + " is not whole at the office");
            return Status();
        });
    }

    Status chainArrived(SimTablet &tablet) {
        const Uuid device = tablet.store->identity()->device;
        const auto count = static_cast<std::int64_t>(tablet.saved.size());
        ZHICHA_ASSIGN(const auto there, m_ledger.operationsOfChain(device, 0, 1, count + 1));
        ZHICHA_ASSIGN(const auto own, tablet.store->operations().ownBytes(1, count + 1));
        if (static_cast<std::int64_t>(own.size()) != count)
            broken("9 kept: the tablet holds " + std::to_string(own.size()) + " of " + std::to_string(count));
        if (static_cast<std::int64_t>(there.size()) != count)
            broken("1 acknowledged: the office holds " + std::to_string(there.size()) + " of " + std::to_string(count) +
                   ", acknowledged " + std::to_string(tablet.acknowledged));
        for (std::size_t i = 0; i < std::min({there.size(), own.size(), tablet.saved.size()}); ++i) {
            const StoredOperation &stored = there[i].operation;
            if (stored.d != tablet.saved[i] || own[i].digest() != tablet.saved[i])
                broken("8 saved: operation " + std::to_string(i + 1) + " is not the one that was saved");
            if (stored.bytes.envelope != own[i].envelope || stored.bytes.body != own[i].body)
                broken("5 bytes: operation " + std::to_string(i + 1) + " has other bytes at the office");
        }
        ZHICHA_ASSIGN(const auto leaves, m_ledger.leavesOf(device, 1, count));
        for (const LeafRecord &leaf : leaves) {
            ZHICHA_ASSIGN(const auto run, tablet.store->runs().ownCovering(leaf.leaf.first));
            if (!run || run->first != leaf.leaf.first || run->last != leaf.leaf.last ||
                run->signature != leaf.signature)
                broken("5 bytes: the office has a run from " + std::to_string(leaf.leaf.first) + " to " +
                       std::to_string(leaf.leaf.last) + " that this tablet never cut so");
        }
        if (tablet.acknowledged != count)
            broken("10 outbox: " + std::to_string(tablet.acknowledged) + " of " + std::to_string(count) +
                   " acknowledged in step");
        return {};
    }

    Result<Checkpoint> openedByAnyLog(std::string_view note) {
        auto opened = openCheckpoint(std::string(note), m_world.office.keys().log.publicKey());
        for (const KeyNote::Past &past : m_world.office.keys().note.past)
            if (!opened)
                opened = openCheckpoint(std::string(note), past.logKey);
        return opened;
    }

    /** Every receipt that the tablet holds proves what it says, and all together cover the chain. */
    Status receiptsVerify(SimTablet &tablet) {
        std::int64_t covered = 0;
        ZHICHA_ASSIGN(Statement receipts, tablet.store->database().prepare(
                                              "SELECT receipt, checkpoint FROM receipts ORDER BY first, last"));
        ZHICHA_TRY(receipts.forEach([&](Statement &row) -> Status {
            const auto value = cbor::decode(row.blob(0));
            const auto receipt = value ? receiptFromValue(*value) : Result<Receipt>(value.error());
            const auto checkpoint = openedByAnyLog(row.text(1));
            if (!receipt || !checkpoint) {
                broken("11 receipts: one does not decode");
                return {};
            }
            ZHICHA_ASSIGN(const auto h, tablet.store->operations().ownHeadAt(receipt->leaf.last));
            if (!receiptFits(*receipt, *checkpoint) || h != receipt->leaf.h)
                broken("11 receipts: one for " + std::to_string(receipt->leaf.first) + " to " +
                       std::to_string(receipt->leaf.last) + " proves nothing");
            else if (receipt->leaf.first <= covered + 1)
                covered = std::max(covered, receipt->leaf.last);
            return {};
        }));
        if (covered < tablet.acknowledged)
            broken("11 receipts: they cover " + std::to_string(covered) + " of " + std::to_string(tablet.acknowledged) +
                   " acknowledged operations");
        return {};
    }

    Status scopeIsThere(SimTablet &tablet) {
        const Uuid device = tablet.store->identity()->device;
        StateHash scope;
        ZHICHA_TRY(m_ledger.forEachEntityInScope(device, [&](const Uuid &entity, const Digest &hash) {
            scope.add(entity, hash);
            return Status();
        }));
        std::set<Digest> here;
        ZHICHA_ASSIGN(Statement all,
                      tablet.store->database().prepare("SELECT d FROM operations WHERE body IS NOT NULL"));
        ZHICHA_TRY(all.forEach([&](Statement &row) {
            here.insert(row.fixed<32>(0).value_or(Digest{}));
            return Status();
        }));
        ZHICHA_ASSIGN(const auto visible,
                      m_ledger.visibleLogs(device, 0, static_cast<std::int64_t>(m_log.size()), 1'000'000));
        for (const std::int64_t log : visible) {
            const LogOperation &operation = m_log[static_cast<std::size_t>(log) - 1];
            if (!here.contains(operation.operation.d))
                broken("12 cursor: " + operation.kind + " with log number " + std::to_string(log) + " was missed");
        }
        ZHICHA_ASSIGN(const Digest hash, tablet.store->entities().stateHash());
        if (hash != scope.digest())
            broken("3 state hash: the tablet's is not that of its scope");
        ZHICHA_ASSIGN(const auto parked, tablet.store->runs().parked());
        if (!parked.empty())
            broken("6 gaps and forks: a run is parked: " + parked.front().code);
        return {};
    }

    Status replayIsTheSame(SimTablet &tablet) {
        ZHICHA_ASSIGN(const Digest before, tablet.store->entities().stateHash());
        std::set<Uuid> entities;
        ZHICHA_ASSIGN(Statement all, tablet.store->database().prepare(
                                         "SELECT DISTINCT entity FROM operations WHERE entity IS NOT NULL"));
        ZHICHA_TRY(all.forEach([&](Statement &row) {
            entities.insert(uuidFromBytes(row.blob(0)).value_or(Uuid{}));
            return Status();
        }));
        ZHICHA_ASSIGN(const Transaction rolledBack, tablet.store->begin());
        ZHICHA_TRY(Apply(tablet.store->fold()).again(entities));
        ZHICHA_ASSIGN(const Digest after, tablet.store->entities().stateHash());
        if (before != after)
            broken("4 replay: folding all again gives other rows");
        return {};
    }

    /** Photos stay readable, and the office's word about each was heard. */
    Status nothingIsLost(SimTablet &tablet) {
        ZHICHA_ASSIGN(const auto photos, tablet.store->photos().all());
        for (const PhotoRecord &photo : photos) {
            if (photo.state == PhotoState::Capturing)
                continue; // nobody was told that it is saved
            if (photo.state != PhotoState::Delivered)
                broken("1 photos: one is " + std::string(photoStateName(photo.state)) + " in step");
            Sha256 digest;
            const Status read =
                PhotoIntake::read(*tablet.store, photo, 0, static_cast<std::uint64_t>(photo.size), [&](ByteView piece) {
                    digest.update(piece);
                    return Status();
                });
            if (!read || digest.digest() != photo.digest)
                broken("9 kept: a photo is not readable on the tablet");
        }
        return {};
    }

    World &m_world;
    LedgerWriter &m_ledger;
    std::vector<LogOperation> m_log;
    std::string m_name;
};
} // namespace

void judgeBrokenOff(World &world) {
    if (world.office.disk.crashed() || !world.office.running())
        return;
    if (const Status judged = Checker(world).brokenOff(); !judged)
        world.unexpected("judging a history that broke off", judged.error());
}

void checkInvariants(World &world) {
    if (const Status checked = Checker(world).all(); !checked)
        world.unexpected("checking the invariants", checked.error());
}

} // namespace zhicha::test
