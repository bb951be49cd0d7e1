#pragma once
// Who may do what at the console: one function over role, resource and verb, everything else denied. Every cell is
// asserted by tests/unit/sync-server/office/tst_policy.cpp.
#include "shared/base/ids.h"
#include "sync-server/store/ledger_store.h"

#include <set>

namespace zhicha {

enum class Resource : std::uint8_t {
    Desk,
    Checks,
    Photos,
    Conflicts,
    Findings,
    Devices,
    People,
    Audit,
    Feedback,
    FirstRun,
    Lookup,
    Health,
    Items,      ///< the supervision ledger: items and the reports on them
    Requests,   ///< what units ask of the leaders
    Escalation, ///< what is due, the steps, merits and demerits
    Ranking,
    Papers,
    Orders,   ///< rectification orders
    Erasures, ///< what officers erase together, without its content
    Tokens,   ///< with which other programs read
    Frame,    ///< head, events, drafts, views, tiles: whoever is signed in
};
inline constexpr int kResourceCount = static_cast<int>(Resource::Frame) + 1;

enum class Verb : std::uint8_t {
    Read,
    Comment,
    Review,   ///< accept, return, close, admit a joiner
    Hand,     ///< give a check to another inspector
    Raise,    ///< raise a conflict
    Decide,   ///< decide one; a review that a unit asked for
    Amend,    ///<
    Void,     ///<
    Enrol,    ///< make a code for a tablet
    Revoke,   ///< revoke and readmit
    Grant,    ///< persons, roles, passwords
    Confirm,  ///< roles; unlocking an account
    Register, ///< items: register, correct, complete; ask for reports and judge them
    Report,   ///< hand a report in, answer an order
    File,     ///< a request; ask for a review
    Record,   ///< a step of the ladder, points with their document
    Publish,  ///< a month's ranking
    Sign,     ///< a request, or refuse it, or send it back
    Issue,    ///< papers: sign, number, revoke; orders
    Receive,  ///< papers and orders: sign for one
    Write,    ///< of things that are one's own, or the frame's
};
inline constexpr int kVerbCount = static_cast<int>(Verb::Write) + 1;

/** How far a permission reaches: the widest of a person's roles holds. */
enum class Reach : std::uint8_t {
    None,
    Own,  ///< checks that the person started, joined or signed; items of the unit that the person acts for
    Team, ///< and those of the persons of the own team
    All,
};

/** `role` as role.grant writes it; an unknown word may do nothing. Pure. */
[[nodiscard]] Reach mayUse(std::string_view role, Resource resource, Verb verb);
/** The widest reach of several roles. */
[[nodiscard]] Reach mayUse(const std::set<std::string> &roles, Resource resource, Verb verb);
/** Roles that may, in the order of role.grant: what a refusal names. */
[[nodiscard]] std::vector<std::string> rolesThatMay(Resource resource, Verb verb);
[[nodiscard]] const std::vector<std::string> &allRoles();

/** A grant as it counts. */
struct RoleGrant {
    Uuid grant;
    Uuid person;
    std::string role;
    std::string team;
    std::int64_t fromMs = 0;
    std::optional<Uuid> unit;
    bool inForce = false; ///< false: waits for the security officer, is void or was ended
    bool ended = false;
    bool unconfirmed = false;         ///< in force only because nobody could confirm it
    std::optional<Uuid> confirmation; ///< the operation's entity
};
/** Every grant, with what confirmations and ends say of it. Until a security officer exists grants hold at once. */
[[nodiscard]] Result<std::vector<RoleGrant>> allGrants(LedgerReader &ledger);
/** Roles in force of a person. */
[[nodiscard]] Result<std::set<std::string>> rolesOf(LedgerReader &ledger, const Uuid &person);
/** Everybody who shares a team with the person, the person included. */
[[nodiscard]] Result<std::vector<Uuid>> teamOf(LedgerReader &ledger, const Uuid &person);

} // namespace zhicha
