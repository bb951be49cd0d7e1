#include "sync-server/office/ledger/book.h"

#include "shared/base/instant.h"
#include "sync-server/office/ledger/book_keeping.h"

#include <algorithm>

namespace zhicha {

using rules::Day;
using rules::Index;
using rules::kNever;
using rules::kNone;

namespace {
constexpr std::array<std::string_view, kLamps> kLampNames{"red",  "yellow", "blue",     "unknown",
                                                          "open", "done",   "withdrawn"};
} // namespace

std::string_view lampName(Lamp lamp) {
    return kLampNames[static_cast<std::size_t>(lamp)];
}

std::optional<Lamp> lampFromName(std::string_view name) {
    const auto *const found = std::find(kLampNames.begin(), kLampNames.end(), name);
    return found == kLampNames.end() ? std::nullopt : std::optional(static_cast<Lamp>(found - kLampNames.begin()));
}

Day BookReport::awaitedOn() const {
    if (acceptedOn != kNever)
        return kNever;
    if (returnedOn != kNever)
        return resubmittedOn == kNever ? resubmitDueOn : kNever;
    return submittedOn == kNever ? dueOn : kNever;
}

std::string_view requestStateName(RequestState state) {
    constexpr std::array<std::string_view, 4> kNames{"waiting", "returned", "refused", "granted"};
    return kNames[static_cast<std::size_t>(state)];
}

bool BookRequest::isSigned(std::string_view as) const {
    return std::any_of(words.begin(), words.end(), [&](const BookRequestWord &word) {
        return word.round == round && word.word == "sign" && word.as == as;
    });
}

RequestState BookRequest::state() const {
    for (const BookRequestWord &word : words)
        if (word.round == round && word.word != "sign")
            return word.word == "refuse" ? RequestState::Refused : RequestState::Returned;
    return waitsFor().empty() ? RequestState::Granted : RequestState::Waiting;
}

std::vector<std::string> BookRequest::waitsFor() const {
    for (const BookRequestWord &word : words)
        if (word.round == round && word.word != "sign")
            return {};
    if (!isSigned("office"))
        return {"office"};
    std::vector<std::string> next;
    if (what == "complaint")
        return next;
    if (!isSigned("vice_mayor"))
        next.emplace_back("vice_mayor");
    if (what == "transfer" && !isSigned("vice_mayor_to"))
        next.emplace_back("vice_mayor_to");
    if (what == "withdrawal" && next.empty() && !isSigned("mayor"))
        next.emplace_back("mayor");
    return next;
}

bool BookItem::isOf(Index unit) const {
    return now.lead == unit || std::find(of.cooperating.begin(), of.cooperating.end(), unit) != of.cooperating.end();
}

std::string inLowerCase(std::string text) {
    for (char &c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

const BookItem *Book::item(const Uuid &id) const {
    const auto at = m_items.find(id);
    return at != m_items.end() && items[at->second].isShown() ? &items[at->second] : nullptr;
}

Index Book::unit(const Uuid &id) const {
    const auto at = m_units.find(id);
    return at != m_units.end() && units[at->second].isHere ? at->second : kNone;
}

bool Book::isBefore(ItemOrder order, Index a, Index b) const {
    const BookItem &x = items[a];
    const BookItem &y = items[b];
    switch (order) {
    case ItemOrder::Lamp:
        if (x.now.lamp != y.now.lamp)
            return x.now.lamp < y.now.lamp;
        [[fallthrough]];
    case ItemOrder::Due:
        if (x.now.due != y.now.due)
            return x.now.due < y.now.due;
        break;
    case ItemOrder::Number:
        if (x.year != y.year)
            return x.year > y.year;
        if (x.number != y.number)
            return x.number > y.number;
        break;
    }
    return x.id < y.id;
}

int Book::highestNumber(int year) const {
    const auto at = m_numbers.find(year);
    return at == m_numbers.end() ? 0 : at->second;
}

int Book::highestOrderNumber(int year) const {
    const auto at = m_orderNumbers.find(year);
    return at == m_orderNumbers.end() ? 0 : at->second;
}

rules::Ledger Book::asLedger(std::vector<Index> *places) const {
    rules::Ledger ledger;
    for (const BookUnit &unit : units)
        ledger.units.push_back(unit.of);
    std::vector<Index> indexOf(items.size(), kNone);
    for (Index i = 0; i < items.size(); ++i) {
        if (!items[i].isShown() || items[i].of.id.empty())
            continue;
        indexOf[i] = static_cast<Index>(ledger.items.size());
        ledger.items.push_back(items[i].of);
        if (places != nullptr)
            places->push_back(i);
        for (const BookReport &report : items[i].reports)
            ledger.reports.push_back({report.code, indexOf[i], report.unit, report.dueOn, report.submittedOn,
                                      report.resubmitDueOn, report.resubmittedOn});
        for (const BookStep &step : items[i].steps)
            ledger.ladder.push_back({indexOf[i], static_cast<std::uint8_t>(step.step), step.on, step.commitmentMetOn});
    }
    for (const auto &[id, event] : events) {
        ledger.events.push_back(event.of);
        const auto item = event.item ? m_items.find(*event.item) : m_items.end();
        ledger.events.back().item = item != m_items.end() ? indexOf[item->second] : kNone;
    }
    for (const auto &[id, publication] : publications)
        ledger.publications.push_back(publication);
    return ledger;
}

namespace {
/** The highest recorded step that counts on the day, as the ladder reads it (四（二）4). */
int highestStep(const rules::Rules &rules, const BookItem &item, Day due, Day day) {
    int highest = 0;
    for (const BookStep &step : item.steps)
        if (step.on <= day && (step.on > due || rules.escalation.stepsOnOrBeforeDueCount))
            highest = std::max(highest, step.step);
    return highest;
}
} // namespace

ItemNow Book::standing(const BookItem &item, Day day) const {
    ItemNow now;
    now.lead = rules::leadOn(item.of, day);
    const rules::DueDate due = rules::dueDateOf(rules, item.of);
    now.due = due.on(day);
    now.extended = now.due != due.original;
    for (const Uuid &id : item.requests)
        if (const auto request = requests.find(id); request != requests.end())
            now.withdrawalAsked = now.withdrawalAsked || (request->second.what == "withdrawal" &&
                                                          request->second.state() == RequestState::Waiting);
    if (item.of.withdrawnOn <= day || item.of.completedOn <= day) {
        now.lamp = item.of.withdrawnOn <= day ? Lamp::Withdrawn : Lamp::Done;
        return now;
    }
    if (day > now.due) {
        now.lamp = Lamp::Red;
        now.step = highestStep(rules, item, now.due, day);
        for (const rules::Exemption &exemption : item.of.exemptions)
            if (exemption.isSigned && exemption.from <= day && day <= exemption.until)
                now.exemptUntil =
                    now.exemptUntil == kNever ? exemption.until : std::max(now.exemptUntil, exemption.until);
        const auto overdue = calendar.workdaysBetween(now.due, day);
        now.workdays = overdue.missingYear ? -1 : overdue.value;
        return now;
    }
    for (const BookReport &report : item.reports) {
        if (report.acceptedOn != kNever)
            continue;
        now.reportLate = now.reportLate || (report.submittedOn == kNever && report.dueOn < day);
        now.reportReturned = now.reportReturned || (report.returnedOn <= day && report.resubmittedOn == kNever);
    }
    for (const Uuid &id : item.orders)
        if (const auto order = orders.find(id); order != orders.end()) {
            const OrderNow stands = order->second.now();
            now.orderOverdue = now.orderOverdue || stands.isOverdue(day);
            now.recheckFailed = now.recheckFailed || (stands.recheckFailed && !stands.isOver());
        }
    if (now.reportLate || now.reportReturned || now.orderOverdue || now.recheckFailed) {
        now.lamp = Lamp::Yellow;
        return now;
    }
    if (now.due - day > rules.escalation.horizonDays)
        return now;
    const auto begin = calendar.workdaysBefore(now.due, rules.escalation.urgeWorkdays);
    if (begin.missingYear) {
        now.lamp = Lamp::Unknown;
    } else if (day >= begin.value) {
        now.lamp = Lamp::Blue;
        const auto left = calendar.workdaysBetween(day, now.due);
        now.workdays = left.missingYear ? -1 : left.value;
    }
    return now;
}

LedgerBook::LedgerBook() : LedgerBook(rules::sanmenxiaRules(), rules::WorkingCalendar::compiledIn()) {}

Status LedgerBook::read(LedgerReader &ledger, Day today, const std::function<Status(const Book &)> &work) {
    ZHICHA_ASSIGN(const std::int64_t last, ledger.lastLog());
    {
        const std::shared_lock reading(m_mutex);
        if (m_book.log == last && m_book.today == today)
            return work(m_book);
    }
    {
        const std::unique_lock writing(m_mutex);
        // Asked again: whoever had the lock before may have brought the book further, and that is no older ledger.
        ZHICHA_ASSIGN(const std::int64_t now, ledger.lastLog());
        ZHICHA_TRY(BookKeeping(m_book, ledger).bringUpTo(now, today));
    }
    const std::shared_lock reading(m_mutex);
    return work(m_book);
}

Day dayOfInstant(std::int64_t utcMs) {
    return *rules::dayFromText(shanghaiDay(utcMs));
}

} // namespace zhicha
