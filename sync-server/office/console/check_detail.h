#pragma once
// One check for the evidence desk (docs/CONSOLE_API.md §4).
#include "sync-server/office/console/check_file.h"

namespace zhicha {

/** What the viewer's roles allow, whatever the check: a team lead comments and reviews nothing. */
struct CheckPowers {
    bool review = false;
    bool comment = false;
};
/** What the viewer may do: true, or why not. */
[[nodiscard]] nlohmann::json mayDo(const CheckFile &file, const std::optional<Uuid> &viewer, const CheckPowers &powers);

/** Everything beside the row of the list. */
[[nodiscard]] Result<nlohmann::json> checkDetailJson(LedgerReader &ledger, Names &names, const CheckFile &file);

/** A finding as lists and the desk show it (§7). */
[[nodiscard]] Result<nlohmann::json> findingJson(LedgerReader &ledger, Names &names, const CheckFile &file,
                                                 const RowRecord &finding, std::int64_t number);
/** The row of a photo (§5). */
[[nodiscard]] Result<nlohmann::json> photoRowJson(LedgerReader &ledger, const CheckFile &file, const RowRecord &photo);
/** {lat, lon, …} of a fix; empty if it is none. */
[[nodiscard]] nlohmann::json fixJson(const cbor::Value &fix);
/** The values of a contested field, each with author, interval and reason (§6). */
[[nodiscard]] Result<nlohmann::json> valuesJson(LedgerReader &ledger, Names &names, const CheckFile &file,
                                                const RowRecord &record, const FieldRow &field);
[[nodiscard]] std::pair<std::string, std::string> valueWords(std::string_view field, const nlohmann::json &value);
/** A folded value for the page: ids stay ids. */
[[nodiscard]] nlohmann::json plainJson(const cbor::Value &value);
/** The finding's running number in its check, from 1 by birth. */
[[nodiscard]] std::int64_t numberOf(const CheckFile &file, const Uuid &finding);

} // namespace zhicha
