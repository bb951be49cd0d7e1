#include "sync-server/office/ledger/order_view.h"

#include "shared/base/instant.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/ledger/order_photos.h"
#include "sync-server/office/ledger/photo_reuse.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Day;
using rules::kNever;
using rules::kNone;

namespace {
constexpr int kWeekDays = 7;

/** Disc and words of an order, as of an item (design 10 §7): what the unit owes counts, not what the office owes. */
json orderLampJson(const Book &book, const OrderNow &now) {
    if (now.isOver())
        return {{"colour", now.state == OrderState::Closed ? "done" : "withdrawn"}};
    json out{{"colour", "open"}};
    const bool owes = now.state == OrderState::Issued || now.state == OrderState::Open;
    if (owes && now.isOverdue(book.today)) {
        out["colour"] = "red";
        const auto overdue = book.calendar.workdaysBetween(now.due, book.today);
        if (!overdue.missingYear)
            out["overdue_workdays"] = overdue.value;
        return out;
    }
    if (now.due < book.today)
        return out;
    const auto left = book.calendar.workdaysBetween(book.today, now.due);
    if (left.missingYear)
        return out;
    out["left_workdays"] = left.value;
    if (owes && left.value <= book.rules.escalation.urgeWorkdays)
        out["colour"] = "blue";
    if (now.recheckFailed || now.reopened)
        out["colour"] = out["colour"] == "blue" ? "blue" : "yellow";
    return out;
}

bool isDue(const OrderNow &now, const std::string &due, Day today) {
    if (due.empty())
        return true;
    if (due == "overdue")
        return now.isOverdue(today);
    if (now.isOver())
        return false;
    return due == "today" ? now.due == today : now.due >= today && now.due - today < kWeekDays;
}

struct Listed {
    const BookOrder *order;
    OrderNow now;
};

bool isListedBefore(const Listed &a, const Listed &b) {
    if (a.now.isOver() != b.now.isOver())
        return b.now.isOver();
    if (a.now.isOver() && a.now.closedOn != b.now.closedOn)
        return a.now.closedOn > b.now.closedOn;
    if (a.now.due != b.now.due)
        return a.now.due < b.now.due;
    return a.order->log < b.order->log;
}

const BookOrderStep *lastOf(const BookOrder &order, std::string_view kind) {
    const auto found = std::find_if(order.steps.rbegin(), order.steps.rend(),
                                    [&](const BookOrderStep &step) { return step.kind == kind; });
    return found == order.steps.rend() ? nullptr : &*found;
}

Status putFinding(LedgerReader &ledger, Names &names, const BookOrder &order, json &out) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> finding, ledger.rowOf(order.finding));
    out["finding"] = {{"id", toText(order.finding)}};
    if (!finding)
        return {};
    for (const char *name : {"severity", "text"})
        if (const std::string text = finding->text(name); !text.empty())
            out["finding"][name] = text;
    if (!finding->check)
        return {};
    out["check"] = {{"id", toText(*finding->check)}};
    ZHICHA_ASSIGN(const std::optional<std::string> number, ledger.setting("numbered/" + toText(*finding->check)));
    if (number)
        out["check"]["number"] = *number;
    ZHICHA_ASSIGN(const std::optional<EntityRow> check, ledger.rowOf(*finding->check));
    if (const auto site = check ? check->uuid("site") : std::nullopt) {
        ZHICHA_ASSIGN(out["site"], names.ref(*site));
    }
    return {};
}

/** Who is sent; `now` is as the looker may know it. */
Status putRecheck(Names &names, const BookOrder &order, const OrderNow &now, json &out) {
    const BookOrderStep *recheck = lastOf(order, "recheck");
    if (now.state != OrderState::Recheck || recheck == nullptr)
        return {};
    out["recheck"] = json::object();
    putDay(out["recheck"], "due_on", recheck->dueOn);
    if (recheck->to) {
        ZHICHA_ASSIGN(out["recheck"]["to"], names.ref(*recheck->to));
    }
    return {};
}

/** `looks`: for the office, which photos may have been used before. */
Result<json> stepJson(LedgerReader &ledger, Names &names, const BookOrder &order, const BookOrderStep &step,
                      const std::vector<KeptLook> *looks) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(step.id));
    if (!row)
        return fail(Code::StoreDamaged, "a step of an order has no row");
    json out{{"id", toText(step.id)}, {"kind", step.kind}, {"on", rules::dayText(step.on)}, {"log", step.log}};
    for (const char *name : {"name", "text", "reason", "ground", "outcome", "by"})
        if (const std::string text = row->text(name); !text.empty())
            out[name] = text;
    putDay(out, "due_on", step.dueOn);
    if (step.to) {
        ZHICHA_ASSIGN(out["to"], names.ref(*step.to));
    }
    if (step.kind == "answer") {
        out["photos"] = json::array();
        for (const Digest &photo : photosOfAnswer(*row)) {
            json one{{"digest", toHex(photo)}};
            if (looks != nullptr) {
                ZHICHA_ASSIGN(one["reuse"], reuseOfPhoto(ledger, order, step, photo, *looks));
            }
            out["photos"].push_back(std::move(one));
        }
    }
    return out;
}
} // namespace

bool OrderScope::seesRechecks(const BookOrder &order) const {
    return units.all || (inspector && std::any_of(order.steps.begin(), order.steps.end(),
                                                  [&](const BookOrderStep &step) { return step.to == inspector; }));
}

bool OrderScope::covers(const BookOrder &order) const {
    return units.has(order.unit) || seesRechecks(order);
}

Result<OrderPage> listOrders(LedgerReader &ledger, const Book &book, const OrderListQuery &query,
                             std::string_view queryText, std::string_view cursor, std::int64_t limit) {
    ZHICHA_ASSIGN(const std::optional<PageMark> after, readCursor(cursor, queryText));
    std::vector<Listed> found;
    std::array<std::int64_t, kOrderStates> counts{};
    for (const auto &[id, order] : book.orders) {
        if (!order.isHere || !query.scope.covers(order) || (query.unit && order.unit != book.unit(*query.unit)) ||
            (query.item && order.item != query.item) || (query.finding && order.finding != *query.finding))
            continue;
        const OrderNow now = query.scope.standing(order);
        if (!isDue(now, query.due, book.today))
            continue;
        ++counts[static_cast<std::size_t>(now.state)];
        if (!query.state || now.state == *query.state)
            found.push_back({&order, now});
    }
    std::sort(found.begin(), found.end(), isListedBefore);
    OrderPage out;
    out.page.count = std::min(static_cast<std::int64_t>(found.size()), kCountedUpTo);
    out.page.capped = static_cast<std::int64_t>(found.size()) > kCountedUpTo;
    auto from = found.begin();
    if (after) {
        // Behind the order that the last page ended with, wherever that stands by now.
        const auto last = book.orders.find(after->id);
        if (last == book.orders.end())
            return fail(Code::InvalidArgument, "after: not a cursor of this list");
        from = std::upper_bound(found.begin(), found.end(), Listed{&last->second, query.scope.standing(last->second)},
                                isListedBefore);
    }
    Names names(ledger);
    for (; from != found.end() && out.page.rows.size() < static_cast<std::size_t>(limit); ++from) {
        ZHICHA_ASSIGN(json row, orderRowJson(ledger, names, book, *from->order, query.scope));
        out.page.rows.push_back(std::move(row));
    }
    if (from != found.end())
        out.page.next = writeCursor({0, "", std::prev(from)->order->id}, queryText);
    out.states = json::object();
    for (std::size_t i = 0; i < kOrderStates; ++i)
        out.states[std::string(orderStateName(static_cast<OrderState>(i)))] = counts[i];
    return out;
}

Result<json> orderRowJson(LedgerReader &ledger, Names &names, const Book &book, const BookOrder &order,
                          const OrderScope &scope) {
    const OrderNow now = scope.standing(order);
    json out{{"id", toText(order.id)},
             {"number", order.number},
             {"state", std::string(orderStateName(now.state))},
             {"lamp", orderLampJson(book, now)},
             {"issued_on", rules::dayText(order.issuedOn)},
             {"due_on", rules::dayText(now.due)},
             {"photos_required", order.photosRequired},
             {"outside", order.outside},
             {"reopened", now.reopened},
             {"recheck_failed", now.recheckFailed},
             {"log", order.log}};
    ZHICHA_ASSIGN(out["unit"], names.ref(book.units[order.unit].id));
    if (order.item) {
        ZHICHA_ASSIGN(out["item"], names.ref(*order.item));
    }
    putDay(out, "acknowledged_on", order.acknowledgedOn);
    putDay(out, "closed_on", now.closedOn);
    if (now.reviewAskedOn != kNever) {
        out["review"] = {{"asked_on", rules::dayText(now.reviewAskedOn)},
                         {"decide_by", rules::dayText(now.reviewAskedOn + kReviewDays)}};
        putDay(out["review"], "decided_on", now.reviewDecidedOn);
    }
    ZHICHA_TRY(putFinding(ledger, names, order, out));
    ZHICHA_TRY(putRecheck(names, order, now, out));
    if (const BookOrderStep *answer = lastOf(order, "answer"); answer != nullptr) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(answer->id));
        out["answered_photos"] = row ? photosOfAnswer(*row).size() : 0;
    }
    return out;
}

Result<json> orderDetailJson(LedgerReader &ledger, const Book &book, const BookOrder &order, const OrderScope &scope) {
    Names names(ledger);
    ZHICHA_ASSIGN(json out, orderRowJson(ledger, names, book, order, scope));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(order.id));
    if (!row)
        return fail(Code::NotFound, "no such order");
    for (const char *name : {"requirement", "why", "assignee", "acknowledged_by"})
        if (const std::string text = row->text(name); !text.empty())
            out[name] = text;
    putDay(out, "review_until", order.reviewUntil());
    out["first_due_on"] = rules::dayText(order.dueOn);
    if (const auto why = scope.standing(order).why)
        out["because_of"] = toText(*why);
    std::vector<KeptLook> looks;
    if (scope.units.all) {
        ZHICHA_ASSIGN(looks, keptLooks(ledger));
        out["compared"] = looks.size();
    }
    out["steps"] = json::array();
    for (const BookOrderStep &step : order.steps) {
        if (step.kind == "recheck" && !scope.seesRechecks(order))
            continue;
        ZHICHA_ASSIGN(json one, stepJson(ledger, names, order, step, scope.units.all ? &looks : nullptr));
        out["steps"].push_back(std::move(one));
    }
    if (!row->birth)
        return out;
    ZHICHA_ASSIGN(const std::optional<LogOperation> birth, ledger.operationByDigest(order.id, *row->birth));
    const auto envelope =
        birth ? decodeEnvelope(birth->operation.bytes.envelope) : Result<Envelope>(fail(Code::NotFound, "no birth"));
    if (envelope && scope.units.all) {
        ZHICHA_ASSIGN(out["issued_by"], names.author(birth->operation.device, envelope->actor, false));
    }
    if (!scope.units.all || !out.contains("check"))
        return out;
    // Before and after stand side by side, for the office: a unit has no right to photos of a check.
    ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(ledger, *uuidFromText(out["check"]["id"].get<std::string>())));
    out["before"] = json::array();
    for (const RowRecord *photo : photosTo(file, order.finding)) {
        ZHICHA_ASSIGN(json one, photoRowJson(ledger, file, *photo));
        out["before"].push_back(std::move(one));
    }
    return out;
}

Result<json> mayDoAboutOrder(LedgerReader &ledger, const Book &book, const BookOrder &order,
                             const OrderPowers &powers) {
    const OrderNow now = powers.scope.standing(order);
    const std::string state(orderStateName(now.state));
    const auto in = [&](std::initializer_list<OrderState> states) {
        return std::find(states.begin(), states.end(), now.state) != states.end();
    };
    std::set<Uuid> inspectors, part;
    if (powers.office) {
        ZHICHA_ASSIGN(const Uuid check, checkOfFinding(ledger, order.finding));
        ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(check));
        inspectors.insert(view.inspectors().begin(), view.inspectors().end());
    }
    if (powers.chief) {
        ZHICHA_ASSIGN(part, whoTookPart(ledger, order));
    }
    const bool mine = powers.person && inspectors.contains(*powers.person);
    const auto office = [&](bool fits) {
        return !powers.office ? json("not_yours") : mine ? json("recused") : fits ? json(true) : json(state);
    };
    const auto unit = [&](bool fits, const std::string &why) {
        return !powers.unit ? json("not_yours") : fits ? json(true) : json(why);
    };
    const bool late = order.reviewUntil() != kNever && book.today > order.reviewUntil();
    const bool asked = now.reviewAskedOn != kNever;
    json out;
    out["acknowledge"] = unit(order.acknowledgedOn == kNever && !now.isOver(), "already");
    out["answer"] = unit(in({OrderState::Issued, OrderState::Open}), state);
    out["review"] = unit(!asked && !late && now.state != OrderState::Withdrawn, asked  ? "once"
                                                                                : late ? "too_late"
                                                                                       : state);
    out["accept"] = office(in({OrderState::Answered, OrderState::Recheck}));
    out["return"] = office(in({OrderState::Answered, OrderState::Recheck, OrderState::Closed}));
    out["recheck"] = office(in({OrderState::Answered, OrderState::Closed}));
    out["decide"] = !powers.chief                                    ? json("not_yours")
                    : !asked || now.reviewDecidedOn != kNever        ? json(asked ? "already" : "not_asked")
                    : powers.person && part.contains(*powers.person) ? json("recused")
                                                                     : json(true);
    return out;
}

std::int64_t ordersWaiting(const Book &book, const OrderScope &scope, bool forOffice) {
    return std::count_if(book.orders.begin(), book.orders.end(), [&](const auto &one) {
        if (!one.second.isHere || !scope.covers(one.second))
            return false;
        const OrderNow now = scope.standing(one.second);
        return forOffice
                   ? now.state == OrderState::Answered || (now.reviewAskedOn != kNever && now.reviewDecidedOn == kNever)
                   : now.state == OrderState::Issued || now.state == OrderState::Open;
    });
}

} // namespace zhicha
