#pragma once
// One check as a report with its photos, from what the office has of it now.
#include "shared/documents/check_report.h"
#include "sync-server/office/check_view.h"
#include "sync-server/store/photo_store.h"

namespace zhicha {

/** Pictures are the previews that have arrived. */
[[nodiscard]] Result<documents::Report> checkReport(LedgerReader &ledger, PhotoStore &photos, const CheckView &view);
[[nodiscard]] Result<Bytes> checkReportPdf(LedgerReader &ledger, PhotoStore &photos, const CheckView &view);

} // namespace zhicha
