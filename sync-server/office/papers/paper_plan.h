#pragma once
// Papers of a ledger file beside those that the ledger has: what taking them in writes.
#include "sync-server/intake/intake.h"
#include "sync-server/office/ledger_file.h"

namespace zhicha {

struct PlannedPaper {
    std::string place;
    std::string kind;
    Uuid id;
    cbor::Map fields;
};

/** Owner: an import. Errors name the place in the file (InvalidArgument). */
class PaperPlan {
public:
    [[nodiscard]] static Result<PaperPlan> over(LedgerReader &ledger, const Uuid &ledgerId);
    /** True if the paper is new; refused where the ledger has another one of its number. */
    [[nodiscard]] Result<bool> issue(const FileEntry &entry);
    /** After all are known: the paper that revokes may stand behind. */
    [[nodiscard]] Status revoke(const FileEntry &entry);
    [[nodiscard]] Status receive(const FileEntry &entry);
    [[nodiscard]] std::vector<PlannedPaper> take() { return std::move(m_planned); }

private:
    struct Known {
        Uuid id;
        std::optional<EntityRow> row; ///< absent: it comes with this file
    };
    std::map<std::string, Known> m_known; ///< by number
    std::set<Uuid> m_receipts;
    Uuid m_ledgerId;
    std::vector<PlannedPaper> m_planned;
};

/** The id of a unit's receipt: a second one cannot be. */
[[nodiscard]] Uuid paperReceiptId(const Uuid &ledger, const Uuid &paper, const Uuid &unit);

} // namespace zhicha
