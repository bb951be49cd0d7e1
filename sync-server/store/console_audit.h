#pragma once
// The audit trail of console users: append-only, each entry chained to the one before, so that a missing or changed one
// shows. Its daily head goes into the ledger as `audit.head`.
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <functional>

namespace zhicha {

struct AuditEntry {
    std::int64_t number = 0; ///< from 1, gapless
    std::int64_t atMs = 0;
    std::optional<Uuid> person; ///< absent: nobody is signed in, or the server itself
    std::string name;           ///< of that person, as it was then; what was typed at a refused sign-in is not kept
    std::string act;            ///< a word of the closed list, see audit_words.h
    std::string objectKind;     ///< "" = none
    std::string object;         ///< an id, never content
    std::string result;         ///< ok, refused
    std::string code;           ///< of a refusal
    std::string address;
    Digest h{}; ///< H("zhicha/v1/audit", h before ‖ CBOR of the rest)
};

struct AuditFilter {
    std::optional<Uuid> person;
    std::optional<std::string> act;
    std::optional<std::string> result;
    std::optional<std::int64_t> fromMs;  ///< included
    std::optional<std::int64_t> untilMs; ///< excluded
};

struct AuditHead {
    std::int64_t number = 0; ///< 0 = nothing yet
    Digest h{};
};

/** h of an entry after the one with `before`. */
[[nodiscard]] Digest auditDigest(const Digest &before, const AuditEntry &entry);

/** Threads: those of the ledger store that it belongs to. */
class AuditTable {
public:
    virtual ~AuditTable() = default;
    virtual Result<AuditHead> auditHead() = 0;
    /** Numbers and chains it; needs the writer and an open transaction. */
    virtual Status appendAudit(AuditEntry entry) = 0;
    /** The next commit takes this entry along, in its own transaction: what is done and that it was done become durable
     *  together or not at all. The entry is asked for just before that commit. If it cannot be written, the commit
     *  fails and nothing of the transaction stays. */
    virtual void carryAudit(std::function<AuditEntry()> entry) = 0;
    /** Nothing is carried any more. True if a commit took it. */
    virtual bool endCarry() = 0;
    /** Newest first, numbers below `before` (0 = from the end), at most `limit`. */
    virtual Result<std::vector<AuditEntry>> auditPage(const AuditFilter &filter, std::int64_t before,
                                                      std::int64_t limit) = 0;
    virtual Result<std::int64_t> auditCount(const AuditFilter &filter, std::int64_t most) = 0;
    /** In order of numbers. */
    virtual Status forEachAudit(std::int64_t from, const std::function<Status(const AuditEntry &)> &visit) = 0;
};

} // namespace zhicha
