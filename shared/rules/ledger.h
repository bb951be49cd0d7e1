#pragma once
// The ledger as plain structs, units and items named by index: what the rules are computed from. Read from a ledger
// file whole or not at all; lists keep the order of the file, which decides where the notice names no other order.
#include "shared/rules/day.h"
#include "shared/rules/rules.h"

namespace zhicha::rules {

using Index = std::uint32_t;
inline constexpr Index kNone = 0xffffffff;

struct Unit {
    std::string id;
    std::string name;
    std::uint8_t group = 0; ///< in Rules::groups
};

/** 延期 (附件2 三 5): signed by the vice mayor in charge. */
struct Extension {
    Day approvedOn;
    Day newDueOn;
    bool isSigned = false;
};

/** 变更责任单位 (附件2 三 7): signed by the vice mayors of both units. */
struct Transfer {
    Day on;
    Index to = kNone;
    bool isSigned = false;
};

/** 无特殊原因 (四（二）4): while a signed one holds, an overdue item yields no action. */
struct Exemption {
    Day from;
    Day until;
    bool isSigned = false;
};

struct Item {
    std::string id;
    std::string number;
    std::uint8_t source = 1;
    std::uint8_t kind = 0; ///< in Rules::itemKinds
    Index lead = kNone;
    std::vector<Index> cooperating; ///< each once
    Day issuedOn;
    Day dueOn;
    Day completedOn = kNever;
    std::int32_t awarded = 0; ///< in 1/kPoint; what an item is worth unless the office said otherwise
    Day withdrawnOn = kNever; ///< kNever without both signatures (附件2 三 6)
    std::vector<Extension> extensions;
    std::vector<Transfer> transfers;
    std::vector<Exemption> exemptions;
};

/** Something that gives or takes points by a document. */
struct Event {
    std::string id;
    Index unit = kNone;
    Index rule = kNone; ///< in Rules::pointRules; kNone: unknown, or not for a hand
    std::string ruleId; ///< as written
    Day on;
    Index item = kNone;
    std::string itemId; ///< as written, empty if none
    std::string document;
    bool subordinate = false; ///< the recipient is a subordinate of the unit (附件2 三 2)
    Index reportedBy = kNone;
};

/** A 进展 or 办结 report that is due on a day of its own (附件2 三 3). */
struct Report {
    std::string id;
    Index item = kNone;
    Index unit = kNone;
    Day dueOn;
    Day submittedOn = kNever;
    Day resubmitDueOn = kNever; ///< of a returned report
    Day resubmittedOn = kNever;
};

/** A step of the escalation ladder that the office recorded. */
struct LadderRow {
    Index item = kNone;
    std::uint8_t step = 1;
    Day on;
    Day commitmentMetOn = kNever;
};

/** A month's ranking as it was published. */
struct Publication {
    Month month;
    Day publishedOn;
    bool hasWinners = false; ///< then `winners` counts, else they are recomputed
    std::vector<Index> winners;
};

struct Ledger {
    std::vector<Unit> units;
    std::vector<Item> items;
    std::vector<Event> events;
    std::vector<Report> reports;
    std::vector<LadderRow> ladder;
    std::vector<Publication> publications;
};

/** Refused whole (InvalidArgument, naming the place) for an unknown unit, group, kind or step, a report or ladder row
 *  of an unknown item, a second equal id in one list, a month published twice, an award that cannot be, a missing field
 *  or a date that is none; BadEncoding or TooLarge where it is no JSON. Fields that the rules do not know are let be.
 */
[[nodiscard]] Result<Ledger> readLedger(const Rules &rules, std::string_view json);

} // namespace zhicha::rules
