#pragma once
// The eight papers of the notice (design 4 "Notices"): what each is called, what it is about and whom it goes to.
#include <cstdint>
#include <span>
#include <string_view>

namespace zhicha {

enum class PaperSubject : std::uint8_t { Item, Month };
enum class PaperTo : std::uint8_t {
    Units,    ///< lead and cooperating units of the item
    Lead,     ///< the lead alone
    Everyone, ///< all units of the ledger
    Superior, ///< the government; needs a 签发人
};

struct PaperKind {
    std::string_view name; ///< in the ledger and on the command line
    std::string_view words;
    std::string_view english;
    PaperSubject subject = PaperSubject::Item;
    PaperTo to = PaperTo::Lead;
    int step = 0; ///< of the escalation ladder that it announces; 0: none
};

[[nodiscard]] std::span<const PaperKind> paperKinds();
/** By name or by its Chinese words; nullptr for anything else. */
[[nodiscard]] const PaperKind *findPaperKind(std::string_view name);

} // namespace zhicha
