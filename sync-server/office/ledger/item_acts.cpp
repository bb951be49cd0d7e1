#include "sync-server/office/ledger/item_acts.h"

#include "shared/crypto/digest.h"
#include "shared/rules/official_number.h"
#include "sync-server/office/ledger/item_list.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Day;
using rules::Index;
using rules::kNever;

Status LedgerAct::write(std::vector<ServerOperation> operations,
                        const std::function<Status(LedgerWriter &)> &beside) const {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    for (ServerOperation &operation : operations) {
        operation.actor = actor.person;
        const auto appended = transaction->append(std::move(operation));
        ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    }
    if (beside)
        ZHICHA_TRY(beside(transaction->ledger()));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

Status LedgerAct::requireUnit(const Book &of, Index unit) const {
    if (actor.isOperator())
        return {};
    ZHICHA_TRY(requireRole(intake.ledger(), actor, "unit_clerk"));
    ZHICHA_ASSIGN(const ItemScope own, ownItems(intake.ledger(), of, *actor.person));
    return own.has(unit) ? Status() : fail(Code::NotAllowed, "this belongs to another unit");
}

std::string LedgerAct::codeFor(std::string_view prefix, std::size_t n) const {
    const std::string row = std::to_string(n);
    const Digest d = taggedDigest("zhicha/v1/ledger-code", {request.bytes, viewOf(prefix), viewOf(row)});
    return std::string(prefix) + toHex(ByteView(d).first(8));
}

std::string LedgerAct::actorName() const {
    const auto row = actor.person ? intake.ledger().rowOf(*actor.person)
                                  : Result<std::optional<EntityRow>>(std::optional<EntityRow>());
    return row && *row ? (*row)->text("name") : std::string();
}

Status checkWords(std::string_view what, const std::string &text) {
    return !text.empty() && text.size() <= 4000 && isUtf8(text)
               ? Status()
               : fail(Code::InvalidArgument, std::string(what) + ": 1 to 4000 bytes of text");
}

Result<const BookItem *> shownItem(const Book &book, const Uuid &item) {
    const BookItem *found = book.item(item);
    return found != nullptr ? Result<const BookItem *>(found) : fail(Code::NotFound, "no such item");
}

namespace {
json problemsJson(const std::vector<DraftProblem> &problems, std::size_t row) {
    json out = json::array();
    for (const DraftProblem &problem : problems)
        out.push_back({{"row", row}, {"field", problem.field}, {"why", problem.why}});
    return out;
}

/** Numbers the drafts on from the highest of each year. */
class Numbering {
public:
    explicit Numbering(const Book &book) : m_book(book) {}
    Result<std::string> next(const std::string &issuedOn) {
        const int year = rules::yearOf(*rules::dayFromText(issuedOn));
        const auto given = m_last.find(year);
        const int last = given == m_last.end() ? m_book.highestNumber(year) : given->second;
        const std::string before = rules::officialNumberText({m_book.rules.itemNumberPrefix, year, last});
        ZHICHA_ASSIGN(const rules::OfficialNumber number,
                      rules::nextOfficialNumber(m_book.rules.itemNumberPrefix, year, std::span(&before, 1)));
        m_last[year] = number.number;
        return rules::officialNumberText(number);
    }

private:
    const Book &m_book;
    std::map<int, int> m_last;
};

struct Planned {
    json answer = json::object();
    std::vector<ServerOperation> operations;
};

Result<Planned> planRegistration(const LedgerAct &act, const Book &book, const std::vector<ItemDraft> &drafts,
                                 bool dryRun) {
    Planned out;
    json problems = json::array();
    std::vector<cbor::Map> fields;
    for (std::size_t row = 0; row < drafts.size(); ++row) {
        ReadDraft read = readDraft(book, drafts[row], true);
        for (json &problem : problemsJson(read.problems, row))
            problems.push_back(std::move(problem));
        fields.push_back(std::move(read.fields));
    }
    out.answer["problems"] = problems;
    if (!problems.empty() || dryRun)
        return out;
    Numbering numbering(book);
    out.answer["items"] = json::array();
    for (std::size_t row = 0; row < fields.size(); ++row) {
        const std::string code = act.codeFor("t", row);
        const Uuid id = derivedId(act.intake.keys().ledger, "item", code);
        std::string number;
        if (const BookItem *known = book.item(id); known != nullptr) {
            number = known->of.number; // written before, and the answer lost
        } else {
            ZHICHA_ASSIGN(number, numbering.next(*fields[row]["issued_on"].text()));
            fields[row]["code"] = code;
            fields[row]["number"] = number;
            out.operations.push_back({"item.register", id, std::move(fields[row])});
        }
        out.answer["items"].push_back({{"item", toText(id)}, {"number", number}});
    }
    return out;
}
} // namespace

Result<json> registerItems(const LedgerAct &act, const std::vector<ItemDraft> &drafts, bool dryRun, std::size_t most) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    if (drafts.empty() || drafts.size() > most)
        return fail(drafts.empty() ? Code::InvalidArgument : Code::TooLarge,
                    "1 to " + std::to_string(most) + " items at once");
    ZHICHA_ASSIGN(Planned planned,
                  act.look<Planned>([&](const Book &book) { return planRegistration(act, book, drafts, dryRun); }));
    if (!planned.operations.empty())
        ZHICHA_TRY(act.write(std::move(planned.operations)));
    return std::move(planned.answer);
}

Result<json> correctItem(const LedgerAct &act, const Uuid &item, const ItemDraft &draft, const std::string &reason) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_TRY(checkWords("reason", reason));
    ZHICHA_ASSIGN(ReadDraft read, act.look<ReadDraft>([&](const Book &book) -> Result<ReadDraft> {
        ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
        ReadDraft out = readDraft(book, draft, false);
        const auto due = out.fields.find("due_on");
        if (due != out.fields.end() && due->second.text() != nullptr &&
            *due->second.text() < rules::dayText(found->of.issuedOn))
            out.problems.push_back({"due_on", "before_issue"});
        if (draft.texts.contains("issued_on"))
            out.problems.push_back({"issued_on", "never_changes"});
        return out;
    }));
    if (!read.problems.empty())
        return json{{"problems", problemsJson(read.problems, 0)}};
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, act.intake.ledger().rowOf(item));
    cbor::Map changed;
    json names = json::array();
    for (const auto &[name, value] : read.fields) {
        const cbor::Value *now = row->value(name);
        if (now != nullptr ? *now == value : value.isNull())
            continue;
        changed[name] = value;
        names.push_back(name);
    }
    if (names.empty())
        return fail(Code::AlreadyDone, "the item says that already");
    changed["reason"] = reason;
    ZHICHA_TRY(act.write({{"item.correct", item, std::move(changed)}}));
    return json{{"item", toText(item)}, {"fields", names}, {"problems", json::array()}};
}

Result<json> completeItem(const LedgerAct &act, const Uuid &item, const std::string &on,
                          const std::optional<std::string> &awarded) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    const auto day = rules::dayFromText(on);
    if (!day || *day > act.today())
        return fail(Code::InvalidArgument, "on: a day until today");
    ZHICHA_ASSIGN(const std::string points, act.look<std::string>([&](const Book &book) -> Result<std::string> {
        ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
        if (found->of.withdrawnOn != kNever)
            return fail(Code::WrongUsage, "the item was withdrawn");
        if (found->of.completedOn != kNever)
            return fail(Code::AlreadyDone, "the item is completed already");
        if (*day < found->of.issuedOn)
            return fail(Code::InvalidArgument, "on: before the item was issued");
        if (!awarded)
            return rules::pointsText(book.rules.itemPoints);
        const auto value = rules::exactDecimal(*awarded, book.rules.awardDecimals);
        const auto most = rules::exactDecimal(rules::pointsText(book.rules.itemPoints), book.rules.awardDecimals);
        if (!value || !most || *value < 0 || *value > *most)
            return fail(Code::InvalidArgument, "awarded: 0 to " + rules::pointsText(book.rules.itemPoints));
        return *awarded;
    }));
    cbor::Map fields{{"on", on}};
    if (awarded)
        fields["awarded"] = points;
    ZHICHA_TRY(act.write({{"item.complete", item, std::move(fields)}}));
    return json{{"item", toText(item)}, {"on", on}, {"awarded", points}};
}

Result<json> reopenItem(const LedgerAct &act, const Uuid &item, const std::string &reason) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_TRY(checkWords("reason", reason));
    const auto completed = act.look<bool>([&](const Book &book) -> Result<bool> {
        ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
        return found->of.completedOn != kNever;
    });
    ZHICHA_TRY(completed ? Status() : Status(completed.error()));
    if (!*completed)
        return fail(Code::AlreadyDone, "the item is not completed");
    const std::string today = rules::dayText(act.today());
    ZHICHA_TRY(act.write({{"item.reopen", item, {{"reopened_on", today}, {"reason", reason}}}}));
    return json{{"item", toText(item)}, {"on", today}};
}

} // namespace zhicha
