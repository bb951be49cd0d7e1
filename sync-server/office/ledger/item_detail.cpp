// One item with what was decided, reported and recorded about it, and every operation behind that.
#include "shared/base/instant.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/ledger/extra_fields.h"
#include "sync-server/office/ledger/item_list.h"
#include "sync-server/office/ledger/request_acts.h"
#include "sync-server/office/signin/word_assertion.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::kNever;

namespace {
json clauseJson(const rules::Clause &clause) {
    return {{"number", clause.number}, {"wording", clause.wording}};
}

/** Texts of a row, by their own names. */
void putTexts(json &out, const EntityRow &row, std::initializer_list<const char *> names) {
    for (const char *name : names)
        if (const std::string text = row.text(name); !text.empty())
            out[name] = text;
}

class Detail {
public:
    Detail(LedgerReader &ledger, const Book &book, const BookItem &item, const ItemScope &scope)
        : m_ledger(ledger), m_book(book), m_item(item), m_scope(scope), m_names(ledger) {}

    Result<json> whole() {
        ZHICHA_ASSIGN(m_out, itemRowJson(m_ledger, m_names, m_book, m_item));
        ZHICHA_TRY(addExtensions());
        ZHICHA_TRY(addTransfers());
        ZHICHA_TRY(addRest());
        ZHICHA_TRY(addReports());
        ZHICHA_TRY(addSteps());
        m_out["source_words"] =
            m_book.rules.sources[std::min<std::size_t>(m_item.of.source, m_book.rules.sources.size()) - 1].wording;
        m_out["worth"] = rules::pointsText(m_book.rules.itemPoints);
        m_out["earned"] = rules::pointsText(m_item.of.completedOn == kNever ? 0 : m_item.of.awarded);
        m_out["clauses"] = {{"extension", clauseJson(m_book.rules.extensionClause)},
                            {"withdrawal", clauseJson(m_book.rules.withdrawalClause)},
                            {"transfer", clauseJson(m_book.rules.transferClause)},
                            {"escalation", clauseJson(m_book.rules.escalation.clause)}};
        if (m_book.rules.itemKinds[m_item.of.kind].extensionLimited)
            m_out["latest_extension"] =
                rules::dayText(rules::monthsAfter(m_item.of.dueOn, m_book.rules.extensionMaxMonths));
        ZHICHA_ASSIGN(m_out["log"], lastLogOf(m_ledger, m_item.id));
        return std::move(m_out);
    }

private:
    Result<EntityRow> row(const Uuid &id) {
        ZHICHA_ASSIGN(std::optional<EntityRow> found, m_ledger.rowOf(id));
        return found ? Result<EntityRow>(std::move(*found)) : fail(Code::StoreDamaged, "a row is missing");
    }

    Status addExtensions() {
        m_out["extensions"] = json::array();
        const std::vector<rules::ExtensionRefusal> verdicts = rules::judgeExtensions(m_book.rules, m_item.of);
        for (std::size_t i = 0; i < m_item.extensions.size(); ++i) {
            ZHICHA_ASSIGN(const EntityRow of, row(m_item.extensions[i].id));
            json out{{"id", toText(m_item.extensions[i].id)},
                     {"counted", verdicts[i] == rules::ExtensionRefusal::None}};
            putTexts(out, of, {"approved_on", "approved_by", "new_due_on", "reason"});
            if (verdicts[i] != rules::ExtensionRefusal::None)
                out["refusal"] = std::string(rules::extensionRefusalName(verdicts[i]));
            m_out["extensions"].push_back(std::move(out));
        }
        return {};
    }

    Status addTransfers() {
        m_out["transfers"] = json::array();
        for (const auto &transfer : m_item.transfers) {
            ZHICHA_ASSIGN(const EntityRow of, row(transfer.id));
            json out{{"id", toText(transfer.id)}, {"counted", transfer.row.isSigned}};
            putTexts(out, of, {"on", "signed_from", "signed_to"});
            ZHICHA_ASSIGN(out["to"], m_names.ref(m_book.units[transfer.row.to].id));
            m_out["transfers"].push_back(std::move(out));
        }
        return {};
    }

    Status addRest() {
        for (const auto &withdrawal : m_item.withdrawals) {
            ZHICHA_ASSIGN(const EntityRow of, row(withdrawal.id));
            json out{{"id", toText(withdrawal.id)}, {"counted", withdrawal.row != kNever}};
            putTexts(out, of, {"on", "reviewed_by", "agreed_by", "ground"});
            m_out["withdrawal"] = std::move(out);
        }
        m_out["exemptions"] = json::array();
        for (const auto &exemption : m_item.exemptions) {
            ZHICHA_ASSIGN(const EntityRow of, row(exemption.id));
            json out{{"id", toText(exemption.id)}, {"counted", exemption.row.isSigned}};
            putTexts(out, of, {"from", "until", "approved_by", "reason"});
            m_out["exemptions"].push_back(std::move(out));
        }
        return {};
    }

    Status addReports() {
        m_out["reports"] = json::array();
        for (const BookReport &report : m_item.reports) {
            if (!m_scope.has(report.unit))
                continue;
            json out = reportJson(m_names, m_book, report);
            ZHICHA_ASSIGN(const EntityRow of, row(report.id));
            putTexts(out, of, {"text", "reason"});
            m_out["reports"].push_back(std::move(out));
        }
        return {};
    }

    Status addSteps() {
        m_out["steps"] = json::array();
        for (const BookStep &step : m_item.steps) {
            ZHICHA_ASSIGN(const EntityRow of, row(step.id));
            const rules::LadderStep &rule = m_book.rules.escalation.steps[static_cast<std::size_t>(step.step - 1)];
            json out{{"id", toText(step.id)},
                     {"step", step.step},
                     {"action", rule.action},
                     {"name", rule.name},
                     {"counted", step.on > m_item.now.due || m_book.rules.escalation.stepsOnOrBeforeDueCount}};
            putDay(out, "on", step.on);
            putTexts(out, of, {"commitment", "commitment_due_on", "commitment_met_on"});
            putExtraText(out, of, "document");
            m_out["steps"].push_back(std::move(out));
        }
        return {};
    }

    LedgerReader &m_ledger;
    const Book &m_book;
    const BookItem &m_item;
    const ItemScope &m_scope;
    Names m_names;
    json m_out;
};

/** Ids become names; what only ties rows together is left out. */
Result<json> fieldsJson(Names &names, const LogOperation &operation) {
    json out = json::object();
    const auto body = operation.operation.bytes.body ? decodeBody(*operation.operation.bytes.body)
                                                     : Result<Body>(fail(Code::NotFound, "no body"));
    if (!body)
        return out;
    if (operation.kind == "request.sign")
        out["by"] = body->fields.contains(kAssertionField) ? "key" : "server";
    for (const auto &[name, value] : body->fields) {
        if (name == "item" || name == "code" || name == "extra" || name == "request" || name == kAssertionField)
            continue;
        if (const auto id = value.uuid()) {
            ZHICHA_ASSIGN(out[name], names.name(*id));
        } else if (const cbor::Array *list = value.array(); list != nullptr) {
            out[name] = json::array();
            for (const cbor::Value &one : *list) {
                const auto of = one.uuid();
                const std::string called = of ? names.name(*of).value_or("") : std::string();
                out[name].push_back(of ? json(called) : plainJson(one));
            }
        } else {
            out[name] = plainJson(value);
        }
    }
    return out;
}
} // namespace

void putExtraText(json &out, const EntityRow &row, const char *name) {
    if (const std::string text = extraText(row, name); !text.empty())
        out[name] = text;
}

json reportJson(Names &names, const Book &book, const BookReport &report) {
    json out{{"id", toText(report.id)}, {"due_on", rules::dayText(report.dueOn)}};
    if (!report.what.empty())
        out["what"] = report.what;
    if (auto unit = names.ref(book.units[report.unit].id))
        out["unit"] = *std::move(unit);
    putDay(out, "submitted_on", report.submittedOn);
    putDay(out, "returned_on", report.returnedOn);
    putDay(out, "resubmit_due_on", report.resubmitDueOn);
    putDay(out, "resubmitted_on", report.resubmittedOn);
    putDay(out, "accepted_on", report.acceptedOn);
    const bool again = report.returnedOn != kNever;
    const bool handedIn = again ? report.resubmittedOn != kNever : report.submittedOn != kNever;
    out["state"] = report.acceptedOn != kNever ? "accepted" : handedIn ? "to_review" : again ? "returned" : "awaited";
    // 附件2 三 3: both can apply, and both are computed, never entered.
    const auto late = [&](rules::Day due, rules::Day on) { return due != kNever && book.today > due && on > due; };
    out["late"] = late(report.dueOn, report.submittedOn);
    out["returned_late"] = again && late(report.resubmitDueOn, report.resubmittedOn);
    return out;
}

Result<json> itemDetailJson(LedgerReader &ledger, const Book &book, const BookItem &item, const ItemScope &scope) {
    return Detail(ledger, book, item, scope).whole();
}

Result<std::int64_t> lastLogOf(LedgerReader &ledger, const Uuid &item) {
    std::int64_t last = 0;
    ZHICHA_TRY(ledger.forEachOperationOfEntity(item, [&](const LogOperation &operation) -> Status {
        last = std::max(last, operation.log);
        return {};
    }));
    return last;
}

Result<json> itemHistoryJson(LedgerReader &ledger, const Book &book, const BookItem &item, const ItemScope &scope,
                             std::int64_t before, std::int64_t limit) {
    std::vector<Uuid> entities{item.id};
    const auto add = [&](const auto &rows) {
        for (const auto &row : rows)
            entities.push_back(row.id);
    };
    add(item.extensions);
    add(item.transfers);
    add(item.withdrawals);
    add(item.exemptions);
    add(item.steps);
    for (const BookReport &report : item.reports)
        if (scope.has(report.unit))
            entities.push_back(report.id);
    for (const auto &[id, event] : book.events)
        if (event.item == item.id && scope.has(event.of.unit))
            entities.push_back(id);
    for (const Uuid &id : item.requests)
        if (const auto request = book.requests.find(id);
            request != book.requests.end() && covers(scope, book, request->second))
            add(request->second.words);
    std::vector<LogOperation> operations;
    for (const Uuid &entity : entities)
        ZHICHA_TRY(ledger.forEachOperationOfEntity(entity, [&](const LogOperation &operation) -> Status {
            if (before == 0 || operation.log < before)
                operations.push_back(operation);
            return {};
        }));
    std::sort(operations.begin(), operations.end(),
              [](const LogOperation &a, const LogOperation &b) { return a.log > b.log; });
    json out{{"rows", json::array()}};
    if (operations.size() > static_cast<std::size_t>(limit)) {
        operations.resize(static_cast<std::size_t>(limit));
        out["next"] = operations.back().log;
    }
    Names names(ledger);
    for (const LogOperation &operation : operations) {
        json row{{"log", operation.log}, {"kind", operation.kind}, {"entity", toText(operation.entity)}};
        ZHICHA_ASSIGN(row["fields"], fieldsJson(names, operation));
        if (const auto envelope = decodeEnvelope(operation.operation.bytes.envelope)) {
            row["at"] = toRfc3339(envelope->time.estimateMs);
            ZHICHA_ASSIGN(row["actor"], names.author(operation.operation.device, envelope->actor, false));
        }
        out["rows"].push_back(std::move(row));
    }
    return out;
}

} // namespace zhicha
