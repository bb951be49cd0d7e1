#pragma once
// Private to sqlite/: the one class behind both faces of the ledger store. Statements are prepared at first use and
// kept.
#include "shared/sqlite/transaction.h"
#include "sync-server/store/ledger_store.h"
#include "sync-server/store/sqlite/index_query.h"
#include "sync-server/store/sqlite/table_seals.h"

#include <unordered_map>

namespace zhicha {

class SqliteLedger final : public LedgerWriter,
                           private MerkleNodes,
                           private AccountTable,
                           private AuditTable,
                           private ConsoleIndex {
public:
    SqliteLedger(Database database, std::optional<SealKey> sealKey)
        : m_database(std::move(database)), m_seals(m_database, sealKey) {}
    ~SqliteLedger() override;
    /** After each commit the newest checkpoint goes into this file too: a ledger that lost its last commits to a bad
     *  medium opens like one that never had them, and only this tells. */
    void keepCheckpointIn(std::string path) { m_checkpointPath = std::move(path); }
    Status start(); ///< reads the ledger id, if there is one yet
    enum class Seal { AsTheyAre, New, All };
    /** Before the first write: seals the office's tables that are asked for; refuses to write a sealed ledger without
     *  its key. */
    Status startSeals(Seal which);

    // LedgerReader
    Result<std::optional<std::string>> setting(const std::string &name) override;
    Result<std::optional<ChainRecord>> chain(const Uuid &device) override;
    Status forEachChain(const std::function<Status(const ChainRecord &)> &visit) override;
    Result<std::int64_t> lastLog() override;
    Result<std::int64_t> leafCount() override;
    Result<std::optional<LeafRecord>> leaf(std::int64_t index) override;
    Status forEachLeaf(std::int64_t from, const std::function<Status(const LeafRecord &)> &visit) override;
    Result<std::vector<LeafRecord>> leavesOf(const Uuid &device, std::int64_t first, std::int64_t last) override;
    Result<std::vector<LeafRecord>> forkLeavesOf(const Uuid &device) override;
    Result<std::optional<LogOperation>> newestOfKind(const Uuid &device, const std::string &kind) override;
    Result<std::vector<LogOperation>> operationsOfChain(const Uuid &device, std::int64_t branch, std::int64_t first,
                                                        std::int64_t last) override;
    Result<std::optional<LogOperation>> operationAt(std::int64_t log) override;
    Result<std::optional<LogOperation>> operationByDigest(const Uuid &entity, const Digest &d) override;
    Status forEachOperation(std::int64_t fromLog, const std::function<Status(const LogOperation &)> &visit) override;
    Status operationsFrom(std::int64_t fromLog, std::size_t limit,
                          const std::function<Status(const LogOperation &)> &visit) override;
    Status forEachOperationOfEntity(const Uuid &entity,
                                    const std::function<Status(const LogOperation &)> &visit) override;
    Status forEachOperationOfCheck(const Uuid &check,
                                   const std::function<Status(const LogOperation &)> &visit) override;
    Result<Audience> audienceOf(std::int64_t log) override;
    Result<std::vector<std::int64_t>> visibleLogs(const Uuid &device, std::int64_t after, std::int64_t upto,
                                                  std::int64_t limit) override;
    Result<std::vector<std::int64_t>> logsOfCheck(const Uuid &check, std::int64_t after, std::int64_t upto,
                                                  std::int64_t limit) override;
    Result<std::vector<Granted>> grants(const Uuid &device, std::int64_t after, std::int64_t upto) override;
    Result<bool> inScope(const Uuid &device, const Uuid &check) override;
    Result<std::vector<Uuid>> readersOf(const Uuid &check) override;
    Status forEachEntityInScope(const Uuid &device,
                                const std::function<Status(const Uuid &, const Digest &)> &visit) override;
    Result<std::optional<EntityRow>> rowOf(const Uuid &entity) override;
    Status forEachRow(const std::optional<Uuid> &after, const std::function<Status(const RowRecord &)> &visit) override;
    Status forEachRowOfType(EntityType type, const std::function<Status(const RowRecord &)> &visit) override;
    Status forEachRowOfCheck(const Uuid &check, const std::function<Status(const RowRecord &)> &visit) override;
    Result<Digest> stateHash() override;
    Result<std::vector<PhotoExpectation>> photoExpectations(const Digest &photo) override;
    Status forEachExpectedPhoto(const std::function<Status(const PhotoExpectation &)> &visit) override;
    Result<std::map<Uuid, PhotoCount>> photoCounts() override;
    Result<std::optional<Bytes>> photoKey(const Digest &photo) override;
    Result<std::optional<Withdrawal>> withdrawal(Withdrawal::What what, const Digest &digest) override;
    Result<bool> anyWithdrawal() override;
    Status forEachErasureAsked(const std::function<Status(const Uuid &)> &visit) override;
    Status forEachWithdrawal(const std::function<Status(const Withdrawal &)> &visit) override;
    Result<std::optional<EnrolCode>> enrolCode(const Digest &codeDigest) override;
    Status forEachUser(const std::function<Status(const ConsoleUser &)> &visit) override;
    Status forEachAlarm(const std::function<Status(const Alarm &)> &visit) override;
    MerkleNodes &tree() override { return *this; }
    Status hold() override;
    void release() override;
    Status selfCheck(const FaultReport &report) override;
    Status compareWith(LedgerReader &expected, const FaultReport &report) override;
    AccountTable &accounts() override { return *this; }
    AuditTable &audit() override { return *this; }
    ConsoleIndex &consoleIndex() override { return *this; }

    // FoldStore
    [[nodiscard]] Uuid ledgerId() const override { return m_ledger; }
    Status operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) override;
    Status entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                             const std::function<Status(const Uuid &)> &visit) override;
    Result<bool> mayHoldOperationsOf(const Uuid &entity) override;
    Result<DeviceFacts> deviceFacts(const Uuid &device) override;
    Status setDeviceFacts(const Uuid &device, const DeviceFacts &facts) override;
    Result<std::optional<Digest>> claimOf(const Uuid &entity) override;
    Status setClaim(const Uuid &entity, const Digest &kept) override;
    Result<std::optional<EntityRow>> row(const Uuid &entity) override { return rowOf(entity); }
    Status putRow(const Uuid &entity, const std::optional<EntityRow> &row) override;

    // LedgerWriter
    Status begin() override;
    Status commit() override;
    void rollback() override;
    [[nodiscard]] bool needsReopen() const override { return m_database.needsReopen(); }
    Status putSetting(const std::string &name, const std::string &value) override;
    Status putChain(const ChainRecord &chain) override;
    Status setHead(const Uuid &device, const ChainHead &head) override;
    Status appendOperation(const LogOperation &operation, const Audience &audience) override;
    Status setOutcome(std::int64_t log, const std::string &outcome) override;
    Status appendLeaf(const LeafRecord &leaf) override;
    Status addScope(const Uuid &device, const Uuid &entity, std::int64_t grantLog) override;
    Status removeScope(const Uuid &device, const Uuid &entity) override;
    Status expectPhoto(const PhotoExpectation &photo) override;
    Status markReceived(const Digest &photo) override;
    Status putPhotoKey(const Digest &photo, ByteView key) override;
    Status dropPhotoKey(const Digest &photo) override;
    Status noteWithdrawal(const Withdrawal &withdrawal) override;
    Result<std::set<Uuid>> eraseBodies(const std::set<Digest> &operations, const Uuid &check) override;
    Status dropExpectedWithdrawals() override;
    Status scrub() override;
    Status putEnrolCode(const EnrolCode &code) override;
    Status putUser(const ConsoleUser &user) override;
    Status addAlarm(std::int64_t atMs, const std::string &what, const std::string &detail) override;
    Status forgetFold() override;
    Status setAudience(std::int64_t log, const Audience &audience) override;
    Status sealTables() override { return m_seals.hasKey() ? m_seals.sealAll() : Status(); }

private:
    // MerkleNodes
    Result<Digest> read(int level, std::int64_t index) override;
    Status write(int level, std::int64_t index, const Digest &hash) override;

    // AccountTable
    Result<std::optional<Account>> account(const Uuid &person) override;
    Status putAccount(const Account &account) override;
    Result<std::vector<SecurityKey>> keysOf(const Uuid &person) override;
    Result<std::optional<SecurityKey>> key(ByteView credential) override;
    Status putKey(const SecurityKey &key) override;
    Status dropKey(ByteView credential) override;
    Result<std::optional<ConsoleSession>> session(const Digest &token) override;
    Status putSession(const ConsoleSession &session) override;
    Status endSessions(const Uuid &person, const std::optional<Digest> &except, const std::string &why) override;
    Status sweep(std::int64_t nowMs) override;
    Result<Failures> failures(const std::string &subject) override;
    Status putFailures(const Failures &failures) override;
    Status dropFailures(const std::string &subject) override;
    Result<std::optional<RememberedAnswer>> answer(const Uuid &person, const std::string &key) override;
    Status putAnswer(const Uuid &person, const std::string &key, const RememberedAnswer &answer) override;
    Result<std::optional<FormDraft>> draft(const Uuid &person, const std::string &form, const std::string &id) override;
    Status putDraft(const Uuid &person, const std::string &form, const std::string &id,
                    const FormDraft &draft) override;
    Status dropDraft(const Uuid &person, const std::string &form, const std::string &id) override;

    // AuditTable
    Result<AuditHead> auditHead() override;
    Status appendAudit(AuditEntry entry) override;
    void carryAudit(std::function<AuditEntry()> entry) override { m_carried = std::move(entry); }
    bool endCarry() override { return std::exchange(m_carried, nullptr) == nullptr; }
    Result<std::vector<AuditEntry>> auditPage(const AuditFilter &filter, std::int64_t before,
                                              std::int64_t limit) override;
    Result<std::int64_t> auditCount(const AuditFilter &filter, std::int64_t most) override;
    Status forEachAudit(std::int64_t from, const std::function<Status(const AuditEntry &)> &visit) override;

    // ConsoleIndex
    Status putCheckIndex(const CheckIndexRow &row, std::string_view searchText) override;
    Status putFindingIndex(const FindingIndexRow &row, std::string_view searchText) override;
    Status dropFindingIndex(const Uuid &finding) override;
    Status putContested(const Uuid &entity, const std::vector<ContestedField> &fields) override;
    Status forgetConsoleIndex() override;
    Result<std::optional<CheckIndexRow>> checkIndex(const Uuid &check) override;
    Result<std::vector<CheckIndexRow>> checkPage(const CheckListQuery &query, const std::optional<PageMark> &after,
                                                 std::int64_t limit) override;
    Result<std::vector<CheckIndexRow>> checkPageBefore(const CheckListQuery &query, const PageMark &mark,
                                                       std::int64_t limit) override;
    Result<std::int64_t> checkCount(const CheckListQuery &query, std::int64_t most) override;
    Result<std::vector<FindingIndexRow>> findingPage(const FindingListQuery &query,
                                                     const std::optional<PageMark> &after, std::int64_t limit) override;
    Result<std::int64_t> findingCount(const FindingListQuery &query, std::int64_t most) override;
    Result<std::vector<ContestedField>> contestedPage(const std::string &field, const std::optional<Uuid> &check,
                                                      const std::optional<PageMark> &after,
                                                      std::int64_t limit) override;
    Result<std::int64_t> contestedCount(const std::string &field, const std::optional<Uuid> &check,
                                        std::int64_t most) override;
    Result<std::vector<Uuid>> checksOfDevice(const Uuid &device) override;
    Result<std::vector<Uuid>> checksOfSite(const Uuid &site) override;
    Result<std::vector<Digest>> sessionsOf(const Uuid &person); ///< open ones
    Result<Narrowed> narrowedBy(const CheckListQuery &query);
    Result<std::vector<CheckIndexRow>> checkRows(const std::string &sql, const CheckListQuery &query,
                                                 const std::optional<PageMark> &mark, std::int64_t limit);
    /** The statement of an SQL text put together from a closed set of pieces. */
    Result<Statement *> composed(const std::string &sql);

    /** The statement of this SQL; `sql` must be a literal, whose address is the key. */
    Result<Statement *> cached(const char *sql);
    Result<std::int64_t> deviceNumber(const Uuid &device); ///< NotFound
    Result<std::int64_t> readCount(const char *sql);
    Status appendCarried();
    Status visitOperations(Statement &statement, const std::function<Status(const LogOperation &)> &visit);
    Status visitRows(Statement &statement, const std::function<Status(const RowRecord &)> &visit);
    Status visitLeaves(Statement &statement, const std::function<Status(const LeafRecord &)> &visit);
    Result<std::optional<LogOperation>> oneOperation(Statement &statement);

    Database m_database;
    TableSeals m_seals;
    std::unordered_map<const char *, Statement> m_statements;
    std::unordered_map<std::string, Statement> m_composed;
    std::unordered_map<Uuid, std::int64_t, UuidHash> m_deviceNumbers;
    std::optional<Transaction> m_transaction;
    void writeCheckpoint();
    std::function<AuditEntry()> m_carried; ///< goes into the next commit
    std::string m_checkpointPath;          ///< empty = a reader, or a store in memory
    std::string m_checkpoint;              ///< of the transaction under way
    Uuid m_ledger;
};

} // namespace zhicha
