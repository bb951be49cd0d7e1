#include "sync-server/office/console/index_refresh.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/check_measure.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace zhicha {

namespace {
/** What one batch of the log touched. */
struct Touched {
    std::map<Uuid, std::set<Uuid>> checks; ///< with the entities touched in each
    std::set<Uuid> whole;                  ///< checks of which everything is made anew
    std::set<Uuid> others;                 ///< entities without a check
    std::vector<ConsoleChange> changes;
    std::int64_t last = 0;
    std::size_t count = 0;
};

class Refresh {
public:
    explicit Refresh(LedgerWriter &ledger) : m_ledger(ledger) {}

    Result<IndexStep> run(std::int64_t after, std::size_t limit) {
        m_touched.last = after;
        std::vector<LogOperation> batch;
        ZHICHA_TRY(m_ledger.operationsFrom(after + 1, limit, [&](const LogOperation &operation) -> Status {
            batch.push_back(operation);
            return {};
        }));
        for (const LogOperation &operation : batch)
            ZHICHA_TRY(note(operation));
        for (const Uuid &check : m_touched.whole)
            m_touched.checks[check];
        ZHICHA_TRY(dropGone());
        for (const auto &[check, entities] : m_touched.checks)
            ZHICHA_TRY(refreshCheck(check, entities));
        for (const Uuid &entity : m_touched.others)
            ZHICHA_TRY(refreshContested(entity, std::nullopt));
        return IndexStep{m_touched.last, std::move(m_touched.changes), batch.size() == limit};
    }

private:
    Status note(const LogOperation &operation) {
        m_touched.last = operation.log;
        ++m_touched.count;
        if (operation.kind.starts_with("device.")) {
            change(operation.log, "device", toText(operation.entity));
            // A cut or a fork changes what counts everywhere that the chain wrote.
            if (operation.kind != "device.enrol" && operation.kind != "device.health") {
                ZHICHA_ASSIGN(const std::vector<Uuid> checks, m_ledger.consoleIndex().checksOfDevice(operation.entity));
                m_touched.whole.insert(checks.begin(), checks.end());
            }
        }
        if (operation.outcome == "fork") {
            ZHICHA_ASSIGN(const std::vector<Uuid> checks,
                          m_ledger.consoleIndex().checksOfDevice(operation.operation.device));
            m_touched.whole.insert(checks.begin(), checks.end());
            change(operation.log, "device", toText(operation.operation.device));
        }
        if (operation.kind.starts_with("person.") || operation.kind.starts_with("role."))
            change(operation.log, "person", toText(operation.entity));
        if (operation.kind.starts_with("feedback."))
            change(operation.log, "feedback", toText(operation.entity));
        if (isOfLedger(operation.kind)) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(operation.entity));
            const auto item = row ? row->uuid("item") : std::nullopt;
            change(operation.log, "item", toText(item.value_or(operation.entity)));
            const auto request = row ? row->uuid("request") : std::nullopt;
            if (operation.kind.starts_with("request."))
                change(operation.log, "request", toText(request.value_or(operation.entity)));
        }
        if (operation.kind.starts_with("order.")) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(operation.entity));
            const auto order = row ? row->uuid("order") : std::nullopt;
            change(operation.log, "rectification", toText(order.value_or(operation.entity)));
        }
        if (operation.kind == "site.put") {
            ZHICHA_ASSIGN(const std::vector<Uuid> checks, m_ledger.consoleIndex().checksOfSite(operation.entity));
            m_touched.whole.insert(checks.begin(), checks.end());
        }
        if (operation.kind == "body.erase" && operation.check)
            ZHICHA_TRY(noteErased(operation));
        if (operation.check) {
            m_touched.checks[*operation.check].insert(operation.entity);
            m_lastLog[*operation.check] = operation.log;
        } else if (operation.kind == "entity.void" || operation.kind == "finding.amend") {
            m_touched.others.insert(operation.entity);
        }
        return {};
    }

    /** Everything of the check is made anew; a finding of which nothing is left has no row that would say so. */
    Status noteErased(const LogOperation &erasure) {
        m_touched.whole.insert(*erasure.check);
        return m_ledger.forEachOperationOfCheck(*erasure.check, [&](const LogOperation &stored) -> Status {
            if (!stored.operation.bytes.body)
                m_gone.insert(stored.entity);
            return {};
        });
    }

    Status dropGone() {
        for (const Uuid &entity : m_gone) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(entity));
            if (row)
                continue;
            ZHICHA_TRY(m_ledger.consoleIndex().dropFindingIndex(entity));
            ZHICHA_TRY(m_ledger.consoleIndex().putContested(entity, {}));
        }
        return {};
    }

    /** What changes an item, or what was decided, reported or recorded about one. */
    static bool isOfLedger(std::string_view kind) {
        constexpr std::string_view kOf[] = {"item.",   "extension.", "transfer.", "withdrawal.", "exemption.",
                                            "report.", "ladder.",    "event.",    "request."};
        return std::any_of(std::begin(kOf), std::end(kOf), [&](std::string_view of) { return kind.starts_with(of); });
    }

    void change(std::int64_t log, std::string kind, std::string id, std::vector<Uuid> people = {}) {
        m_touched.changes.push_back({log, std::move(kind), std::move(id), std::move(people)});
    }

    /** A field's contest began with its latest surviving write. */
    Status refreshContested(const Uuid &entity, const std::optional<Uuid> &check, const EntityRow *known = nullptr,
                            const CheckFile *file = nullptr) {
        std::optional<EntityRow> loaded;
        if (known == nullptr) {
            ZHICHA_ASSIGN(loaded, m_ledger.rowOf(entity));
            known = loaded ? &*loaded : nullptr;
        }
        std::vector<ContestedField> fields;
        for (const FieldRow &field : known != nullptr ? known->fields : std::vector<FieldRow>()) {
            if (field.values.size() < 2)
                continue;
            std::int64_t since = 0;
            for (const Digest &d : field.writes)
                if (const FileOperation *write = file != nullptr ? file->find(d) : nullptr)
                    since = std::max(since, write->bounds.receivedMs);
            fields.push_back({entity, field.name, check, since});
        }
        return m_ledger.consoleIndex().putContested(entity, fields);
    }

    Status refreshCheck(const Uuid &check, const std::set<Uuid> &entities) {
        const auto loaded = loadCheckFile(m_ledger, check);
        if (!loaded)
            return loaded.error().code == Code::NotFound ? Status() : Status(loaded.error());
        const CheckFile &file = *loaded;
        CheckIndexRow row = summary(file);
        ZHICHA_TRY(attest(file, row));
        row.details = detailsOf(file).dump();
        ZHICHA_TRY(place(file, row));
        // What a finding's row takes from its check: whose it is, where, whether it is void.
        ZHICHA_ASSIGN(const std::optional<CheckIndexRow> before, m_ledger.consoleIndex().checkIndex(check));
        const bool whole = m_touched.whole.contains(check) || !before || before->people != row.people ||
                           before->site != row.site || before->unit != row.unit ||
                           (before->state == CheckState::Void) != (row.state == CheckState::Void);
        std::string text = row.number + " " + m_placeWords;
        for (const RowRecord *finding : file.rowsOf(EntityType::Finding))
            text += " " + finding->row.text("text");
        if (text.size() > 20'000)
            text.resize(20'000);
        ZHICHA_TRY(m_ledger.consoleIndex().putCheckIndex(row, text));
        const std::int64_t log = m_lastLog.contains(check) ? m_lastLog[check] : m_touched.last;
        change(log, "check", toText(check), row.people);
        if (file.view.check)
            ZHICHA_TRY(refreshContested(check, check, &*file.view.check, &file));
        std::set<Uuid> shown = entities; // a photo that came or moved shows in the finding that it belongs to
        for (const Uuid &entity : entities)
            for (const RowRecord &record : file.view.rows)
                if (record.entity == entity && record.row.type == EntityType::Photo)
                    if (const auto to = record.row.uuid("to"))
                        shown.insert(*to);
        for (const RowRecord &record : file.view.rows) {
            if (!whole && !shown.contains(record.entity))
                continue;
            ZHICHA_TRY(refreshContested(record.entity, check, &record.row, &file));
            if (record.row.contested())
                change(log, "conflict", toText(record.entity), row.people);
            if (record.row.type == EntityType::Finding)
                ZHICHA_TRY(refreshFinding(file, row, record, log));
            if (record.row.type == EntityType::Received || record.row.type == EntityType::Mismatch)
                change(log, "photo", toText(check), row.people);
        }
        return {};
    }

    Status refreshFinding(const CheckFile &file, const CheckIndexRow &check, const RowRecord &record,
                          std::int64_t log) {
        FindingIndexRow row;
        row.finding = record.entity;
        row.check = file.view.id;
        const FileOperation *birth = file.birth(record.row);
        row.madeMs = birth != nullptr ? file.spans.span(birth->bounds).toMs : check.receivedMs;
        row.log = birth != nullptr ? birth->log : 0;
        row.severity = severityOf(record.row);
        row.contested = record.row.contested();
        row.isVoid = record.row.isVoid() || (file.view.check && file.view.check->isVoid());
        for (const RowRecord *photo : photosTo(file, record.entity))
            row.imported += photo->row.text("origin") == "import" ? 1 : 0;
        row.item = record.row.uuid("item");
        row.site = check.site;
        row.unit = check.unit;
        row.people = check.people;
        change(log, "finding", toText(record.entity), check.people);
        return m_ledger.consoleIndex().putFindingIndex(row, record.row.text("text") + " " + m_placeWords);
    }

    /** Site and its unit, with their names for the search. */
    Status place(const CheckFile &file, CheckIndexRow &row) {
        m_placeWords.clear();
        row.site = file.view.check ? file.view.check->uuid("site") : std::nullopt;
        if (!row.site)
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> site, m_ledger.rowOf(*row.site));
        if (!site)
            return {};
        row.unit = site->uuid("unit");
        m_placeWords = site->text("name") + " " + site->text("code");
        if (row.unit) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> unit, m_ledger.rowOf(*row.unit));
            m_placeWords += unit ? " " + unit->text("name") : "";
        }
        return {};
    }

    Status attest(const CheckFile &file, CheckIndexRow &row) {
        ZHICHA_ASSIGN(row.attestation, attestationCells(m_ledger, file));
        for (const std::string &cell : row.attestation)
            row.exception = row.exception || (cell != "kept" && cell != "unmeasured");
        return {};
    }

    /** What a list shows beside its columns: when, by which tablets, until when an answer is awaited. */
    static nlohmann::json detailsOf(const CheckFile &file) {
        nlohmann::json out{{"devices", nlohmann::json::array()}};
        if (const FileOperation *start = file.view.check ? file.birth(*file.view.check) : nullptr)
            out["span"] = spanJson(file, *start);
        std::set<Uuid> devices;
        for (const FileOperation &operation : file.operations)
            if (!operation.serverChain && devices.insert(operation.device).second)
                out["devices"].push_back(toText(operation.device));
        std::set<Digest> differing;
        for (const RowRecord *record : file.rowsOf(EntityType::Mismatch))
            if (const cbor::Value *sha = record->row.value("sha256"); sha != nullptr && sha->digest())
                differing.insert(*sha->digest());
        std::int64_t mismatched = 0; // a later upload may have brought the right bytes
        for (const Digest &photo : file.view.missingPhotos)
            mismatched += differing.contains(photo) ? 1 : 0;
        out["mismatched"] = mismatched;
        if (const auto due = answerDue(file))
            out["due_at"] = toRfc3339(*due);
        return out;
    }

    /** The earliest day of a question that nobody has answered yet. */
    static std::optional<std::int64_t> answerDue(const CheckFile &file) {
        std::set<Uuid> answered;
        for (const RowRecord *reply : file.rowsOf(EntityType::Reply))
            if (const auto question = reply->row.uuid("question"))
                answered.insert(*question);
        std::optional<std::int64_t> due;
        for (const RowRecord *review : file.rowsOf(EntityType::Review)) {
            const cbor::Value *asked = review->row.value("questions");
            if (asked == nullptr || asked->array() == nullptr)
                continue;
            for (const cbor::Value &question : *asked->array()) {
                const cbor::Map *map = question.map();
                if (map == nullptr)
                    continue;
                const auto id = map->find("id");
                if (id == map->end() || !id->second.uuid() || answered.contains(*id->second.uuid()))
                    continue;
                if (const auto at = map->find("due_at"); at != map->end() && at->second.integer() != nullptr)
                    due = std::min(due.value_or(*at->second.integer()), *at->second.integer());
            }
        }
        return due;
    }

    CheckIndexRow summary(const CheckFile &file) {
        CheckIndexRow row;
        row.check = file.view.id;
        row.state = file.view.state;
        row.people = file.view.inspectors();
        row.lastLog = file.lastLog();
        if (const cbor::Value *items = file.view.check ? file.view.check->value("items") : nullptr;
            items != nullptr && items->array() != nullptr)
            for (const cbor::Value &item : *items->array())
                if (const auto id = item.uuid())
                    row.items.push_back(*id);
        for (const FileOperation &operation : file.operations) {
            if (operation.kind == "check.number" && operation.fields.contains("number"))
                row.number = *operation.fields.find("number")->second.text();
            if (row.receivedMs == 0 || operation.bounds.receivedMs < row.receivedMs)
                row.receivedMs = operation.bounds.receivedMs;
            // What arrives as bytes alone does not start a new wait.
            if (operation.kind != "photos.received" && operation.kind != "scope.grant" &&
                operation.kind != "comment.add" && operation.kind != "check.number")
                row.waitingMs = std::max(row.waitingMs, operation.bounds.receivedMs);
        }
        if (const FileOperation *start = file.view.check ? file.birth(*file.view.check) : nullptr) {
            const TimeSpan span = file.spans.span(start->bounds);
            row.spanWidthMs = span.fromMs ? span.toMs - *span.fromMs : span.toMs;
        }
        countRows(file, row);
        return row;
    }

    static void countRows(const CheckFile &file, CheckIndexRow &row) {
        const auto contested = [](const EntityRow &of) {
            std::int64_t fields = 0;
            for (const FieldRow &field : of.fields)
                fields += field.values.size() > 1 ? 1 : 0;
            return fields;
        };
        row.conflicts = file.view.check ? contested(*file.view.check) : 0;
        for (const RowRecord &record : file.view.rows) {
            row.conflicts += contested(record.row);
            if (record.row.isVoid())
                continue;
            if (record.row.type == EntityType::Finding) {
                const int severity = severityOf(record.row);
                (severity == 3 ? row.critical : severity == 2 ? row.major : row.minor) += 1;
            }
            if (record.row.type == EntityType::Photo) {
                ++row.declared;
                row.imported += record.row.text("origin") == "import" ? 1 : 0;
            }
            row.mismatches += record.row.type == EntityType::Mismatch ? 1 : 0;
        }
        row.arrived = row.declared - static_cast<std::int64_t>(file.view.missingPhotos.size());
    }

    LedgerWriter &m_ledger;
    Touched m_touched;
    std::set<Uuid> m_gone; ///< entities with an erased body
    std::map<Uuid, std::int64_t> m_lastLog;
    std::string m_placeWords;
};

} // namespace

Result<std::int64_t> consoleIndexCursor(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::optional<std::string> text, ledger.setting(kIndexCursorSetting));
    std::int64_t cursor = 0;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), cursor);
    return cursor;
}

Result<IndexStep> refreshConsoleIndex(LedgerWriter &ledger, std::size_t limit) {
    ZHICHA_ASSIGN(const std::int64_t cursor, consoleIndexCursor(ledger));
    ZHICHA_ASSIGN(const std::int64_t last, ledger.lastLog());
    if (last <= cursor)
        return IndexStep{cursor, {}, false};
    ZHICHA_TRY(ledger.begin());
    Result<IndexStep> step = Refresh(ledger).run(cursor, limit);
    const Status moved = step ? ledger.putSetting(kIndexCursorSetting, std::to_string(step->log)) : Status();
    if (!step || !moved) {
        ledger.rollback();
        return step ? Result<IndexStep>(moved.error()) : step;
    }
    ZHICHA_TRY(ledger.commit());
    return step;
}

Status forgetConsoleIndex(LedgerWriter &ledger) {
    ZHICHA_TRY(ledger.consoleIndex().forgetConsoleIndex());
    return ledger.putSetting(kIndexCursorSetting, "0");
}

} // namespace zhicha
