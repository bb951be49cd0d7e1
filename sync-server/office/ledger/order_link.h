#pragma once
// An order with an assignee outside the system is answered through a link and a code: the link names the order, the
// code is told apart from it, shown once and kept as a digest alone. Whoever has both sees this order and nothing else.
#include "sync-server/office/access.h"
#include "sync-server/office/ledger/order_view.h"

namespace zhicha {

inline constexpr std::int64_t kOrderLinkMs = std::int64_t{30} * 86'400'000;

/** {"code","code_groups","path","expires_at"}; a code that was given before ends. Role: reviewer. `refusal` where the
 *  order is over or its unit answers itself. */
[[nodiscard]] Result<nlohmann::json> makeOrderLink(const LedgerAct &act, const Uuid &order, OrderRefusal &refusal);
/** From here on the code opens nothing. */
[[nodiscard]] Result<nlohmann::json> endOrderLink(const LedgerAct &act, const Uuid &order);

struct CodeVerdict {
    enum class What : std::uint8_t { Opens, Wrong, Locked } what = What::Wrong;
    std::int64_t untilMs = 0; ///< of a lock
};
/** Wrong, expired, ended and unknown are one answer. Failures are counted by order and by address. */
[[nodiscard]] Result<CodeVerdict> tryOrderCode(LedgerAccess &access, const Uuid &order, std::string_view code,
                                               const std::string &address);

/** The order as whoever came with its code sees it: no name of the office, nothing beside it. */
[[nodiscard]] Result<nlohmann::json> outsideOrderJson(LedgerReader &ledger, const Book &book, const BookOrder &order);

} // namespace zhicha
