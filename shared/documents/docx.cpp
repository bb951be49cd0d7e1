#include "shared/documents/docx.h"

#include "shared/documents/characters.h"
#include "shared/documents/fonts.h"
#include "shared/documents/title_lines.h"
#include "shared/documents/typesetter.h"
#include "shared/documents/zip.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zhicha::documents {

namespace {

constexpr double kTwipsPerMm = 1440 / 25.4;
constexpr double kFlowPitch = gb::kHeight / gb::kLines; ///< of a text that flows: each line has its share
constexpr double kFooterFromBottom = 25.5;
constexpr const char *kXmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char *kWordSpace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                                   "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/** What offices have; another program takes what it has in their place. */
constexpr const char *kDocxFonts[kFaceCount] = {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"};

std::string twips(double mm) {
    return std::to_string(static_cast<int>(std::lround(mm * kTwipsPerMm)));
}
std::string halfPoints(double mm) {
    return std::to_string(static_cast<int>(std::lround(mm / kPoint * 2)));
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string run(Face face, double size, std::string_view text, const char *colour = nullptr) {
    if (text.empty())
        return {};
    const std::string font = kDocxFonts[static_cast<std::size_t>(face)];
    std::string out = "<w:r><w:rPr><w:rFonts w:ascii=\"" + font + "\" w:hAnsi=\"" + font + "\" w:eastAsia=\"" + font +
                      "\" w:hint=\"eastAsia\"/>";
    if (colour != nullptr)
        out += "<w:color w:val=\"" + std::string(colour) + "\"/>";
    // 28 signs a line: 16 pt less a quarter. A grid of signs would say it too, but not every program reads one alike.
    if (size == gb::kBodySize)
        out += "<w:spacing w:val=\"-5\"/>";
    const std::string half = halfPoints(size);
    out += "<w:sz w:val=\"" + half + "\"/><w:szCs w:val=\"" + half + "\"/></w:rPr><w:t xml:space=\"preserve\">";
    return out + escaped(text) + "</w:t></w:r>";
}

/** `properties` in the order of the schema. */
std::string paragraphOf(const std::string &properties, const std::string &runs) {
    return "<w:p><w:pPr>" + properties + "</w:pPr>" + runs + "</w:p>";
}

std::string spacing(double beforeMm) {
    return "<w:spacing w:before=\"" + twips(beforeMm) + "\"/>";
}
/** In signs of a size, and in twips for programs that count no signs. `first` < 0: the first line hangs. */
std::string indent(double left, double right, double first, double size = gb::kBodySize) {
    const auto both = [&](const char *name, double signs) {
        const std::string attribute(name);
        return signs == 0
                   ? std::string()
                   : " w:" + attribute + "Chars=\"" + std::to_string(static_cast<int>(std::lround(signs * 100))) +
                         "\" w:" + attribute + "=\"" + twips(signs * size) + "\"";
    };
    return "<w:ind" + both("left", left) + both("right", right) +
           (first < 0 ? both("hanging", -first) : both("firstLine", first)) + "/>";
}

/** In signs: what is no Chinese sign counts half. */
double widthInSigns(std::string_view text) {
    const auto signs = signsOf(text, "");
    double width = 0;
    for (const char32_t sign : signs ? *signs : std::u32string())
        width += sign < 0x2000 ? 0.5 : 1;
    return width;
}

std::string joinedNames(const std::vector<std::string> &names) {
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : "，") + name;
    return out;
}

class DocxBody {
public:
    explicit DocxBody(const Paper &paper) : m_paper(paper) {}

    std::string write() {
        head();
        if (!m_paper.to.empty())
            m_out += paragraphOf(spacing(kFlowPitch), run(Face::Body, gb::kBodySize, joinedNames(m_paper.to) + "："));
        blocks(m_paper.body);
        attachmentList();
        signature();
        attachments();
        imprint();
        // What stands last carries the section; it takes no line of its own.
        m_out += "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz "
                 "w:val=\"2\"/></w:rPr></w:pPr></w:p>" +
                 section();
        return std::move(m_out);
    }

private:
    void head() {
        m_out += paragraphOf("<w:jc w:val=\"right\"/>", run(Face::Hei, gb::kBodySize, m_paper.note));
        m_out += paragraphOf("", run(Face::Hei, gb::kBodySize, m_paper.level));
        const double signs = std::max(widthInSigns(m_paper.issuer), 1.0);
        const double size = std::min(gb::kIssuerMostHeight, gb::kWidth * 0.96 / signs);
        m_out += paragraphOf("<w:snapToGrid w:val=\"0\"/>" + spacing(gb::kIssuerTop - 2 * kFlowPitch) +
                                 "<w:jc w:val=\"center\"/>",
                             run(Face::Title, size, m_paper.issuer, "C8161D"));
        const std::string number = m_paper.number.empty() ? m_paper.pendingNumber : m_paper.number;
        const std::string rule =
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" w:color=\"C8161D\"/></w:pBdr>";
        if (m_paper.signer.empty()) {
            m_out += paragraphOf(rule + spacing(2 * kFlowPitch) + "<w:jc w:val=\"center\"/>",
                                 run(Face::Body, gb::kBodySize, number));
        } else {
            const std::string tab =
                "<w:tabs><w:tab w:val=\"right\" w:pos=\"" + twips(gb::kWidth - gb::kCell) + "\"/></w:tabs>";
            m_out += paragraphOf(rule + tab + spacing(2 * kFlowPitch) + indent(1, 0, 0),
                                 run(Face::Body, gb::kBodySize, number) + "<w:r><w:tab/></w:r>" +
                                     run(Face::Body, gb::kBodySize, "签发人：") +
                                     run(Face::Kai, gb::kBodySize, m_paper.signer));
        }
        title(m_paper.title, 2 * kFlowPitch);
    }

    void title(const std::string &text, double before) {
        std::string runs;
        for (const std::u32string &line : titleLines(text))
            runs += (runs.empty() ? "" : "<w:r><w:br/></w:r>") + run(Face::Title, gb::kTitleSize, toUtf8(line));
        m_out += paragraphOf("<w:keepNext/>" + spacing(before) + "<w:jc w:val=\"center\"/>", runs);
    }

    void blocks(const std::vector<Block> &list) {
        for (const Block &block : list) {
            const std::string first = indent(0, 0, 2);
            switch (block.kind) {
            case BlockKind::Heading:
                m_out += paragraphOf("<w:keepNext/>" + first, run(Face::Hei, gb::kBodySize, block.lead + block.text));
                break;
            case BlockKind::Text:
                m_out +=
                    paragraphOf((block.text.empty() ? "<w:keepNext/>" : "") + first,
                                run(Face::Kai, gb::kBodySize, block.lead) + run(Face::Body, gb::kBodySize, block.text));
                break;
            case BlockKind::Table:
                table(block.table);
                break;
            }
        }
    }

    void table(const Table &table) {
        const int shares = std::accumulate(table.columns.begin(), table.columns.end(), 0,
                                           [](int sum, const Column &column) { return sum + column.share; });
        std::vector<std::string> widths;
        for (const Column &column : table.columns)
            widths.push_back(twips(gb::kWidth * column.share / shares));
        m_out += "<w:tbl><w:tblPr><w:tblW w:w=\"" + twips(gb::kWidth) + "\" w:type=\"dxa\"/><w:tblBorders>";
        for (const char *side : {"top", "left", "bottom", "right", "insideH", "insideV"})
            m_out += "<w:" + std::string(side) + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
        m_out += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
        for (const std::string &width : widths)
            m_out += "<w:gridCol w:w=\"" + width + "\"/>";
        m_out += "</w:tblGrid>";
        std::vector<std::string> headings;
        for (const Column &column : table.columns)
            headings.push_back(column.heading);
        tableRow(table, widths, headings, true);
        for (const std::vector<std::string> &row : table.rows)
            tableRow(table, widths, row, false);
        m_out += "</w:tbl>";
    }

    void tableRow(const Table &table, const std::vector<std::string> &widths, const std::vector<std::string> &cells,
                  bool isHeader) {
        constexpr const char *kJustified[] = {"left", "center", "right"};
        m_out += std::string("<w:tr><w:trPr><w:cantSplit/>") + (isHeader ? "<w:tblHeader/>" : "") + "</w:trPr>";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Align align = isHeader ? Align::Middle : table.columns[i].align;
            m_out += "<w:tc><w:tcPr><w:tcW w:w=\"" + widths[i] +
                     "\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>" +
                     paragraphOf("<w:snapToGrid w:val=\"0\"/><w:jc w:val=\"" +
                                     std::string(kJustified[static_cast<int>(align)]) + "\"/>",
                                 run(isHeader ? Face::Hei : Face::Body, gb::kTableSize, cells[i])) +
                     "</w:tc>";
        }
        m_out += "</w:tr>";
    }

    void attachmentList() {
        const bool one = m_paper.attachments.size() == 1;
        for (std::size_t i = 0; i < m_paper.attachments.size(); ++i) {
            std::string text = m_paper.attachments[i].title;
            std::replace(text.begin(), text.end(), '\n', ' ');
            if (!one)
                text.insert(0, std::to_string(i + 1) + ".");
            if (i == 0)
                text.insert(0, "附件：");
            const double left = one ? 5 : 6;
            m_out += paragraphOf("<w:keepNext/>" + spacing(i == 0 ? kFlowPitch : 0) +
                                     indent(left, 0, (i == 0 ? 2 : 5) - left),
                                 run(Face::Body, gb::kBodySize, text));
        }
    }

    void signature() {
        const std::string day = dayInWords(m_paper.day);
        const double sign = widthInSigns(m_paper.signature);
        const double date = widthInSigns(day);
        // The middle of both is one; neither comes nearer to the edge than the standard lets it.
        const double middle = std::max(4 + date / 2, 2 + sign / 2);
        const auto right = [&](double width) { return indent(0, middle - width / 2, 0) + "<w:jc w:val=\"right\"/>"; };
        m_out += paragraphOf("<w:keepNext/>" + spacing(2 * kFlowPitch) + right(sign),
                             run(Face::Body, gb::kBodySize, m_paper.signature));
        m_out += paragraphOf(right(date), run(Face::Body, gb::kBodySize, day));
    }

    void attachments() {
        for (std::size_t i = 0; i < m_paper.attachments.size(); ++i) {
            const std::string which = m_paper.attachments.size() == 1 ? "附件" : "附件" + std::to_string(i + 1);
            m_out += paragraphOf("<w:keepNext/><w:pageBreakBefore/>", run(Face::Hei, gb::kBodySize, which));
            title(m_paper.attachments[i].title, kFlowPitch);
            m_out += paragraphOf("<w:keepNext/>", "");
            blocks(m_paper.attachments[i].blocks);
        }
    }

    /** 版记: a table that Word puts at the foot of the last page; programs that know no such tables leave it under the
     *  text. */
    void imprint() {
        std::vector<std::string> rows;
        const std::string width = twips(gb::kWidth);
        if (!m_paper.copies.empty())
            rows.push_back(paragraphOf("<w:snapToGrid w:val=\"0\"/>" + indent(4, 1, -3, gb::kSmallSize),
                                       run(Face::Body, gb::kSmallSize, "抄送：" + joinedNames(m_paper.copies) + "。")));
        if (!m_paper.printedBy.empty())
            rows.push_back(paragraphOf("<w:tabs><w:tab w:val=\"right\" w:pos=\"" + twips(gb::kWidth - gb::kSmallSize) +
                                           "\"/></w:tabs><w:snapToGrid w:val=\"0\"/>" + indent(1, 0, 0, gb::kSmallSize),
                                       run(Face::Body, gb::kSmallSize, m_paper.printedBy) + "<w:r><w:tab/></w:r>" +
                                           run(Face::Body, gb::kSmallSize, dayInWords(m_paper.day) + "印发")));
        if (rows.empty())
            return;
        m_out +=
            "<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"margin\" "
            "w:horzAnchor=\"margin\" w:tblpX=\"0\" w:tblpYSpec=\"bottom\"/><w:tblW w:w=\"" +
            width +
            "\" w:type=\"dxa\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
            "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>"
            "<w:insideH w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders>"
            "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"" +
            width + "\"/></w:tblGrid>";
        const std::string before = "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"" + width + "\" w:type=\"dxa\"/></w:tcPr>";
        for (const std::string &row : rows)
            m_out.append(before).append(row).append("</w:tc></w:tr>");
        m_out += "</w:tbl>";
    }

    static std::string section() {
        return "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" "
               "r:id=\"rId4\"/><w:pgSz w:w=\"" +
               twips(kPageWidth) + "\" w:h=\"" + twips(kPageHeight) + "\"/><w:pgMar w:top=\"" + twips(gb::kTop) +
               "\" w:right=\"" + twips(kPageWidth - gb::kLeft - gb::kWidth) + "\" w:bottom=\"" +
               twips(kPageHeight - gb::kTop - gb::kHeight) + "\" w:left=\"" + twips(gb::kLeft) +
               "\" w:header=\"851\" w:footer=\"" + twips(kFooterFromBottom) +
               "\" w:gutter=\"0\"/><w:docGrid w:type=\"lines\" w:linePitch=\"" +
               std::to_string(static_cast<int>(kFlowPitch * kTwipsPerMm)) + "\"/></w:sectPr>";
    }

    const Paper &m_paper;
    std::string m_out;
};

std::string footer(bool odd) {
    const std::string properties =
        odd ? indent(0, 1, 0, gb::kSmallSize) + "<w:jc w:val=\"right\"/>" : indent(1, 0, 0, gb::kSmallSize);
    const auto field = [](const char *type) {
        return std::string("<w:r><w:fldChar w:fldCharType=\"") + type + "\"/></w:r>";
    };
    return std::string(kXmlHead) + "<w:ftr " + kWordSpace + ">" +
           paragraphOf(properties, run(Face::Song, gb::kSmallSize, "— ") + field("begin") +
                                       "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>" +
                                       field("separate") + run(Face::Song, gb::kSmallSize, "1") + field("end") +
                                       run(Face::Song, gb::kSmallSize, " —")) +
           "</w:ftr>";
}

std::string styles() {
    const std::string half = halfPoints(gb::kBodySize);
    return std::string(kXmlHead) + "<w:styles " + kWordSpace +
           "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"" + kDocxFonts[0] + "\" w:hAnsi=\"" +
           kDocxFonts[0] + "\" w:eastAsia=\"" + kDocxFonts[0] + "\"/><w:sz w:val=\"" + half + "\"/><w:szCs w:val=\"" +
           half +
           "\"/><w:lang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
           "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr>"
           "<w:widowControl w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr></w:style></w:styles>";
}

std::string relations(const std::vector<std::pair<std::string, std::string>> &targets) {
    std::string out = std::string(kXmlHead) +
                      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (std::size_t i = 0; i < targets.size(); ++i)
        out += "<Relationship Id=\"rId" + std::to_string(i + 1) + "\" Type=\"http://schemas.openxmlformats.org/" +
               targets[i].first + "\" Target=\"" + targets[i].second + "\"/>";
    return out + "</Relationships>";
}

std::string contentTypes() {
    std::string out = std::string(kXmlHead) +
                      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                      "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
    const std::pair<const char *, const char *> parts[] = {{"document", "document.main"},
                                                           {"styles", "styles"},
                                                           {"settings", "settings"},
                                                           {"footer1", "footer"},
                                                           {"footer2", "footer"}};
    for (const auto &[name, type] : parts)
        out += "<Override PartName=\"/word/" + std::string(name) +
               ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml." + type +
               "+xml\"/>";
    return out + "<Override PartName=\"/docProps/core.xml\" "
                 "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
}

std::string coreFacts(const Paper &paper) {
    std::string title = paper.title;
    std::replace(title.begin(), title.end(), '\n', ' ');
    return std::string(kXmlHead) +
           "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" +
           escaped(title) + "</dc:title><dc:creator>" + escaped(paper.signature) + "</dc:creator></cp:coreProperties>";
}
} // namespace

Result<Bytes> writeDocx(const Paper &paper) {
    ZHICHA_TRY(checkPaper(paper));
    const std::string document = std::string(kXmlHead) + "<w:document " + kWordSpace + "><w:body>" +
                                 DocxBody(paper).write() + "</w:body></w:document>";
    const std::string settings =
        std::string(kXmlHead) + "<w:settings " + kWordSpace +
        "><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/></w:settings>";
    const std::string office = "officeDocument/2006/relationships/";
    return writeZip(
        {{"[Content_Types].xml", contentTypes()},
         {"_rels/.rels", relations({{office + "officeDocument", "word/document.xml"},
                                    {"package/2006/relationships/metadata/core-properties", "docProps/core.xml"}})},
         {"word/document.xml", document},
         {"word/_rels/document.xml.rels", relations({{office + "styles", "styles.xml"},
                                                     {office + "settings", "settings.xml"},
                                                     {office + "footer", "footer1.xml"},
                                                     {office + "footer", "footer2.xml"}})},
         {"word/styles.xml", styles()},
         {"word/settings.xml", settings},
         {"word/footer1.xml", footer(true)},
         {"word/footer2.xml", footer(false)},
         {"docProps/core.xml", coreFacts(paper)}});
}

} // namespace zhicha::documents
