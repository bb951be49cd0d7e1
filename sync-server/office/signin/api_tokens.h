#pragma once
// Tokens with which another program reads the ledger: issued by the administrator, in force when the security officer
// has confirmed them, like a role; each opens the reading of what its scopes name and nothing else, until it expires or
// is revoked. They are few, so they are one sealed setting; of a token its digest is kept alone.
#include "sync-server/office/signin/policy.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

inline constexpr std::size_t kMostTokens = 100; ///< that are not over
inline constexpr std::int64_t kLongestTokenDays = 366;
inline constexpr std::int64_t kTokenKeptDays = 186; ///< in the list, after it was over
inline constexpr std::string_view kTokenPrefix = "zhicha_";

/** What a scope opens: reading, of everybody's. */
struct TokenScope {
    std::string_view name;
    Resource resource;
    std::string_view words, wordsEn;
};
[[nodiscard]] const std::vector<TokenScope> &tokenScopes();

struct ApiToken {
    Uuid id;
    std::string name;    ///< of the program that holds it
    std::string purpose; ///< why it may read
    Digest digest{};
    std::vector<std::string> scopes;
    Uuid issuedBy;
    std::string issuedByName, confirmedByName, revokedByName;
    std::string revokeReason; ///< empty for one that was revoked before reasons were asked for
    std::int64_t issuedMs = 0, expiresMs = 0;
    std::int64_t confirmedMs = 0, revokedMs = 0, usedMs = 0; ///< 0: not yet
    std::string usedFrom;
    bool unconfirmed = false; ///< in force because nobody could confirm it
    /** waiting, in_force, expired or revoked. */
    [[nodiscard]] std::string_view state(std::int64_t nowMs) const;
    [[nodiscard]] bool opens(Resource resource) const;
};

/** Every token that is kept. StoreDamaged if the list does not read. */
[[nodiscard]] Result<std::vector<ApiToken>> allTokens(LedgerReader &ledger);
/** The one of an Authorization header ("Bearer zhicha_…"), in whatever state; nullopt if there is none. */
[[nodiscard]] Result<std::optional<ApiToken>> tokenOfHeader(LedgerReader &ledger, std::string_view authorization);

struct TokenOrder {
    std::string name, purpose;
    std::vector<std::string> scopes;
    std::int64_t days = 0;
};
// On the ledger thread, in a transaction of the caller's.
/** The token itself, to be shown once. InvalidArgument names the field before a colon; OverQuota. */
[[nodiscard]] Result<std::string> issueToken(LedgerWriter &ledger, const TokenOrder &order, const ConsoleUser &by,
                                             std::int64_t nowMs, RandomSource &random, Uuid &id);
/** AlreadyDone unless it waits. Nobody confirms what they issued themselves: NotAllowed. */
[[nodiscard]] Status confirmToken(LedgerWriter &ledger, const Uuid &id, const ConsoleUser &by, std::int64_t nowMs);
/** AlreadyDone if it is over. InvalidArgument names "reason" before a colon. */
[[nodiscard]] Status revokeToken(LedgerWriter &ledger, const Uuid &id, const std::string &reason, const ConsoleUser &by,
                                 std::int64_t nowMs);
[[nodiscard]] Status noteTokenUse(LedgerWriter &ledger, const Uuid &id, const std::string &address, std::int64_t nowMs);

/** Row of the list; neither token nor digest. */
[[nodiscard]] nlohmann::json tokenJson(const ApiToken &token, std::int64_t nowMs);

} // namespace zhicha
