#include "sync-server/office/papers/check_report.h"

#include "shared/base/instant.h"
#include "shared/documents/paper_body.h"
#include "sync-server/office/console/check_detail.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::uint64_t kMostPreview = 64 * 1024;

class CheckReportReader {
public:
    CheckReportReader(LedgerReader &ledger, PhotoStore &photos, const CheckView &view)
        : m_ledger(ledger), m_photos(photos), m_view(view), m_loader(ledger) {}

    Result<ReportedCheck> read() {
        ZHICHA_TRY(facts());
        ZHICHA_TRY(answers());
        attestation();
        findings();
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == EntityType::Photo && !record.row.isVoid() && !m_shown.contains(record.entity))
                m_out.otherPhotos.push_back(photo(record.row));
        m_out.photos = rowsOf(EntityType::Photo).size();
        m_out.missingOriginals = m_view.missingPhotos.size();
        return std::move(m_out);
    }

private:
    std::vector<const EntityRow *> rowsOf(EntityType type) const {
        std::vector<const EntityRow *> rows;
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == type && !record.row.isVoid())
                rows.push_back(&record.row);
        std::sort(rows.begin(), rows.end(),
                  [&](const EntityRow *a, const EntityRow *b) { return m_view.birthOf(*a) < m_view.birthOf(*b); });
        return rows;
    }
    /** A contested field shows no value of its own. */
    static std::string shown(const EntityRow &row, std::string_view field, std::string said) {
        const FieldRow *values = row.field(field);
        return values != nullptr && values->values.size() > 1 ? std::string(kContestedWords) : std::move(said);
    }
    static std::string shown(const EntityRow &row, std::string_view field) {
        return shown(row, field, row.text(field));
    }
    Result<std::string> nameOf(const std::optional<Uuid> &id) {
        if (!id)
            return std::string("—");
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(*id));
        if (!row)
            return std::string("—");
        const std::string number = row->text("number");
        const std::string name = withinSentence(row->text(row->type == EntityType::Item ? "title" : "name"));
        return number.empty() ? name : number + " " + name;
    }
    [[nodiscard]] std::string dayOf(const EntityRow &row) const { return shanghaiDay(m_view.birthOf(row).estimateMs); }

    Status facts() {
        for (const EntityRow *row : rowsOf(EntityType::CheckNumber))
            m_out.number = row->text("number");
        for (const Uuid &person : m_view.inspectors()) {
            ZHICHA_ASSIGN(std::string name, m_loader.personName(person));
            m_out.people.push_back(std::move(name));
        }
        m_out.state = checkStateName(m_view.state);
        if (!m_view.check)
            return {};
        ZHICHA_ASSIGN(std::string site, nameOf(m_view.check->uuid("site")));
        m_out.site = shown(*m_view.check, "site", std::move(site));
        m_out.day = dayOf(*m_view.check);
        const cbor::Value *list = m_view.check->value("items");
        for (const cbor::Value &item : list != nullptr && list->array() != nullptr ? *list->array() : cbor::Array()) {
            ZHICHA_ASSIGN(std::string name, nameOf(item.uuid()));
            m_out.items.push_back(std::move(name));
        }
        return {};
    }

    Status answers() {
        // The names of the three questions stand in the order of the notice.
        std::vector<const EntityRow *> rows = rowsOf(EntityType::Answer);
        std::sort(rows.begin(), rows.end(), [](const EntityRow *a, const EntityRow *b) {
            return std::pair(a->uuid("item"), a->text("question")) < std::pair(b->uuid("item"), b->text("question"));
        });
        for (const EntityRow *row : rows) {
            ZHICHA_ASSIGN(std::string item, nameOf(row->uuid("item")));
            m_out.answers.push_back({std::move(item), row->text("question"), shown(*row, "value"), row->text("note")});
        }
        for (const EntityRow *row : rowsOf(EntityType::Tally)) {
            m_out.satisfied += row->integer("satisfied").value_or(0);
            m_out.neutral += row->integer("neutral").value_or(0);
            m_out.dissatisfied += row->integer("dissatisfied").value_or(0);
        }
        return {};
    }

    void attestation() {
        std::vector<const EntityRow *> rows = rowsOf(EntityType::Attestation);
        std::sort(rows.begin(), rows.end(), [](const EntityRow *a, const EntityRow *b) {
            return a->integer("clause").value_or(0) < b->integer("clause").value_or(0);
        });
        for (const EntityRow *row : rows)
            m_out.clauses.push_back({row->integer("clause").value_or(0), shown(*row, "said"), row->text("note")});
    }

    void findings() {
        std::vector<std::pair<Uuid, const EntityRow *>> found;
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == EntityType::Finding && !record.row.isVoid())
                found.emplace_back(record.entity, &record.row);
        std::sort(found.begin(), found.end(),
                  [&](const auto &a, const auto &b) { return m_view.birthOf(*a.second) < m_view.birthOf(*b.second); });
        for (const auto &[id, row] : found)
            m_out.findings.push_back({shown(*row, "severity"), shown(*row, "text"), photosOf(id)});
    }

    std::vector<ReportedPhoto> photosOf(const Uuid &entity) {
        std::vector<ReportedPhoto> photos;
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == EntityType::Photo && !record.row.isVoid() && record.row.uuid("to") == entity) {
                m_shown.insert(record.entity);
                photos.push_back(photo(record.row));
            }
        return photos;
    }
    ReportedPhoto photo(const EntityRow &row) {
        ReportedPhoto out{row.text("origin") == "camera", row.text("how_taken"), dayOf(row), std::nullopt, nullptr};
        if (const cbor::Value *digest = row.value("sha256"); digest != nullptr)
            out.sha256 = digest->digest();
        if (const cbor::Value *preview = row.value("preview"); preview != nullptr && preview->digest())
            out.jpeg = bytesOf(*preview->digest());
        return out;
    }
    /** What is not here, or larger than a preview may be, is not shown. */
    std::shared_ptr<const Bytes> bytesOf(const Digest &photo) {
        const auto state = m_photos.state(photo);
        if (!state || !state->complete || state->size > kMostPreview)
            return nullptr;
        auto bytes = std::make_shared<Bytes>();
        const Status read = m_photos.read(photo, 0, state->size, [&](ByteView piece) -> Status {
            append(*bytes, piece);
            return {};
        });
        return read ? bytes : nullptr;
    }

    LedgerReader &m_ledger;
    PhotoStore &m_photos;
    const CheckView &m_view;
    CheckLoader m_loader;
    ReportedCheck m_out;
    std::set<Uuid> m_shown; ///< photos that stand beside a finding
};
} // namespace

Result<documents::Report> checkReport(LedgerReader &ledger, PhotoStore &photos, const CheckView &view) {
    ZHICHA_ASSIGN(const ReportedCheck check, CheckReportReader(ledger, photos, view).read());
    return reportOf(check);
}

Result<Bytes> checkReportPdf(LedgerReader &ledger, PhotoStore &photos, const CheckView &view) {
    ZHICHA_ASSIGN(const documents::Report report, checkReport(ledger, photos, view));
    return reportPdf(report);
}

} // namespace zhicha
