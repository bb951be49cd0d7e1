#pragma once
// One check with everything that belongs to it, as the ledger holds it now: rows, who wrote what and when, its state.
#include "shared/ledger/check_state.h"
#include "sync-server/office/office.h"

namespace zhicha {

/** When and by whom an operation was made. Ordered by the device's best guess of the time, then so that it is total. */
struct OperationMark {
    std::int64_t estimateMs = 0;
    Uuid device;
    std::int64_t seq = 0;
    auto operator<=>(const OperationMark &) const = default;
};

struct CheckView {
    Uuid id;
    std::optional<EntityRow> check; ///< absent: only orphans are here
    std::vector<RowRecord> rows;    ///< every other row of the closure, void ones included
    std::map<Digest, OperationMark> marks;
    std::vector<ClosureOperation> operations; ///< effective ones, in log order
    std::map<Uuid, ChainHead> heads;          ///< of every chain with an operation here
    std::vector<Digest> missingPhotos;        ///< originals that no photos.received names
    CheckState state = CheckState::UnderWay;

    [[nodiscard]] OperationMark birthOf(const EntityRow &row) const;
    /** The persons whose tablets started, joined or signed; the starter first. */
    [[nodiscard]] const std::vector<Uuid> &inspectors() const { return m_inspectors; }

    std::vector<Uuid> m_inspectors;
};

/** Loads checks one after the other; what it learns of devices it keeps. Owner and thread: the reader's. */
class CheckLoader {
public:
    explicit CheckLoader(LedgerReader &ledger) : m_ledger(ledger) {}
    /** NotFound if nothing of such a check is here. */
    Result<CheckView> load(const Uuid &check);
    /** The person of a tablet; nullopt for a server chain. */
    Result<std::optional<Uuid>> personOf(const Uuid &device);
    Result<std::string> personName(const Uuid &person);

private:
    struct Device {
        ChainRecord chain;
        DeviceFacts facts;
    };
    Result<const Device *> device(const Uuid &id);
    Status readOperations(CheckView &view);
    Status findInspectors(CheckView &view);
    static void findState(CheckView &view);

    LedgerReader &m_ledger;
    std::map<Uuid, Device> m_devices;
    std::map<Uuid, std::string> m_names;
};

/** A check by UUID or official number (检〔2026〕0382). NotFound. */
[[nodiscard]] Result<Uuid> findCheck(LedgerReader &ledger, std::string_view text);
/** Any entity by UUID, official number of a check, or the code of a unit, site, item, event or
 *  report, or the month of a ranking. NotFound, Ambiguous. */
[[nodiscard]] Result<Uuid> findAnyEntity(LedgerReader &ledger, std::string_view text);
[[nodiscard]] Result<Uuid> ledgerIdOf(LedgerReader &ledger);

} // namespace zhicha
