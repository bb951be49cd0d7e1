#pragma once
// The operations of the store: the own chain, which only grows, and what was pulled.
#include "mobile/engine/store/sql.h"
#include "shared/ledger/apply.h"
#include "shared/oplog/run.h"

namespace zhicha {

/** One operation of the own chain with what the office said of it. */
struct OwnOperation {
    std::int64_t seq = 0;
    Digest d{};
    Digest h{};
    std::string kind;
    Uuid entity;
    std::string outcome; ///< word of the office; empty until acknowledged
};

/** Threads: the store's. Writes run inside the caller's transaction. Errors: SQLite's, StoreDamaged. */
class OperationTable {
public:
    explicit OperationTable(Sql &sql) : m_sql(sql) {}

    /** Appends to the own chain. `h` is the head after it. */
    Status appendOwn(const StoredOperation &operation, const Envelope &envelope, const std::optional<Uuid> &check,
                     const Digest &h);
    /** The last operation of the own chain; nullopt before the first. */
    Result<std::optional<ChainHead>> ownHead();
    Result<std::optional<Digest>> ownHeadAt(std::int64_t seq); ///< h(seq); nullopt if the chain is shorter
    Result<std::optional<Digest>> ownDigestAt(std::int64_t seq);
    /** Bytes of the own operations [first, last] in order; fewer if the chain ends earlier. */
    Result<std::vector<OperationBytes>> ownBytes(std::int64_t first, std::int64_t last);
    /** That the own chain wrote into. Ids are of the time of birth: the newest first. Also checks that are not here
     *  themselves yet. */
    Result<std::vector<Uuid>> newestOwnChecks(std::size_t most);
    Status forEachOwnInCheck(const Uuid &check, const std::function<Status(const OwnOperation &)> &visit);
    /** With an outcome that is neither plain nor missing, or in a run that was refused. */
    Status forEachOwnTroubled(const std::function<Status(const OwnOperation &)> &visit);
    Status forEachOwn(std::int64_t first, const std::function<Status(const OwnOperation &)> &visit);
    /** The own operation of this kind that names the entity, the first one; nullopt if there is none. */
    Result<std::optional<StoredOperation>> ownBirth(const Uuid &entity, std::string_view kind);
    Status setOutcome(std::int64_t seq, std::string_view outcome);

    enum class Stored { New, BodyFilled, Known, HeldAlone, Fork };
    /** Takes one pulled operation; element.operation absent = only d is known. HeldAlone: so it came, while its body is
     *  here. Fork: another d stands at that number already (this one is stored beside it). */
    Result<Stored> storePulled(const Uuid &device, std::int64_t seq, const RunElement &element,
                               const std::optional<Uuid> &check, const std::optional<Envelope> &envelope);

    /** Puts the digests, which are there already, in the place of these bodies of a check. Answers the entities to fold
     * again. */
    Result<std::set<Uuid>> dropBodies(const std::set<Digest> &operations, const Uuid &check);

    /** Every operation that is known of a stretch of a chain, in order, as it would travel; of a fork, each branch's.
     */
    Status elements(const Uuid &device, std::int64_t first, std::int64_t last,
                    const std::function<Status(std::int64_t, RunElement)> &visit);
    Status ofEntity(const Uuid &entity, const std::function<Status(StoredOperation)> &visit);
    Status entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                             const std::function<Status(const Uuid &)> &visit);
    /** Last sequence per device that wrote into this check. */
    Result<std::map<Uuid, std::int64_t>> lastInCheck(const Uuid &check);
    struct Placed {
        Uuid device;
        std::int64_t seq = 0;
        std::string kind;
    };
    Result<std::vector<Placed>> inCheck(const Uuid &check);

private:
    Sql &m_sql;
};

} // namespace zhicha
