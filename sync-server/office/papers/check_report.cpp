#include "sync-server/office/papers/check_report.h"

#include "shared/base/instant.h"
#include "shared/documents/pdf.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/papers/paper_text.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::uint64_t kMostPreview = 64 * 1024;
constexpr std::size_t kDigestShown = 16; ///< of a digest, in hex

constexpr std::string_view kClauses[] = {"不发通知", "不打招呼", "不听汇报", "不陪同接待", "直奔基层", "直插现场"};

std::string oneOf(std::string_view word, std::initializer_list<std::pair<std::string_view, std::string_view>> words) {
    for (const auto &[name, said] : words)
        if (word == name)
            return std::string(said);
    return std::string(word);
}

class CheckReportWriter {
public:
    CheckReportWriter(LedgerReader &ledger, PhotoStore &photos, const CheckView &view)
        : m_ledger(ledger), m_photos(photos), m_view(view), m_loader(ledger) {}

    Result<documents::Report> write() {
        m_report.title = "检查情况报告";
        m_report.note = "照片还没有传到，或不能显示";
        ZHICHA_TRY(facts());
        ZHICHA_TRY(answers());
        attestation();
        findings();
        otherPhotos();
        remarks();
        return std::move(m_report);
    }

private:
    /** What the body holds by now, with these pictures under it. */
    void section(std::vector<documents::ReportPicture> pictures = {}) {
        m_report.sections.push_back({m_body.take(), std::move(pictures)});
    }
    void tableOr(documents::Table table, std::string_view nothing) {
        if (table.rows.empty())
            return m_body.paragraph(nothing);
        cut(table);
        m_body.table(std::move(table));
    }

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
        return values != nullptr && values->values.size() > 1 ? "两说不一，未裁定" : std::move(said);
    }
    /** The words for what was chosen. */
    static std::string said(const EntityRow &row, std::string_view field, const char *nothing) {
        const std::string value = row.text(field);
        return shown(row, field, value.empty() ? nothing : valueWords(field, value).first);
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

    Status facts() {
        for (const EntityRow *row : rowsOf(EntityType::CheckNumber))
            m_report.number = row->text("number");
        documents::Table table{{{"项目", 1, documents::Align::Left}, {"内容", 4, documents::Align::Left}}, {}};
        std::string site = "—";
        std::string items;
        if (m_view.check) {
            ZHICHA_ASSIGN(site, nameOf(m_view.check->uuid("site")));
            site = shown(*m_view.check, "site", site);
            const cbor::Value *list = m_view.check->value("items");
            for (const cbor::Value &item :
                 list != nullptr && list->array() != nullptr ? *list->array() : cbor::Array()) {
                ZHICHA_ASSIGN(const std::string name, nameOf(item.uuid()));
                items += (items.empty() ? "" : "；") + name;
            }
        }
        std::string people;
        for (const Uuid &person : m_view.inspectors()) {
            ZHICHA_ASSIGN(const std::string name, m_loader.personName(person));
            people += (people.empty() ? "" : "、") + name;
        }
        table.rows = {{"现场", site},
                      {"督查事项", items.empty() ? "—" : items},
                      {"督查员", people.empty() ? "—" : people},
                      {"开始（设备估计）", m_view.check ? dayOf(*m_view.check) : "—"},
                      {"状态", std::string(checkStateWords())}};
        m_body.heading("检查");
        tableOr(std::move(table), "");
        section();
        return {};
    }

    [[nodiscard]] std::string dayOf(const EntityRow &row) const {
        return documents::dayInWords(shanghaiDay(m_view.birthOf(row).estimateMs));
    }
    [[nodiscard]] std::string_view checkStateWords() const {
        switch (m_view.state) {
        case CheckState::Accepted:
            return "已采信";
        case CheckState::ChangedAfterAcceptance:
            return "采信后有更新";
        case CheckState::Returned:
            return "退回";
        case CheckState::Replied:
            return "已答复";
        case CheckState::ConflictOpen:
            return "两说不一";
        case CheckState::Void:
            return "作废";
        case CheckState::PhotosArriving:
            return "照片上传中";
        case CheckState::ToReview:
            return "待审";
        default:
            return "检查中";
        }
    }

    /** A cell holds no more than a table's cell may. */
    static void cut(documents::Table &table) {
        for (std::vector<std::string> &row : table.rows)
            for (std::string &cell : row)
                cell = shortened(cell);
    }
    static std::string shortened(const std::string &text) {
        std::size_t signs = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
            if (begins && ++signs > documents::kMaxCellCharacters - 2)
                return text.substr(0, at) + "……";
        }
        return text;
    }

    Status answers() {
        documents::Table table{{{"事项", 3, documents::Align::Left},
                                {"问题", 2, documents::Align::Left},
                                {"回答", 1, documents::Align::Middle},
                                {"说明", 4, documents::Align::Left}},
                               {}};
        // The names of the three questions stand in the order of the notice.
        std::vector<const EntityRow *> rows = rowsOf(EntityType::Answer);
        std::sort(rows.begin(), rows.end(), [](const EntityRow *a, const EntityRow *b) {
            return std::pair(a->uuid("item"), a->text("question")) < std::pair(b->uuid("item"), b->text("question"));
        });
        for (const EntityRow *row : rows) {
            ZHICHA_ASSIGN(const std::string item, nameOf(row->uuid("item")));
            table.rows.push_back({item, questionWords(row->text("question")), said(*row, "value", "—"),
                                  withinSentence(row->text("note"))});
        }
        m_body.heading("核实三问");
        tableOr(std::move(table), "没有回答。");
        std::int64_t counts[3] = {};
        for (const EntityRow *row : rowsOf(EntityType::Tally))
            for (int i = 0; i < 3; ++i)
                counts[i] += row->integer(i == 0 ? "satisfied" : i == 1 ? "neutral" : "dissatisfied").value_or(0);
        if (counts[0] + counts[1] + counts[2] != 0)
            m_body.paragraph("现场询问群众：满意" + std::to_string(counts[0]) + "人，一般" + std::to_string(counts[1]) +
                             "人，不满意" + std::to_string(counts[2]) + "人。");
        section();
        return {};
    }

    void attestation() {
        documents::Table table{{{"条", 2, documents::Align::Left},
                                {"督查员说", 2, documents::Align::Middle},
                                {"说明", 6, documents::Align::Left}},
                               {}};
        std::vector<const EntityRow *> rows = rowsOf(EntityType::Attestation);
        std::sort(rows.begin(), rows.end(), [](const EntityRow *a, const EntityRow *b) {
            return a->integer("clause").value_or(0) < b->integer("clause").value_or(0);
        });
        for (const EntityRow *row : rows) {
            const std::int64_t clause = row->integer("clause").value_or(0);
            if (clause < 1 || clause > 6)
                continue;
            table.rows.push_back(
                {std::string(kClauses[clause - 1]), said(*row, "said", "未填"), withinSentence(row->text("note"))});
        }
        m_body.heading("四不两直");
        tableOr(std::move(table), "没有填写。");
        section();
    }

    void findings() {
        std::vector<std::pair<Uuid, const EntityRow *>> found;
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == EntityType::Finding && !record.row.isVoid())
                found.emplace_back(record.entity, &record.row);
        std::sort(found.begin(), found.end(),
                  [&](const auto &a, const auto &b) { return m_view.birthOf(*a.second) < m_view.birthOf(*b.second); });
        m_body.heading("查到的问题（" + std::to_string(found.size()) + "个）");
        if (found.empty())
            m_body.paragraph("没有记下问题。");
        section();
        for (std::size_t i = 0; i < found.size(); ++i) {
            const EntityRow &row = *found[i].second;
            documents::ReportSection section;
            section.blocks.push_back({documents::BlockKind::Text,
                                      "问题" + std::to_string(i + 1) + "（" + said(row, "severity", "") + "）。",
                                      shown(row, "text", withinSentence(row.text("text"))) + "。",
                                      {}});
            section.pictures = photosOf(found[i].first);
            m_report.sections.push_back(std::move(section));
        }
    }

    void otherPhotos() {
        std::vector<documents::ReportPicture> pictures;
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == EntityType::Photo && !record.row.isVoid() && !m_shown.contains(record.entity))
                pictures.push_back(picture(record.row));
        if (pictures.empty())
            return;
        m_body.heading("其他照片");
        section(std::move(pictures));
    }

    void remarks() {
        m_body.heading("说明");
        m_body.paragraph(
            "照片以预览印出，共" + std::to_string(rowsOf(EntityType::Photo).size()) + "张，其中" +
            std::to_string(m_view.missingPhotos.size()) +
            "张原图还没有传到。本报告供阅读和归档，不是证据；证据是账本中已签名的操作和照片原图，核对以指纹为准。");
        section();
    }

    std::vector<documents::ReportPicture> photosOf(const Uuid &entity) {
        std::vector<documents::ReportPicture> pictures;
        for (const RowRecord &record : m_view.rows)
            if (record.row.type == EntityType::Photo && !record.row.isVoid() && record.row.uuid("to") == entity) {
                m_shown.insert(record.entity);
                pictures.push_back(picture(record.row));
            }
        return pictures;
    }

    documents::ReportPicture picture(const EntityRow &row) {
        documents::ReportPicture out;
        const cbor::Value *digest = row.value("sha256");
        const std::string how = oneOf(row.text("how_taken"), {{"public", "公共场所"},
                                                              {"disclosed", "已告知"},
                                                              {"consented", "已同意"},
                                                              {"approved", "经批准"},
                                                              {"unstated", "未说明"}});
        out.caption = std::string(row.text("origin") == "camera" ? "实拍" : "导入，非实拍") + "，" + how + "，" +
                      dayOf(row) + "，指纹 " +
                      (digest != nullptr && digest->digest() ? toHex(*digest->digest()).substr(0, kDigestShown)
                                                             : std::string("—"));
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
    documents::Report m_report;
    PaperBody m_body;
    std::set<Uuid> m_shown; ///< photos that stand beside a finding
};
} // namespace

Result<documents::Report> checkReport(LedgerReader &ledger, PhotoStore &photos, const CheckView &view) {
    return CheckReportWriter(ledger, photos, view).write();
}

Result<Bytes> checkReportPdf(LedgerReader &ledger, PhotoStore &photos, const CheckView &view) {
    ZHICHA_ASSIGN(const documents::Report report, checkReport(ledger, photos, view));
    ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
    ZHICHA_ASSIGN(const std::vector<documents::Page> pages, documents::typesetReport(fonts, report));
    return documents::writePdf(fonts, pages, {report.title + " " + report.number, "", "", ""});
}

} // namespace zhicha
