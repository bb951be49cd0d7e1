#include "shared/documents/check_report.h"

#include "shared/documents/paper_body.h"
#include "shared/documents/pdf.h"

#include <utility>

namespace zhicha {

namespace {
using documents::Align;

constexpr std::size_t kDigestShown = 16; ///< of a digest, in hex
constexpr std::string_view kClauseNames[] = {"不发通知", "不打招呼", "不听汇报", "不陪同接待", "直奔基层", "直插现场"};

/** The words for what was chosen, or that nothing was. */
std::string choiceOr(const std::string &chosen, const char *nothing) {
    return chosen.empty() ? nothing : choiceWords(chosen);
}

std::string joined(const std::vector<std::string> &parts, std::string_view between) {
    std::string all;
    for (const std::string &part : parts)
        all += (all.empty() ? "" : std::string(between)) + part;
    return all.empty() ? "—" : all;
}

/** A cell holds no more than a table's cell may. */
std::string shortened(const std::string &text) {
    std::size_t signs = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        if (begins && ++signs > documents::kMaxCellCharacters - 2)
            return text.substr(0, at) + "……";
    }
    return text;
}

class CheckReportWriter {
public:
    explicit CheckReportWriter(const ReportedCheck &check) : m_check(check) {}

    documents::Report write() {
        m_report.title = "检查情况报告";
        m_report.number = m_check.number;
        m_report.note = "照片还没有传到，或不能显示";
        facts();
        answers();
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
        for (std::vector<std::string> &row : table.rows)
            for (std::string &cell : row)
                cell = shortened(cell);
        m_body.table(std::move(table));
    }
    static std::string dayWords(const std::string &day) { return day.empty() ? "—" : documents::dayInWords(day); }

    void facts() {
        documents::Table table{{{"项目", 1, Align::Left}, {"内容", 4, Align::Left}}, {}};
        table.rows = {{"现场", m_check.site.empty() ? "—" : m_check.site},
                      {"督查事项", joined(m_check.items, "；")},
                      {"督查员", joined(m_check.people, "、")},
                      {"开始（设备估计）", dayWords(m_check.day)},
                      {"状态", choiceOr(m_check.state, "检查中")}};
        m_body.heading("检查");
        tableOr(std::move(table), "");
        section();
    }

    void answers() {
        documents::Table table{
            {{"事项", 3, Align::Left}, {"问题", 2, Align::Left}, {"回答", 1, Align::Middle}, {"说明", 4, Align::Left}},
            {}};
        for (const ReportedAnswer &answer : m_check.answers)
            table.rows.push_back({answer.item, questionWords(answer.question), choiceOr(answer.value, "—"),
                                  withinSentence(answer.note)});
        m_body.heading("核实三问");
        tableOr(std::move(table), "没有回答。");
        if (m_check.satisfied + m_check.neutral + m_check.dissatisfied != 0)
            m_body.paragraph("现场询问群众：满意" + std::to_string(m_check.satisfied) + "人，一般" +
                             std::to_string(m_check.neutral) + "人，不满意" + std::to_string(m_check.dissatisfied) +
                             "人。");
        section();
    }

    void attestation() {
        documents::Table table{{{"条", 2, Align::Left}, {"督查员说", 2, Align::Middle}, {"说明", 6, Align::Left}}, {}};
        for (const ReportedClause &clause : m_check.clauses)
            if (clause.clause >= 1 && clause.clause <= 6)
                table.rows.push_back({std::string(kClauseNames[clause.clause - 1]), choiceOr(clause.said, "未填"),
                                      withinSentence(clause.note)});
        m_body.heading("四不两直");
        tableOr(std::move(table), "没有填写。");
        section();
    }

    void findings() {
        m_body.heading("查到的问题（" + std::to_string(m_check.findings.size()) + "个）");
        if (m_check.findings.empty())
            m_body.paragraph("没有记下问题。");
        section();
        int number = 0;
        for (const ReportedFinding &finding : m_check.findings) {
            documents::ReportSection section;
            section.blocks.push_back(
                {documents::BlockKind::Text,
                 "问题" + std::to_string(++number) + "（" + choiceOr(finding.severity, "") + "）。",
                 withinSentence(finding.text) + "。",
                 {}});
            section.pictures = pictures(finding.photos);
            m_report.sections.push_back(std::move(section));
        }
    }

    void otherPhotos() {
        if (m_check.otherPhotos.empty())
            return;
        m_body.heading("其他照片");
        section(pictures(m_check.otherPhotos));
    }

    void remarks() {
        m_body.heading("说明");
        m_body.paragraph(m_check.source);
        m_body.paragraph(
            "照片以预览印出，共" + std::to_string(m_check.photos) + "张，其中" +
            std::to_string(m_check.missingOriginals) +
            "张原图还没有传到。本报告供阅读和归档，不是证据；证据是账本中已签名的操作和照片原图，核对以指纹为准。");
        section();
    }

    static std::vector<documents::ReportPicture> pictures(const std::vector<ReportedPhoto> &photos) {
        std::vector<documents::ReportPicture> out;
        for (const ReportedPhoto &photo : photos)
            out.push_back(
                {photo.jpeg, std::string(photo.shot ? "实拍" : "导入，非实拍") + "，" +
                                 choiceOr(photo.howTaken, "未说明") + "，" + dayWords(photo.day) + "，指纹 " +
                                 (photo.sha256 ? toHex(*photo.sha256).substr(0, kDigestShown) : std::string("—"))});
        return out;
    }

    const ReportedCheck &m_check;
    documents::Report m_report;
    PaperBody m_body;
};
} // namespace

documents::Report reportOf(const ReportedCheck &check) {
    return CheckReportWriter(check).write();
}

Result<Bytes> reportPdf(const documents::Report &report) {
    ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
    ZHICHA_ASSIGN(const std::vector<documents::Page> pages, documents::typesetReport(fonts, report));
    return documents::writePdf(fonts, pages, {report.title + " " + report.number, "", "", ""});
}

} // namespace zhicha
