#pragma once
// One check as the evidence desk reads it: its view, every operation with its number, author and interval.
#include "sync-server/office/check_view.h"
#include "sync-server/office/console/names.h"
#include "sync-server/office/console/time_span.h"

namespace zhicha {

struct FileOperation {
    Digest d{};
    Uuid device;
    std::int64_t seq = 0;
    std::int64_t log = 0;
    std::int64_t branch = 0;
    std::string kind;
    Uuid entity;
    std::string outcome;
    std::optional<Uuid> actor;
    bool serverChain = false;
    OperationBounds bounds;
    Base base;        ///< what its author had seen of each field
    cbor::Map fields; ///< empty where the body is not here
};

struct CheckFile {
    CheckView view;
    std::vector<FileOperation> operations; ///< in log order
    std::map<Digest, std::size_t> byDigest;
    SpanFinder spans;

    [[nodiscard]] const FileOperation *find(const Digest &d) const;
    [[nodiscard]] const FileOperation *birth(const EntityRow &row) const;
    [[nodiscard]] std::vector<const RowRecord *> rowsOf(EntityType type, bool withVoid = false) const;
    [[nodiscard]] std::int64_t lastLog() const { return operations.empty() ? 0 : operations.back().log; }
};

/** NotFound if nothing of such a check is here. */
[[nodiscard]] Result<CheckFile> loadCheckFile(LedgerReader &ledger, const Uuid &check);

/** Fills what bounds an operation: anchor and receipt. */
[[nodiscard]] Result<OperationBounds> boundsOf(LedgerReader &ledger, const LogOperation &stored,
                                               const Envelope &envelope);

[[nodiscard]] nlohmann::json spanJson(const TimeSpan &span);
[[nodiscard]] nlohmann::json spanJson(const CheckFile &file, const FileOperation &operation);
[[nodiscard]] Result<nlohmann::json> authorJson(Names &names, const FileOperation &operation);
/** Photos whose `to` is this entity, not void, in order of rank then id. */
[[nodiscard]] std::vector<const RowRecord *> photosTo(const CheckFile &file, const Uuid &entity);

[[nodiscard]] int severityRank(std::string_view word); ///< 0 none, 1 minor, 2 major, 3 critical
/** The graver of what stands. */
[[nodiscard]] int severityOf(const EntityRow &finding);

} // namespace zhicha
