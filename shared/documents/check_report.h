#pragma once
// One check as a report with its photos, for reading and filing: what its writer has of it, conflicts named. It is no
// evidence: that is the operations and the originals, whose digests it quotes. Office and tablet fill it from their
// stores.
#include "shared/documents/report.h"

namespace zhicha {

inline constexpr std::string_view kContestedWords =
    "两说不一，未裁定"; ///< where a contested field has no value of its own

struct ReportedPhoto {
    bool shot = false; ///< by the tablet's camera; else imported
    std::string howTaken;
    std::string day; ///< YYYY-MM-DD; empty: unknown
    std::optional<Digest> sha256;
    std::shared_ptr<const Bytes> jpeg; ///< its preview; absent: a frame says so
};

struct ReportedAnswer {
    std::string item;
    std::string question; ///< its name in the ledger
    std::string value;    ///< yes, partly, no; or words
    std::string note;
};

struct ReportedClause {
    std::int64_t clause = 0; ///< 1 to 6
    std::string said;        ///< kept, explain, not_kept; or words
    std::string note;
};

struct ReportedFinding {
    std::string severity; ///< minor, major, critical; or words
    std::string text;
    std::vector<ReportedPhoto> photos;
};

struct ReportedCheck {
    std::string number; ///< empty: the office has given none yet
    std::string site;
    std::vector<std::string> items;
    std::vector<std::string> people;
    std::string day;   ///< YYYY-MM-DD of its start, as its device estimates; empty: unknown
    std::string state; ///< its name, as checkStateName() says it
    std::vector<ReportedAnswer> answers;
    std::int64_t satisfied = 0, neutral = 0, dissatisfied = 0;
    std::vector<ReportedClause> clauses;
    std::vector<ReportedFinding> findings;
    std::vector<ReportedPhoto> otherPhotos; ///< that stand beside no finding
    std::size_t photos = 0;
    std::size_t missingOriginals = 0; ///< of them, not at the office
    std::string source;               ///< whose copy this is, a sentence; empty: the office's ledger
};

[[nodiscard]] documents::Report reportOf(const ReportedCheck &check);
/** With the fonts of this machine. */
[[nodiscard]] Result<Bytes> reportPdf(const documents::Report &report);

} // namespace zhicha
