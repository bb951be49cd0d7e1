#include "mobile/models/sync_rows.h"

#include "mobile/engine/status/status_view.h"
#include "mobile/models/check_closure.h"
#include "mobile/models/check_rows.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"
#include "shared/protocol/problems.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::size_t kMostChecks = 60;

struct SyncWords {
    Q_DECLARE_TR_FUNCTIONS(SyncWords)
};

QString number(std::int64_t value) {
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
}

/** A record's kind as people call it. */
QString kindWord(const std::string &kind) {
    if (kind.starts_with("finding."))
        return SyncWords::tr("问题");
    if (kind.starts_with("photo."))
        return SyncWords::tr("照片");
    if (kind == "answer.give")
        return SyncWords::tr("三问答案");
    if (kind == "attestation.say")
        return SyncWords::tr("四不两直");
    if (kind == "tally.count")
        return SyncWords::tr("群众计数");
    if (kind == "track.append")
        return SyncWords::tr("航迹");
    if (kind == "entity.void")
        return SyncWords::tr("作废");
    return SyncWords::tr("检查记录");
}

/** The two sides of a contested field: "严重 / 较重". */
QString valuesOf(const EntityRow &row) {
    for (const FieldRow &field : row.fields) {
        if (field.values.size() < 2)
            continue;
        QStringList values;
        for (const cbor::Value &value : field.values)
            if (value.text() != nullptr)
                values.append(text::fromUtf8(*value.text()).simplified().left(40));
        return values.join(QStringLiteral(" / "));
    }
    return {};
}

class Rows {
public:
    explicit Rows(LocalStore &store) : m_store(store) {}

    Result<std::vector<SyncRow>> read() {
        StatusView view(m_store);
        ZHICHA_ASSIGN(const std::vector<OperationStatus> troubled, view.troubledOperations());
        for (const OperationStatus &operation : troubled)
            ZHICHA_TRY(takeTrouble(operation));
        ZHICHA_ASSIGN(const std::vector<Uuid> checks, m_store.operations().newestOwnChecks(kMostChecks));
        for (const Uuid &check : checks) {
            ZHICHA_ASSIGN(const std::vector<OperationStatus> operations, view.operationsOf(check));
            for (const OperationStatus &operation : operations)
                ZHICHA_TRY(take(operation, check));
            ZHICHA_ASSIGN(const std::vector<PhotoRecord> photos, m_store.photos().ofCheck(check));
            for (const PhotoRecord &photo : photos)
                count(photo, check);
        }
        ZHICHA_ASSIGN(const std::vector<PhotoRecord> problems, m_store.photos().withProblem());
        for (const PhotoRecord &photo : problems)
            takeTrouble(photo);
        ZHICHA_TRY(takeParkedRuns());
        return finish();
    }

private:
    QString siteOf(const Uuid &check) {
        const auto known = m_store.entities().row(check);
        return text::fromUtf8(nameOf(m_store, known && *known ? (*known)->uuid("site") : std::nullopt));
    }

    SyncRow &rowFor(const Uuid &check) {
        SyncRow &row = m_checks[check];
        if (row.key.isEmpty()) {
            row.key = row.check = textOf(check);
            row.title = row.site = siteOf(check);
        }
        return row;
    }

    Status take(const OperationStatus &operation, const Uuid &check) {
        SyncRow &group = rowFor(check);
        ++group.records;
        if (operation.stage == OperationStatus::Stage::Acknowledged)
            ++group.recordsDone;
        if (operation.log > 0) {
            group.log = number(operation.log);
            group.at = text::when(operation.receivedAtMs, systemClock().nowMs());
        }
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(operation.entity));
        if (row && row->birth && row->contested()) // by what others wrote since
            addTrouble(operation, row, check, "conflict");
        return {};
    }

    Status takeTrouble(const OperationStatus &operation) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(operation.entity));
        const std::optional<Uuid> check = row && row->type == EntityType::Check ? std::optional(operation.entity)
                                          : row                                 ? row->check
                                                                                : std::nullopt;
        // Two writes of one entity that meet the same trouble are one task.
        addTrouble(operation, row, check, operation.refused.empty() ? operation.outcome : operation.refused);
        return {};
    }

    void addTrouble(const OperationStatus &operation, const std::optional<EntityRow> &row,
                    const std::optional<Uuid> &check, const std::string &code) {
        const bool settled = code == "conflict" && row && !row->contested();
        if (settled)
            return; // the office has decided since
        SyncRow task;
        task.key = textOf(operation.entity) + u'/' + QString::fromStdString(code);
        if (std::any_of(m_troubles.begin(), m_troubles.end(), [&](const SyncRow &t) { return t.key == task.key; }))
            return;
        task.trouble = true;
        task.code = QString::fromStdString(code);
        const ProblemText words = problemText(code);
        task.why = words.what;
        task.now = words.safe;
        task.next = words.next;
        const Problem *problem = findProblem(code);
        task.yours = problem != nullptr && problem->lifter == Lifter::Inspector;
        task.stamp = static_cast<int>(code == "conflict" ? ui::Stamp::Disputed : ui::Stamp::Refused);
        task.title = kindWord(operation.kind);
        if (row && row->type == EntityType::Finding) {
            task.title += QStringLiteral(" · ") + text::fromUtf8(row->text("text")).simplified().left(24);
            task.finding = textOf(operation.entity);
        }
        if (row)
            task.values = valuesOf(*row);
        if (check) {
            task.check = textOf(*check);
            task.site = siteOf(*check);
        }
        task.at = text::when(operation.receivedAtMs, systemClock().nowMs());
        m_troubles.push_back(std::move(task));
    }

    void count(const PhotoRecord &photo, const Uuid &check) {
        if (photo.state == PhotoState::Capturing || photo.preview)
            return;
        SyncRow &group = rowFor(check);
        ++group.photos;
        group.photosDone += photo.state == PhotoState::Delivered ? 1 : 0;
        m_bytes[check].first += photo.sentBytes;
        m_bytes[check].second += photo.size;
    }

    void takeTrouble(const PhotoRecord &photo) {
        if (photo.state == PhotoState::Capturing || photo.state == PhotoState::Delivered)
            return;
        SyncRow task;
        task.key = QString::fromStdString(toHex(photo.digest));
        task.trouble = true;
        task.code = QString::fromStdString(photo.problem);
        const ProblemText words = problemText(photo.problem);
        task.why = words.what;
        task.now = words.safe;
        task.next = words.next;
        const Problem *problem = findProblem(photo.problem);
        task.yours = problem != nullptr && problem->lifter == Lifter::Inspector;
        task.stamp = static_cast<int>(ui::Stamp::Refused);
        task.title = photo.preview ? SyncWords::tr("照片预览") : SyncWords::tr("照片");
        task.check = textOf(photo.check);
        task.site = siteOf(photo.check);
        task.at = text::when(photo.addedMs, systemClock().nowMs());
        task.photo = "image://photo/" + task.key;
        m_troubles.push_back(std::move(task));
    }

    Status takeParkedRuns() {
        ZHICHA_ASSIGN(const std::vector<ParkedRun> parked, m_store.runs().parked());
        for (const ParkedRun &run : parked) {
            SyncRow task;
            task.key = QStringLiteral("run/%1").arg(run.log);
            task.trouble = true;
            task.code = QString::fromStdString(run.code);
            const ProblemText words = problemText(run.code);
            task.why = words.what;
            task.now = words.safe;
            task.next = words.next;
            task.stamp = static_cast<int>(ui::Stamp::Refused);
            task.title = SyncWords::tr("督查室送来的记录没收下");
            task.log = number(run.log);
            m_troubles.push_back(std::move(task));
        }
        return {};
    }

    std::vector<SyncRow> finish() {
        std::vector<SyncRow> groups;
        for (auto it = m_checks.rbegin(); it != m_checks.rend() && groups.size() < kMostChecks; ++it) {
            SyncRow row = it->second;
            const auto [sent, all] = m_bytes[it->first];
            row.percent = all > 0 ? static_cast<int>(sent * 100 / all) : 0;
            const bool done = row.recordsDone == row.records && row.photosDone == row.photos;
            const bool begun = row.recordsDone > 0 || sent > 0;
            row.stamp = static_cast<int>(done ? ui::Stamp::Delivered : begun ? ui::Stamp::Sending : ui::Stamp::Queued);
            groups.push_back(std::move(row));
        }
        const auto rank = [](const SyncRow &row) {
            return row.stamp == static_cast<int>(ui::Stamp::Sending)  ? 0
                   : row.stamp == static_cast<int>(ui::Stamp::Queued) ? 1
                                                                      : 2;
        };
        std::stable_sort(groups.begin(), groups.end(),
                         [&](const SyncRow &a, const SyncRow &b) { return rank(a) < rank(b); });
        std::stable_sort(m_troubles.begin(), m_troubles.end(),
                         [](const SyncRow &a, const SyncRow &b) { return a.yours && !b.yours; });
        std::move(groups.begin(), groups.end(), std::back_inserter(m_troubles));
        return std::move(m_troubles);
    }

    LocalStore &m_store;
    std::map<Uuid, SyncRow> m_checks; // ids are of the time of birth: the newest last
    std::map<Uuid, std::pair<std::int64_t, std::int64_t>> m_bytes;
    std::vector<SyncRow> m_troubles;
};
} // namespace

Result<std::vector<SyncRow>> readSyncRows(LocalStore &store) {
    return Rows(store).read();
}

} // namespace zhicha
