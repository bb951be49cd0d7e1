#include "shared/documents/report.h"

#include "shared/documents/blocks.h"
#include "shared/documents/characters.h"

#include <algorithm>

namespace zhicha::documents {

namespace {
constexpr double kBetween = 6; ///< two pictures beside each other
constexpr double kPictureWidth = (gb::kWidth - kBetween) / 2;
constexpr double kPictureHeight = 56; ///< at most
constexpr double kCaptionLine = 5;
constexpr double kUnderCaption = 3;
constexpr double kFrameRule = 0.2;
constexpr int kMostDots = 4096; ///< a side: a header may claim what would take all memory

class ReportSetter {
public:
    ReportSetter(const FontSet &fonts, Report report) : m_fonts(fonts), m_report(std::move(report)), m_set(fonts) {}

    Result<std::vector<Page>> run() {
        makeReadable();
        ZHICHA_TRY(check());
        std::vector<Strip> strips;
        for (const Line &line : m_set.setTitle(m_report.title))
            centred(strips, line, gb::kTitleSize);
        if (!m_report.number.empty())
            for (const Line &line : m_set.lines({BlockSetter::span(Face::Body, m_report.number)},
                                                {gb::kBodySize, gb::kCell, gb::kWidth, 0, 0}))
                centred(strips, line, gb::kBodySize);
        m_set.blank(strips, true);
        for (const ReportSection &section : m_report.sections) {
            m_set.blocks(strips, section.blocks);
            if (!section.pictures.empty())
                BlockSetter::gap(strips);
            for (std::size_t i = 0; i < section.pictures.size(); i += 2)
                strips.push_back(pictures(section.pictures, i));
        }
        ZHICHA_TRY(m_set.missing());
        PageFiller filler(0);
        ZHICHA_TRY(filler.fill(strips));
        std::vector<Page> pages = std::move(filler.pages());
        for (std::size_t i = 0; i < pages.size(); ++i)
            m_set.pageNumber(pages[i], i + 1);
        ZHICHA_TRY(m_set.missing());
        return pages;
    }

private:
    /** A report is for reading what others typed: one strange sign must not keep it all back. 〓 stands for it. */
    void makeReadable() {
        for (std::string *text : {&m_report.title, &m_report.number, &m_report.note})
            readable(*text);
        for (ReportSection &section : m_report.sections) {
            for (Block &block : section.blocks) {
                readable(block.lead);
                readable(block.text);
                for (std::vector<std::string> &row : block.table.rows)
                    for (std::string &cell : row)
                        readable(cell);
            }
            for (ReportPicture &picture : section.pictures)
                readable(picture.caption);
        }
    }
    void readable(std::string &text) const {
        text = replacedSigns(text, [&](char32_t sign) {
            return m_fonts.glyph(Face::Body, sign) && m_fonts.glyph(Face::Kai, sign) &&
                   m_fonts.glyph(Face::Title, sign);
        });
    }

    /** The same rules as for a paper. */
    [[nodiscard]] Status check() const {
        Paper paper;
        paper.issuer = paper.signature = "—";
        paper.title = m_report.title;
        paper.number = m_report.number;
        paper.note = m_report.note;
        paper.day = "2000-01-01";
        for (const ReportSection &section : m_report.sections) {
            paper.body.insert(paper.body.end(), section.blocks.begin(), section.blocks.end());
            for (const ReportPicture &picture : section.pictures)
                paper.body.push_back({BlockKind::Text, "", picture.caption + "—", {}});
        }
        return checkPaper(paper);
    }

    void centred(std::vector<Strip> &out, const Line &line, double size) {
        Strip strip;
        strip.height = size;
        strip.keepWithNext = true;
        addLine(strip.runs, line, (gb::kWidth - line.width) / 2, {size, 0, Ink::Black});
        out.push_back(std::move(strip));
    }

    Strip pictures(const std::vector<ReportPicture> &list, std::size_t from) {
        Strip strip;
        strip.onGrid = false;
        std::size_t captions = 1;
        double highest = 0;
        for (std::size_t i = from; i < std::min(list.size(), from + 2); ++i)
            highest = std::max(highest, place(strip, list[i], i == from ? 0 : kPictureWidth + kBetween));
        for (std::size_t i = from; i < std::min(list.size(), from + 2); ++i)
            captions =
                std::max(captions, caption(strip, list[i].caption, i == from ? 0 : kPictureWidth + kBetween, highest));
        strip.height = highest + static_cast<double>(captions) * kCaptionLine + kUnderCaption;
        return strip;
    }

    /** Answers its height. */
    double place(Strip &strip, const ReportPicture &picture, double x) {
        const auto size = picture.jpeg ? jpegSize(*picture.jpeg) : std::nullopt;
        if (!size) {
            const double height = kPictureHeight / 2;
            for (const Bar &bar :
                 {Bar{x, 0, kPictureWidth, kFrameRule, Ink::Grey}, Bar{x, height, kPictureWidth, kFrameRule, Ink::Grey},
                  Bar{x, 0, kFrameRule, height, Ink::Grey}, Bar{x + kPictureWidth, 0, kFrameRule, height, Ink::Grey}})
                strip.bars.push_back(bar);
            (void)caption(strip, m_report.note, x + kCaptionLine, height / 2 - kCaptionLine);
            return height;
        }
        const double scale = std::min(kPictureWidth / size->width, kPictureHeight / size->height);
        const double width = size->width * scale;
        strip.pictures.push_back(
            {x + (kPictureWidth - width) / 2, 0, width, size->height * scale, size->width, size->height, picture.jpeg});
        return size->height * scale;
    }

    /** Answers how many lines it takes. */
    std::size_t caption(Strip &strip, const std::string &text, double x, double top) {
        const std::vector<Line> set =
            m_set.lines({BlockSetter::span(Face::Body, text)}, {gb::kTableSize, 0, kPictureWidth - kCaptionLine, 0, 0});
        for (std::size_t i = 0; i < set.size(); ++i)
            addLine(strip.runs, set[i], x,
                    {gb::kTableSize, top + 1 + static_cast<double>(i) * kCaptionLine, Ink::Black});
        return set.size();
    }

    const FontSet &m_fonts;
    Report m_report;
    BlockSetter m_set;
};
} // namespace

std::optional<PictureSize> jpegSize(ByteView jpeg) {
    if (jpeg.size() < 4 || jpeg[0] != 0xFF || jpeg[1] != 0xD8)
        return std::nullopt;
    for (std::size_t at = 2; at + 9 < jpeg.size();) {
        if (jpeg[at] != 0xFF)
            return std::nullopt;
        const int marker = jpeg[at + 1];
        if (marker == 0xFF) { // a fill byte
            ++at;
            continue;
        }
        const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        const auto number = [&](std::size_t offset) { return jpeg[at + offset] * 256 + jpeg[at + offset + 1]; };
        if (isFrame) {
            const PictureSize size{number(7), number(5)};
            const bool fine = std::min(size.width, size.height) > 0 && std::max(size.width, size.height) <= kMostDots;
            return fine ? std::optional(size) : std::nullopt;
        }
        at += 2 + static_cast<std::size_t>(number(2));
    }
    return std::nullopt;
}

Result<std::vector<Page>> typesetReport(const FontSet &fonts, const Report &report) {
    return ReportSetter(fonts, report).run();
}

} // namespace zhicha::documents
