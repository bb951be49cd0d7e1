#pragma once
// The ledger of one office as the server keeps it: operations in log order, chains, leaves, the tree, folded rows and
// what the office needs beside them. One interface; SQLite now (sqlite/), PostgreSQL later behind the same contract
// tests. Nothing is global: every number and lock belongs to one ledger.
#include "shared/ledger/apply.h"
#include "shared/oplog/receipt.h"
#include "sync-server/store/console_accounts.h"
#include "sync-server/store/console_audit.h"
#include "sync-server/store/console_index.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace zhicha {

/** What the ledger knows of one chain. */
struct ChainRecord {
    Uuid device;
    std::optional<Uuid> person; ///< absent for server chains
    std::uint8_t suite = kSuite1;
    PublicKey key{};
    bool server = false;
    std::int64_t generation = 0; ///< of a server chain
    ChainHead head;
};

/** One operation in the log. */
struct LogOperation {
    std::int64_t log = 0; ///< gapless from 1
    StoredOperation operation;
    std::int64_t branch = 0; ///< 0 = first received; above = forks; below = shown to a restored office
    std::string kind;        ///< "" if undecodable
    Uuid entity;
    std::optional<Uuid> check;
    std::string outcome; ///< as answered to the tablet
};

/** Originals that one chain has announced. */
struct PhotoCount {
    std::int64_t declared = 0;
    std::int64_t received = 0;
};

/** One leaf with what its run needs to be rebuilt. */
struct LeafRecord {
    std::int64_t index = 0;
    Leaf leaf;
    Digest before{};
    std::uint8_t suite = kSuite1;
    Signature signature{};
    std::int64_t branch = 0;
    std::int64_t newFrom = 0; ///< first sequence that this run brought; last + 1 if none
};

struct RowRecord {
    Uuid entity;
    EntityRow row;
    Digest hash{};
};

/** Who may see an operation, beside its own chain. */
struct Audience {
    bool everyone = false;      ///< every tablet of the ledger
    std::optional<Uuid> device; ///< this tablet
    std::optional<Uuid> check;  ///< every tablet that has this check in its scope
};

struct PhotoExpectation {
    Digest photo{};
    Uuid device;
    Uuid check;
    std::int64_t size = 0; ///< 0 = a preview, whose size no operation states
    bool preview = false;
    bool received = false;
};

struct EnrolCode {
    Digest codeDigest{};
    Uuid person;
    std::int64_t expiresAtMs = 0;
    std::optional<Uuid> usedBy;
};

struct ConsoleUser {
    Uuid person;
    std::string name;
    std::string role;
    std::optional<Uuid> unit;
    std::string passwordHash;
};

struct Alarm {
    std::int64_t number = 0;
    std::int64_t atMs = 0;
    std::string what; ///< fork, claim, photo_mismatch, join_waits
    std::string detail;
};

/** What the office took out of sight. Derived from the log: body.erase and body.withhold say it. */
struct Withdrawal {
    enum class What : std::uint8_t { ErasedBody, ErasedPhoto, WithheldBody };
    Digest digest{}; ///< d of the operation, or the photo's own
    What what = What::ErasedBody;
    Uuid check;
    Uuid order;           ///< the erasure or withholding
    std::int64_t log = 0; ///< of the word that completed it; 0 = expected while the log is received again
};

/** Something in the store that is not what the program wrote. */
struct StoreFault {
    std::string table;  ///< "" = the file as a whole
    std::string row;    ///< its key, as text; blobs in hex
    std::string column; ///< "" = the whole row
    std::string what;
};
using FaultReport = std::function<void(const StoreFault &)>;

/** Reading. Threads: the one that opened it. A reader sees one committed state per call, or all along in a snapshot. */
class LedgerReader {
public:
    virtual ~LedgerReader() = default;
    virtual Result<std::optional<std::string>> setting(const std::string &name) = 0;
    virtual Result<std::optional<ChainRecord>> chain(const Uuid &device) = 0;
    virtual Status forEachChain(const std::function<Status(const ChainRecord &)> &visit) = 0;
    virtual Result<std::int64_t> lastLog() = 0;
    virtual Result<std::int64_t> leafCount() = 0;
    virtual Result<std::optional<LeafRecord>> leaf(std::int64_t index) = 0;
    virtual Status forEachLeaf(std::int64_t from, const std::function<Status(const LeafRecord &)> &visit) = 0;
    /** Leaves of a chain that touch [first, last], in log order. */
    virtual Result<std::vector<LeafRecord>> leavesOf(const Uuid &device, std::int64_t first, std::int64_t last) = 0;
    /** Leaves of second branches of a chain, in log order. */
    virtual Result<std::vector<LeafRecord>> forkLeavesOf(const Uuid &device) = 0;
    /** The newest operation of this kind among the last 5,000 of a chain's first branch. */
    virtual Result<std::optional<LogOperation>> newestOfKind(const Uuid &device, const std::string &kind) = 0;
    /** Operations [first, last] of a chain on a branch, in order, with bodies where they are here. */
    virtual Result<std::vector<LogOperation>> operationsOfChain(const Uuid &device, std::int64_t branch,
                                                                std::int64_t first, std::int64_t last) = 0;
    virtual Result<std::optional<LogOperation>> operationAt(std::int64_t log) = 0;
    virtual Result<std::optional<LogOperation>> operationByDigest(const Uuid &entity, const Digest &d) = 0;
    virtual Status forEachOperation(std::int64_t fromLog, const std::function<Status(const LogOperation &)> &visit) = 0;
    /** At most `limit` operations from this log number on; the caller may write meanwhile. */
    virtual Status operationsFrom(std::int64_t fromLog, std::size_t limit,
                                  const std::function<Status(const LogOperation &)> &visit) = 0;
    virtual Status forEachOperationOfEntity(const Uuid &entity,
                                            const std::function<Status(const LogOperation &)> &visit) = 0;
    virtual Status forEachOperationOfCheck(const Uuid &check,
                                           const std::function<Status(const LogOperation &)> &visit) = 0;
    /** Who may see this operation. NotFound. */
    virtual Result<Audience> audienceOf(std::int64_t log) = 0;
    /** Log numbers in (after, upto] that this device may see and that are not its own, ascending, at most `limit`. */
    virtual Result<std::vector<std::int64_t>> visibleLogs(const Uuid &device, std::int64_t after, std::int64_t upto,
                                                          std::int64_t limit) = 0;
    /** Log numbers of a check's operations in (after, upto], ascending, at most `limit`. */
    virtual Result<std::vector<std::int64_t>> logsOfCheck(const Uuid &check, std::int64_t after, std::int64_t upto,
                                                          std::int64_t limit) = 0;
    struct Granted {
        Uuid entity;
        std::int64_t log = 0; ///< of the grant; 0 = the device's own check
    };
    /** Grants of this device with log numbers in (after, upto], ascending. */
    virtual Result<std::vector<Granted>> grants(const Uuid &device, std::int64_t after, std::int64_t upto) = 0;
    virtual Result<bool> inScope(const Uuid &device, const Uuid &check) = 0;
    /** The tablets that read this check, by device id. */
    virtual Result<std::vector<Uuid>> readersOf(const Uuid &check) = 0;
    /** Entities of the whole scope of a device, its own included, in ascending order. */
    virtual Status forEachEntityInScope(const Uuid &device,
                                        const std::function<Status(const Uuid &, const Digest &)> &visit) = 0;

    virtual Result<std::optional<EntityRow>> rowOf(const Uuid &entity) = 0;
    /** In ascending order of entity id, from `after` (excluded) on. */
    virtual Status forEachRow(const std::optional<Uuid> &after,
                              const std::function<Status(const RowRecord &)> &visit) = 0;
    virtual Status forEachRowOfType(EntityType type, const std::function<Status(const RowRecord &)> &visit) = 0;
    virtual Status forEachRowOfCheck(const Uuid &check, const std::function<Status(const RowRecord &)> &visit) = 0;
    virtual Result<Digest> stateHash() = 0;

    virtual Result<std::vector<PhotoExpectation>> photoExpectations(const Digest &photo) = 0;
    virtual Status forEachExpectedPhoto(const std::function<Status(const PhotoExpectation &)> &visit) = 0;
    virtual Result<std::map<Uuid, PhotoCount>> photoCounts() = 0;
    virtual Result<std::optional<Bytes>> photoKey(const Digest &photo) = 0;
    virtual Result<std::optional<Withdrawal>> withdrawal(Withdrawal::What what, const Digest &digest) = 0;
    virtual Result<bool> anyWithdrawal() = 0;
    virtual Status forEachErasureAsked(const std::function<Status(const Uuid &)> &visit) = 0; ///< in log order
    virtual Status forEachWithdrawal(const std::function<Status(const Withdrawal &)> &visit) = 0;
    virtual Result<std::optional<EnrolCode>> enrolCode(const Digest &codeDigest) = 0;
    virtual Status forEachUser(const std::function<Status(const ConsoleUser &)> &visit) = 0;
    virtual Status forEachAlarm(const std::function<Status(const Alarm &)> &visit) = 0;
    /** The node of the tree, for proofs. */
    virtual MerkleNodes &tree() = 0;

    /** From here to release() every call sees the same committed state, while the writer goes on. Not nested. */
    virtual Status hold() = 0;
    virtual void release() = 0;
    /** Looks at every page and index, and at the seals of the tables that no operation describes. */
    virtual Status selfCheck(const FaultReport &report) = 0;
    /** Compares the schema and every table that follows from the log, value by value; reports what differs here.
     *  `expected` is of the same kind of store. */
    virtual Status compareWith(LedgerReader &expected, const FaultReport &report) = 0;
    /** What the console keeps beside the ledger; on a reader their writes fail. */
    virtual AccountTable &accounts() = 0;
    virtual AuditTable &audit() = 0;
    virtual ConsoleIndex &consoleIndex() = 0;
};

/** The one writer of a ledger. A transaction is begun, filled and committed; a failed commit acknowledges nothing.
 *  Threads: the one that opened it. */
class LedgerWriter : public LedgerReader, public FoldStore {
public:
    virtual Status begin() = 0;
    virtual Status commit() = 0; ///< durable once this returned success
    virtual void rollback() = 0;
    /** True after a sync or write failed: what is really on the disk is known only after opening the store anew. */
    [[nodiscard]] virtual bool needsReopen() const = 0;
    virtual Status putSetting(const std::string &name, const std::string &value) = 0;
    virtual Status putChain(const ChainRecord &chain) = 0;
    virtual Status setHead(const Uuid &device, const ChainHead &head) = 0;
    virtual Status appendOperation(const LogOperation &operation, const Audience &audience) = 0;
    virtual Status setOutcome(std::int64_t log, const std::string &outcome) = 0;
    virtual Status appendLeaf(const LeafRecord &leaf) = 0;
    virtual Status addScope(const Uuid &device, const Uuid &entity, std::int64_t grantLog) = 0;
    virtual Status removeScope(const Uuid &device, const Uuid &entity) = 0;
    virtual Status expectPhoto(const PhotoExpectation &photo) = 0;
    virtual Status markReceived(const Digest &photo) = 0;
    virtual Status putPhotoKey(const Digest &photo, ByteView key) = 0;
    virtual Status dropPhotoKey(const Digest &photo) = 0;
    /** The first one in the log counts; one with log 0 gives way to it. */
    virtual Status noteWithdrawal(const Withdrawal &withdrawal) = 0;
    /** Puts digests in the place of the bodies of these operations, wherever they stand in the log, and files what had
     *  no place under the check. Answers the entities that have to be folded again. Reads the whole log once. */
    virtual Result<std::set<Uuid>> eraseBodies(const std::set<Digest> &operations, const Uuid &check) = 0;
    /** Forgets expected withdrawals that the log did not state: the end of a rebuild. */
    virtual Status dropExpectedWithdrawals() = 0;
    /** Outside a transaction: writes the file anew, so that nothing of what was erased is left in free pages, in gaps
     *  of used ones, in the search index or in the write-ahead log. StoreLocked while a reader holds the old pages. */
    virtual Status scrub() = 0;
    virtual Status putEnrolCode(const EnrolCode &code) = 0;
    virtual Status putUser(const ConsoleUser &user) = 0;
    virtual Status addAlarm(std::int64_t atMs, const std::string &what, const std::string &detail) = 0;
    /** Forgets every folded row, claim and fact about chains, before a rebuild. */
    virtual Status forgetFold() = 0;
    /** Who may see an operation that is in the log; for a rebuild. */
    virtual Status setAudience(std::int64_t log, const Audience &audience) = 0;
    /** Takes the tables that no operation describes as they are now. Inside a transaction. */
    virtual Status sealTables() = 0;
};

struct LedgerStoreOptions {
    std::string path; ///< of the ledger file
    std::optional<std::array<std::uint8_t, 32>> key;
    /** MAC of the tables that no operation describes (settings, users, codes, alarms, photo keys). A ledger that was
     *  sealed once is written only with it. */
    std::optional<std::array<std::uint8_t, 32>> sealKey;
    bool sealAnew = false; ///< takes those tables as they are: after a restore, or a ledger older than the seals
    /** Seals the tables that a migration of this very opening makes; the ones from before stay as sealed. For a ledger
     *  that was sealed by a version without them. */
    bool sealNewTables = false;
    std::string vfs;
    bool exclusive = false;
    bool mustExist = true;
};

} // namespace zhicha
