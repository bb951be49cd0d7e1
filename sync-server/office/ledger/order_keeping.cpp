// Requests and orders of the book: each has words or steps of its own that may come in any order of entities.
#include "shared/rules/official_number.h"
#include "sync-server/office/ledger/book_keeping.h"
#include "sync-server/office/signin/word_assertion.h"

#include <algorithm>

namespace zhicha {

using rules::Day;
using rules::kNever;
using rules::kNone;

void BookKeeping::touchItem(const std::optional<Uuid> &item) {
    if (const auto at = item ? m_book.m_items.find(*item) : m_book.m_items.end(); at != m_book.m_items.end())
        m_touched.insert(at->second);
}

Status BookKeeping::putRequest(const Uuid &id, const EntityRow &row) {
    BookRequest &request = m_book.requests[id];
    touchItem(request.item);
    request.id = id;
    request.isHere = !row.isVoid();
    request.item = row.uuid("item").value_or(Uuid{});
    request.unit = unitIndex(row.uuid("unit").value_or(Uuid{}));
    request.what = row.text("what");
    request.round = static_cast<int>(row.integer("round").value_or(1));
    request.ground = row.text("ground");
    request.newDueOn = dayOr(row, "new_due_on", kNever);
    request.from = dayOr(row, "from", kNever);
    request.until = dayOr(row, "until", kNever);
    const auto to = row.uuid("to");
    request.to = to ? unitIndex(*to) : kNone;
    ZHICHA_ASSIGN(request.log, birthLog(id, row));
    std::vector<Uuid> &ofItem = m_book.items[itemIndex(request.item)].requests;
    std::erase(ofItem, id);
    if (request.isHere)
        ofItem.push_back(id);
    touchItem(request.item);
    return {};
}

void BookKeeping::putRequestWord(const Uuid &id, const EntityRow &row) {
    if (const auto known = m_book.m_requestOf.find(id); known != m_book.m_requestOf.end())
        std::erase_if(m_book.requests[known->second].words, [&](const BookRequestWord &word) { return word.id == id; });
    const auto of = row.uuid("request");
    if (!of || row.isVoid())
        return;
    BookRequestWord word;
    word.id = id;
    word.round = static_cast<int>(row.integer("round").value_or(1));
    word.as = row.text("as");
    word.on = dayOr(row, "on", Day{0});
    word.name = row.text("name");
    // Each kind has one field that the others lack.
    const bool refused = row.value("reason") != nullptr;
    const bool returned = row.value("missing") != nullptr;
    word.word = refused ? "refuse" : returned ? "return" : "sign";
    word.text = row.text(refused ? "reason" : returned ? "missing" : "opinion");
    word.byKey = row.value(kAssertionField) != nullptr;
    BookRequest &request = m_book.requests[*of];
    request.words.push_back(std::move(word));
    m_book.m_requestOf[id] = *of;
    touchItem(request.item);
}

Status BookKeeping::putOrder(const Uuid &id, const EntityRow &row) {
    BookOrder &order = m_book.orders[id];
    touchItem(order.item);
    order.id = id;
    order.isHere = !row.isVoid();
    order.number = row.text("number");
    if (const auto number = rules::officialNumberFromText(order.number); number && number->prefix == kOrderPrefix) {
        order.year = number->year;
        order.running = number->number;
        m_book.m_orderNumbers[order.year] = std::max(m_book.m_orderNumbers[order.year], order.running);
    }
    order.finding = row.uuid("finding").value_or(Uuid{});
    order.item = row.uuid("item");
    order.unit = unitIndex(row.uuid("unit").value_or(Uuid{}));
    order.dueOn = dayOr(row, "due_on", Day{0});
    const cbor::Value *photos = row.value("photos_required");
    order.photosRequired = photos != nullptr && photos->boolean() != nullptr && *photos->boolean();
    order.outside = !row.text("assignee").empty();
    order.acknowledgedOn = dayOr(row, "acknowledged_on", kNever);
    if (row.birth) {
        ZHICHA_ASSIGN(const std::optional<LogOperation> birth, m_ledger.operationByDigest(id, *row.birth));
        order.log = birth ? birth->log : 0;
        const auto envelope = birth ? decodeEnvelope(birth->operation.bytes.envelope)
                                    : Result<Envelope>(fail(Code::NotFound, "no birth"));
        order.issuedOn = envelope ? dayOfInstant(envelope->time.estimateMs) : Day{0};
    }
    if (order.item) {
        std::vector<Uuid> &ofItem = m_book.items[itemIndex(*order.item)].orders;
        std::erase(ofItem, id);
        if (order.isHere)
            ofItem.push_back(id);
    }
    touchItem(order.item);
    return {};
}

Status BookKeeping::putOrderStep(const Uuid &id, const EntityRow &row) {
    if (const auto known = m_book.m_orderOf.find(id); known != m_book.m_orderOf.end())
        std::erase_if(m_book.orders[known->second].steps, [&](const BookOrderStep &step) { return step.id == id; });
    const auto of = row.uuid("order");
    if (!of || row.isVoid() || !row.birth)
        return {};
    ZHICHA_ASSIGN(const std::optional<LogOperation> birth, m_ledger.operationByDigest(id, *row.birth));
    if (!birth || !birth->kind.starts_with("order."))
        return {};
    BookOrderStep step;
    step.id = id;
    step.log = birth->log;
    step.kind = birth->kind.substr(std::string_view("order.").size());
    step.on = dayOr(row, "on", Day{0});
    step.dueOn = dayOr(row, "due_on", kNever);
    step.to = row.uuid("to");
    step.outcome = row.text("outcome");
    BookOrder &order = m_book.orders[*of];
    const auto later = [](const BookOrderStep &a, const BookOrderStep &b) { return a.log < b.log; };
    order.steps.insert(std::upper_bound(order.steps.begin(), order.steps.end(), step, later), std::move(step));
    m_book.m_orderOf[id] = *of;
    touchItem(order.item);
    return {};
}

} // namespace zhicha
