#include "sync-server/office/ledger/order_acts.h"

#include "shared/rules/official_number.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/ledger/item_list.h"
#include "sync-server/office/ledger/order_photos.h"
#include "sync-server/office/review.h"
#include "sync-server/office/signin/policy.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Day;
using rules::kNever;
using rules::kNone;

namespace {
constexpr std::size_t kMostOrderPhotos = 20;

Error notNow(OrderRefusal &refusal, std::string reason) {
    refusal = {"not_now", std::move(reason), "", ""};
    return fail(Code::WrongUsage, "the order does not allow it: " + refusal.reason);
}

Error byRegulation(OrderRefusal &refusal, std::string reason) {
    refusal = {"against_rules", std::move(reason), "政府督查工作条例 复核",
               "督查对象对督查结论有异议的，可以自收到之日起30日内申请复核；收到申请的应当在30日内作出复核决定，"
               "参与作出督查结论的人员在复核中应当回避。"};
    return fail(Code::WrongUsage, "the regulation forbids it: " + refusal.reason);
}

Error recused(OrderRefusal &refusal) {
    refusal = {"recused", "recused", "", ""};
    return fail(Code::WrongUsage, "whoever took part does not decide about it");
}

Status notOfCheck(const LedgerAct &act, const Uuid &check, OrderRefusal &refusal) {
    const Status apart = requireNotOfCheck(act.intake.ledger(), act.actor, check);
    return !apart && apart.error().code == Code::NotAllowed ? Status(recused(refusal)) : apart;
}

Result<std::string> laterDay(const LedgerAct &act, const std::string &text) {
    const auto day = rules::dayFromText(text);
    return day && *day > act.today() ? Result<std::string>(text)
                                     : fail(Code::InvalidArgument, "due_on: a day after today");
}

/** The order as it stands now, for an act of the office: recused is who took part in the check. */
Result<BookOrder> orderForOffice(const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_ASSIGN(BookOrder order, act.look<BookOrder>([&](const Book &book) -> Result<BookOrder> {
        ZHICHA_ASSIGN(const BookOrder *found, shownOrder(book, id));
        return *found;
    }));
    ZHICHA_ASSIGN(const Uuid check, checkOfFinding(act.intake.ledger(), order.finding));
    ZHICHA_TRY(notOfCheck(act, check, refusal));
    return order;
}

/** For an act of the unit: its clerk, or the outside assignee who came with the order's own code. */
Result<BookOrder> orderForUnit(const LedgerAct &act, const Uuid &id, const std::string &byCode) {
    return act.look<BookOrder>([&](const Book &book) -> Result<BookOrder> {
        ZHICHA_ASSIGN(const BookOrder *found, shownOrder(book, id));
        if (byCode.empty())
            ZHICHA_TRY(act.requireUnit(book, found->unit));
        return *found;
    });
}

cbor::Map stepFields(const LedgerAct &act, const BookOrder &order, const std::string &name) {
    return {{"order", order.id}, {"on", rules::dayText(act.today())}, {"name", name}};
}

std::string nameOf(const LedgerAct &act) {
    const std::string name = act.actorName();
    return name.empty() ? "operator" : name;
}

Result<json> written(const LedgerAct &act, const BookOrder &order, std::vector<ServerOperation> operations) {
    ZHICHA_TRY(act.write(std::move(operations)));
    return act.look<json>([&](const Book &book) -> Result<json> {
        ZHICHA_ASSIGN(const BookOrder *now, shownOrder(book, order.id));
        return json{{"order", toText(order.id)}, {"state", std::string(orderStateName(now->now().state))}};
    });
}

ServerOperation acknowledgement(const LedgerAct &act, const BookOrder &order, const std::string &name) {
    return {
        "order.acknowledge", order.id, {{"acknowledged_on", rules::dayText(act.today())}, {"acknowledged_by", name}}};
}

/** The finding as an order may rest on it: undisputed, not void, of a check that is over. */
Result<EntityRow> findingForOrder(const LedgerAct &act, const Uuid &finding, OrderRefusal &refusal) {
    LedgerReader &ledger = act.intake.ledger();
    ZHICHA_ASSIGN(std::optional<EntityRow> row, ledger.rowOf(finding));
    if (!row || row->type != EntityType::Finding || !row->check)
        return fail(Code::NotFound, "no such finding");
    if (row->isVoid())
        return notNow(refusal, "void");
    if (row->contested())
        return notNow(refusal, "conflict_open");
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(*row->check));
    if (view.state == CheckState::Void)
        return notNow(refusal, "void");
    if (view.state == CheckState::Sealed || view.state == CheckState::Opened || view.state == CheckState::UnderWay)
        return notNow(refusal, "under_way");
    ZHICHA_TRY(notOfCheck(act, *row->check, refusal));
    return *std::move(row);
}

Status draftIsFine(const LedgerAct &act, const OrderDraft &draft) {
    const auto day = laterDay(act, draft.dueOn);
    ZHICHA_TRY(day ? Status() : Status(day.error()));
    ZHICHA_TRY(checkWords("requirement", draft.requirement));
    // 国办函〔2026〕12号: no photos of a unit unless they are needed and somebody says why.
    if (draft.photosRequired || !draft.why.empty())
        ZHICHA_TRY(checkWords("why", draft.why));
    if (!draft.assignee.empty() && (draft.assignee.size() > 200 || !isUtf8(draft.assignee)))
        return fail(Code::InvalidArgument, "assignee: at most 200 bytes");
    return {};
}

/** The next number of the year, and no second order of one finding to one unit. */
Result<std::string> numberFor(const LedgerAct &act, const Book &book, const OrderDraft &draft, OrderRefusal &refusal) {
    if (book.unit(draft.unit) == kNone)
        return fail(Code::InvalidArgument, "unit: no such unit");
    for (const auto &[id, order] : book.orders)
        if (order.isHere && order.finding == draft.finding && order.unit == book.unit(draft.unit) &&
            order.now().state != OrderState::Withdrawn)
            return notNow(refusal, "ordered");
    const int year = rules::yearOf(act.today());
    std::vector<std::string> given;
    if (const int last = book.highestOrderNumber(year); last > 0)
        given.push_back(rules::officialNumberText({std::string(kOrderPrefix), year, last}));
    ZHICHA_ASSIGN(const rules::OfficialNumber number, rules::nextOfficialNumber(kOrderPrefix, year, given));
    return rules::officialNumberText(number);
}
} // namespace

Result<const BookOrder *> shownOrder(const Book &book, const Uuid &order) {
    const auto found = book.orders.find(order);
    return found != book.orders.end() && found->second.isHere ? Result<const BookOrder *>(&found->second)
                                                              : fail(Code::NotFound, "no such order");
}

Result<Uuid> checkOfFinding(LedgerReader &ledger, const Uuid &finding) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(finding));
    return row && row->check ? Result<Uuid>(*row->check) : fail(Code::StoreDamaged, "an order without its finding");
}

Result<std::set<Uuid>> whoTookPart(LedgerReader &ledger, const BookOrder &order) {
    ZHICHA_ASSIGN(const Uuid check, checkOfFinding(ledger, order.finding));
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(check));
    std::set<Uuid> people(view.inspectors().begin(), view.inspectors().end());
    const auto addActor = [&](const LogOperation &operation) -> Status {
        if (const auto envelope = decodeEnvelope(operation.operation.bytes.envelope); envelope && envelope->actor)
            people.insert(*envelope->actor);
        return {};
    };
    ZHICHA_TRY(ledger.forEachOperationOfCheck(check, addActor));
    ZHICHA_TRY(ledger.forEachOperationOfEntity(order.id, addActor));
    for (const BookOrderStep &step : order.steps) {
        ZHICHA_TRY(ledger.forEachOperationOfEntity(step.id, addActor));
        if (step.to)
            people.insert(*step.to);
    }
    return people;
}

Result<json> issueOrder(const LedgerAct &act, const OrderDraft &draft, OrderRefusal &refusal) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_TRY(draftIsFine(act, draft));
    ZHICHA_ASSIGN(const EntityRow finding, findingForOrder(act, draft.finding, refusal));
    ZHICHA_ASSIGN(const std::string number, act.look<std::string>([&](const Book &book) -> Result<std::string> {
        // Written before, and the answer lost: no second number.
        if (const auto known = book.orders.find(act.request); known != book.orders.end())
            return known->second.number;
        return numberFor(act, book, draft, refusal);
    }));
    cbor::Map fields{
        {"number", number},      {"finding", draft.finding},         {"unit", draft.unit},
        {"due_on", draft.dueOn}, {"requirement", draft.requirement}, {"photos_required", draft.photosRequired}};
    if (const auto item = finding.uuid("item"))
        fields["item"] = *item;
    if (!draft.why.empty())
        fields["why"] = draft.why;
    if (!draft.assignee.empty())
        fields["assignee"] = draft.assignee;
    ZHICHA_ASSIGN(const std::optional<EntityRow> before, act.intake.ledger().rowOf(act.request));
    if (!before)
        ZHICHA_TRY(act.write({{"order.issue", act.request, std::move(fields)}}));
    return json{{"order", toText(act.request)}, {"number", number}, {"state", "issued"}};
}

Result<json> acknowledgeOrder(const LedgerAct &act, const Uuid &id, const std::string &byCode, OrderRefusal &refusal) {
    ZHICHA_ASSIGN(const BookOrder order, orderForUnit(act, id, byCode));
    if (order.now().isOver())
        return notNow(refusal, "closed");
    if (order.acknowledgedOn != kNever)
        return fail(Code::AlreadyDone, "the order was received already");
    return written(act, order, {acknowledgement(act, order, byCode.empty() ? nameOf(act) : byCode)});
}

Result<json> answerOrder(const LedgerAct &act, const Uuid &id, const OrderAnswer &answer, OrderRefusal &refusal) {
    ZHICHA_TRY(checkWords("text", answer.text));
    ZHICHA_ASSIGN(const BookOrder order, orderForUnit(act, id, answer.byCode));
    const OrderState state = order.now().state;
    if (state != OrderState::Issued && state != OrderState::Open)
        return notNow(refusal, std::string(orderStateName(order.nowForUnit().state)));
    if (order.photosRequired && answer.photos.empty())
        return fail(Code::InvalidArgument, "photos: this order asks for photos");
    if (answer.photos.size() > kMostOrderPhotos)
        return fail(Code::TooLarge, "photos: at most 20");
    cbor::Array photos;
    for (const Digest &photo : answer.photos) {
        ZHICHA_ASSIGN(const bool brought, isBroughtFor(act.intake.ledger(), id, photo));
        if (!brought || std::count(answer.photos.begin(), answer.photos.end(), photo) > 1)
            return fail(Code::InvalidArgument, "photos: one of them was not brought for this order");
        photos.emplace_back(photo);
    }
    const std::string name = answer.byCode.empty() ? nameOf(act) : answer.byCode;
    std::vector<ServerOperation> operations;
    if (order.acknowledgedOn == kNever)
        operations.push_back(acknowledgement(act, order, name));
    cbor::Map fields = stepFields(act, order, name);
    fields["by"] = answer.byCode.empty() ? "clerk" : "code";
    fields["text"] = answer.text;
    fields["photos"] = std::move(photos);
    operations.push_back({"order.answer", act.request, std::move(fields)});
    return written(act, order, std::move(operations));
}

Result<json> acceptOrder(const LedgerAct &act, const Uuid &id, const std::string &reason, OrderRefusal &refusal) {
    if (!reason.empty())
        ZHICHA_TRY(checkWords("reason", reason));
    ZHICHA_ASSIGN(const BookOrder order, orderForOffice(act, id, refusal));
    const OrderState state = order.now().state;
    if (state != OrderState::Answered && state != OrderState::Recheck)
        return notNow(refusal, std::string(orderStateName(state)));
    cbor::Map fields = stepFields(act, order, nameOf(act));
    if (!reason.empty())
        fields["reason"] = reason;
    return written(act, order, {{"order.accept", act.request, std::move(fields)}});
}

Result<json> returnOrder(const LedgerAct &act, const Uuid &id, const std::string &reason, const std::string &dueOn,
                         OrderRefusal &refusal) {
    ZHICHA_TRY(checkWords("reason", reason));
    ZHICHA_ASSIGN(const std::string due, laterDay(act, dueOn));
    ZHICHA_ASSIGN(const BookOrder order, orderForOffice(act, id, refusal));
    const OrderState state = order.now().state;
    if (state != OrderState::Answered && state != OrderState::Recheck && state != OrderState::Closed)
        return notNow(refusal, std::string(orderStateName(state)));
    cbor::Map fields = stepFields(act, order, nameOf(act));
    fields["reason"] = reason;
    fields["due_on"] = due;
    return written(act, order, {{"order.return", act.request, std::move(fields)}});
}

Result<json> recheckOrder(const LedgerAct &act, const Uuid &id, const Recheck &recheck, OrderRefusal &refusal) {
    ZHICHA_ASSIGN(const std::string due, laterDay(act, recheck.dueOn));
    ZHICHA_ASSIGN(const BookOrder order, orderForOffice(act, id, refusal));
    const OrderState state = order.now().state;
    if (state != OrderState::Answered && state != OrderState::Closed)
        return notNow(refusal, std::string(orderStateName(state)));
    if (state == OrderState::Closed || !recheck.reason.empty())
        ZHICHA_TRY(checkWords("reason", recheck.reason));
    ZHICHA_ASSIGN(const std::set<std::string> roles, rolesOf(act.intake.ledger(), recheck.to));
    if (!roles.contains("inspector") && !roles.contains("team_lead"))
        return fail(Code::InvalidArgument, "to: no inspector");
    ZHICHA_ASSIGN(const Uuid check, checkOfFinding(act.intake.ledger(), order.finding));
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(act.intake.ledger()).load(check));
    const std::vector<Uuid> &before = view.inspectors();
    if (std::find(before.begin(), before.end(), recheck.to) != before.end())
        return notNow(refusal, "same_inspector");
    cbor::Map fields = stepFields(act, order, nameOf(act));
    if (!recheck.reason.empty())
        fields["reason"] = recheck.reason;
    fields["to"] = recheck.to;
    fields["due_on"] = due;
    return written(act, order, {{"order.recheck", act.request, std::move(fields)}});
}

Result<json> askOrderReview(const LedgerAct &act, const Uuid &id, const std::string &ground, OrderRefusal &refusal) {
    ZHICHA_TRY(checkWords("ground", ground));
    ZHICHA_ASSIGN(const BookOrder order, orderForUnit(act, id, ""));
    const OrderNow now = order.now();
    if (now.state == OrderState::Withdrawn)
        return notNow(refusal, "withdrawn");
    if (now.reviewAskedOn != kNever)
        return byRegulation(refusal, "once");
    if (order.reviewUntil() != kNever && act.today() > order.reviewUntil())
        return byRegulation(refusal, "too_late");
    std::vector<ServerOperation> operations;
    if (order.acknowledgedOn == kNever)
        operations.push_back(acknowledgement(act, order, nameOf(act)));
    cbor::Map fields = stepFields(act, order, nameOf(act));
    fields["ground"] = ground;
    operations.push_back({"order.review_ask", act.request, std::move(fields)});
    return written(act, order, std::move(operations));
}

Result<json> decideOrderReview(const LedgerAct &act, const Uuid &id, const ReviewDecision &decision,
                               OrderRefusal &refusal) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "chief"));
    if (decision.outcome != "upheld" && decision.outcome != "changed" && decision.outcome != "withdrawn")
        return fail(Code::InvalidArgument, "outcome: upheld, changed or withdrawn");
    ZHICHA_TRY(checkWords("reason", decision.reason));
    std::string due;
    if (decision.outcome == "changed") {
        ZHICHA_ASSIGN(due, laterDay(act, decision.dueOn));
    }
    ZHICHA_ASSIGN(const BookOrder order, act.look<BookOrder>([&](const Book &book) -> Result<BookOrder> {
        ZHICHA_ASSIGN(const BookOrder *found, shownOrder(book, id));
        return *found;
    }));
    const OrderNow now = order.now();
    if (now.reviewAskedOn == kNever)
        return notNow(refusal, "not_asked");
    if (now.reviewDecidedOn != kNever)
        return fail(Code::AlreadyDone, "the review was decided");
    ZHICHA_ASSIGN(const std::set<Uuid> part, whoTookPart(act.intake.ledger(), order));
    if (act.actor.person && part.contains(*act.actor.person))
        return recused(refusal);
    cbor::Map fields = stepFields(act, order, nameOf(act));
    fields["outcome"] = decision.outcome;
    fields["reason"] = decision.reason;
    if (!due.empty())
        fields["due_on"] = due;
    return written(act, order, {{"order.review_decide", act.request, std::move(fields)}});
}

} // namespace zhicha
