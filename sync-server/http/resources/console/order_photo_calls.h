#pragma once
// Photos of an order's answer, in and out: the same for a clerk and for whoever has the order's link and code. Who may
// is the caller's to know.
#include "sync-server/http/resources/console/console_gate.h"
#include "sync-server/office/ledger/book.h"

namespace zhicha {

/** Keeps the call's body for an answer that is still being written; not_now once there is one. */
[[nodiscard]] Result<Response> takeOrderPhoto(ConsoleCall &call, const BookOrder &order);
/** The photo to look at, as JPEG or PNG. */
[[nodiscard]] Result<Response> showOrderPhoto(ConsoleCall &call, const Digest &photo);

} // namespace zhicha
