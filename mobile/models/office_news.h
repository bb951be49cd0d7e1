#pragma once
// What the office did that concerns this tablet's person, as lines and tasks of 今日. Qt-free.
#include "mobile/engine/store/local_store.h"

namespace zhicha {

struct OfficeNews {
    enum class Kind {
        PersonEnded,      ///< the person is no user any more: only sending is left
        HandedToYou,      ///< a check of somebody else is yours now
        HandedAway,       ///< a check of yours is somebody else's now
        PhotoMismatch,    ///< the office got other bytes than were recorded, three times
        FeedbackAnswered, ///< 意见建议
        SiteAdopted,      ///< a site that was proposed here stands in the list now
        SiteNoted,        ///< somebody wrote something about a site
        RoleConfirmed,
        RoleEnded,
        ReadingEnded ///< this tablet receives nothing more of a check
    };
    std::string key; ///< stays the same over readings: what was seen is kept by it
    Kind kind = Kind::SiteNoted;
    bool task = false; ///< stays until it is done; a line goes when it was seen
    std::optional<Uuid> check;
    std::string subject; ///< the site, the role, the feedback's first words
    std::string person;  ///< who gave or took
    std::string text;    ///< the reason, the answer, the note
    std::int64_t atMs = 0;
};

/** Tasks first, then the newest; lines that were seen are left out. Threads: the store's. */
[[nodiscard]] Result<std::vector<OfficeNews>> officeNews(LocalStore &store);
/** A line was read and is not shown again. Nothing of the ledger changes. */
[[nodiscard]] Status noteSeen(LocalStore &store, const std::string &key);

/** How far the office's audit trail of its own users stands in the ledger (audit.head): the newest day that is over. */
struct AuditDay {
    std::string day; ///< 2026-11-29; empty: none came yet
    std::int64_t entries = 0;
    std::string digest; ///< the first 12 hex digits
};
[[nodiscard]] Result<AuditDay> auditDay(LocalStore &store);

/** One's own 意见建议 and what the office answered. */
struct OwnFeedback {
    Uuid id;
    std::string text;
    std::int64_t atMs = 0;
    std::string answer; ///< empty: not answered yet
    std::string answeredBy;
    std::int64_t answeredAtMs = 0;
};
[[nodiscard]] Result<std::vector<OwnFeedback>> ownFeedback(LocalStore &store); ///< the newest first

} // namespace zhicha
