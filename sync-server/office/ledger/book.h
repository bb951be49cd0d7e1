#pragma once
// The supervision ledger as the console counts with it: units, items and what was decided about them, in memory,
// brought up to date from the log operation by operation. What a page shows of an item beside is read from its row.
#include "shared/rules/assessment.h"
#include "shared/rules/item_history.h"
#include "shared/rules/working_calendar.h"
#include "sync-server/office/ledger/order_book.h"
#include "sync-server/store/ledger_store.h"

#include <array>
#include <mutex>
#include <shared_mutex>

namespace zhicha {

/** What an item is on the book's day, the first that applies (design 10 §7). Also the order of the list. */
enum class Lamp : std::uint8_t { Red, Yellow, Blue, Unknown, Open, Done, Withdrawn };
inline constexpr std::size_t kLamps = 7;
[[nodiscard]] std::string_view lampName(Lamp lamp);
[[nodiscard]] std::optional<Lamp> lampFromName(std::string_view name);

/** A row of the ledger beside its place in it: of rows of one day the earlier one counts first. */
template <typename Row>
struct Placed {
    Uuid id;
    std::int64_t log = 0;
    Row row;
};

struct BookReport {
    Uuid id;
    std::string code;
    std::string what; ///< progress, completion; "" in ledgers that do not say
    rules::Index unit = rules::kNone;
    rules::Day dueOn;
    rules::Day submittedOn = rules::kNever, returnedOn = rules::kNever, resubmitDueOn = rules::kNever,
               resubmittedOn = rules::kNever, acceptedOn = rules::kNever;
    /** The day by which something has still to be handed in; kNever if nothing has. */
    [[nodiscard]] rules::Day awaitedOn() const;
};

struct BookStep {
    Uuid id;
    int step = 0;
    rules::Day on;
    rules::Day commitmentMetOn = rules::kNever;
};

/** What somebody said to a request. */
struct BookRequestWord {
    Uuid id;
    int round = 1;
    std::string as;   ///< office, vice_mayor, vice_mayor_to, mayor
    std::string word; ///< sign, refuse, return
    rules::Day on;
    std::string name;   ///< of who said it
    std::string text;   ///< opinion, reason, what is missing
    bool byKey = false; ///< signed with the person's security key, else on the server's word
};

enum class RequestState : std::uint8_t { Waiting, Returned, Refused, Granted };
[[nodiscard]] std::string_view requestStateName(RequestState state);

/** What a unit asks of the leaders (附件2 三 5 to 7, 四（二）4), or the lead reports to the office (三 4). */
struct BookRequest {
    Uuid id;
    bool isHere = false;
    std::int64_t log = 0; ///< of its birth
    Uuid item;
    rules::Index unit = rules::kNone;
    std::string what; ///< extension, transfer, withdrawal, exemption, complaint
    int round = 1;
    std::string ground;
    rules::Day newDueOn = rules::kNever, from = rules::kNever, until = rules::kNever;
    rules::Index to = rules::kNone;
    std::vector<BookRequestWord> words;
    [[nodiscard]] RequestState state() const;
    /** Who has to sign next, none once it is decided. The office looks at it first; then the leaders, of a withdrawal
     *  one after the other. What a lead unit reports is the office's alone. */
    [[nodiscard]] std::vector<std::string> waitsFor() const;

private:
    [[nodiscard]] bool isSigned(std::string_view as) const;
};

/** An item on the book's day. */
struct ItemNow {
    Lamp lamp = Lamp::Open;
    rules::Index lead = rules::kNone;
    rules::Day due;
    bool extended = false;
    bool reportLate = false, reportReturned = false; ///< why it lags behind
    bool orderOverdue = false, recheckFailed = false;
    int workdays = -1; ///< overdue or left; -1 where the calendar does not say
    int step = 0;      ///< the highest that counts
    rules::Day exemptUntil = rules::kNever;
    bool withdrawalAsked = false;
};

struct BookItem {
    Uuid id;
    rules::Item of;
    std::string title;
    std::string supervisor;
    std::string words; ///< what a search looks through, in lower case
    int year = 0, number = 0;
    bool isVoid = false;
    bool isHere = false; ///< its own row was read; else something names an item that is not there
    std::vector<Placed<rules::Extension>> extensions;
    std::vector<Placed<rules::Transfer>> transfers;
    std::vector<Placed<rules::Day>> withdrawals;
    std::vector<Placed<rules::Exemption>> exemptions;
    std::vector<BookReport> reports;
    std::vector<BookStep> steps;
    std::vector<Uuid> requests, orders;
    ItemNow now;
    [[nodiscard]] bool isShown() const { return isHere && !isVoid; }
    /** The unit leads it on the book's day, or cooperates. */
    [[nodiscard]] bool isOf(rules::Index unit) const;
};

struct BookUnit {
    Uuid id;
    rules::Unit of;
    std::string viceMayor;
    bool isHere = false;
};

struct BookEvent {
    Uuid id;
    rules::Event of;
    std::optional<Uuid> item;
};

/** Letters of ASCII alone: a search for "gb/t" finds GB/T. */
[[nodiscard]] std::string inLowerCase(std::string text);

enum class ItemOrder : std::uint8_t { Lamp, Number, Due };
inline constexpr std::size_t kItemOrders = 3;

/** What the book holds. Readers of it see one state. */
class Book {
public:
    Book(const rules::Rules &byRules, const rules::WorkingCalendar &byCalendar)
        : rules(byRules), calendar(byCalendar) {}

    const rules::Rules &rules;
    const rules::WorkingCalendar &calendar;
    std::int64_t log = 0;
    rules::Day today;
    std::vector<BookUnit> units;
    std::vector<BookItem> items;
    std::map<Uuid, BookEvent> events;
    std::map<Uuid, rules::Publication> publications;
    std::map<Uuid, BookRequest> requests;
    std::map<Uuid, BookOrder> orders;

    [[nodiscard]] const BookItem *item(const Uuid &id) const; ///< shown ones alone
    [[nodiscard]] rules::Index unit(const Uuid &id) const;    ///< kNone if there is none
    /** Items that are shown, in this order. */
    [[nodiscard]] const std::vector<rules::Index> &ordered(ItemOrder order) const {
        return m_orders[static_cast<std::size_t>(order)];
    }
    [[nodiscard]] bool isBefore(ItemOrder order, rules::Index a, rules::Index b) const;
    /** The highest number of this year, void items' numbers included; 0 if none. */
    [[nodiscard]] int highestNumber(int year) const;
    [[nodiscard]] int highestOrderNumber(int year) const;
    /** The ledger as `assess` and `due` read it. `places`: the item of the book for each of its items. */
    [[nodiscard]] rules::Ledger asLedger(std::vector<rules::Index> *places = nullptr) const;
    [[nodiscard]] ItemNow standing(const BookItem &item, rules::Day day) const;

private:
    friend class BookKeeping;
    std::map<Uuid, rules::Index> m_units, m_items;
    std::map<Uuid, Uuid> m_requestOf;       ///< of each word on one
    std::map<Uuid, Uuid> m_orderOf;         ///< of each step of one
    std::map<Uuid, rules::Index> m_ownerOf; ///< the item that a report, a step or a decision stands with
    std::array<std::vector<rules::Index>, kItemOrders> m_orders;
    std::map<int, int> m_numbers, m_orderNumbers;
};

/** Owner: whoever serves. Threads: any; who reads waits for who brings it up to date. */
class LedgerBook {
public:
    LedgerBook(const rules::Rules &rules, const rules::WorkingCalendar &calendar) : m_book(rules, calendar) {}
    /** The notice and the calendar that are compiled in. */
    LedgerBook();

    /** Shows `work` the book as of everything that the reader sees now, on this day. */
    Status read(LedgerReader &ledger, rules::Day today, const std::function<Status(const Book &)> &work);
    template <typename T>
    Result<T> look(LedgerReader &ledger, rules::Day today, const std::function<Result<T>(const Book &)> &work) {
        Result<T> out = fail(Code::Internal, "the book was not read");
        ZHICHA_TRY(read(ledger, today, [&](const Book &book) -> Status {
            out = work(book);
            return {};
        }));
        return out;
    }

private:
    std::shared_mutex m_mutex;
    Book m_book;
};

/** The Shanghai day of an instant. */
[[nodiscard]] rules::Day dayOfInstant(std::int64_t utcMs);

} // namespace zhicha
