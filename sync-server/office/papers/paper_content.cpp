#include "sync-server/office/papers/paper_content.h"

#include "shared/oplog/operation.h"

#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
using documents::Align;
using documents::Block;
using documents::BlockKind;
using documents::Paper;
using nlohmann::json;

constexpr const char *kFormat = "zhicha-paper 1";
/** What the other fields of paper.issue and its envelope may take of an operation. */
constexpr std::size_t kRoomForOthers = 16 * 1024;
constexpr std::size_t kMostContent = kMaxOperationBytes - kRoomForOthers;

constexpr const char *kBlockNames[] = {"heading", "text", "table"};
constexpr const char *kAlignNames[] = {"left", "middle", "right"};

template <std::size_t N>
int indexOf(const char *const (&names)[N], const std::string &name) {
    for (std::size_t i = 0; i < N; ++i)
        if (name == names[i])
            return static_cast<int>(i);
    return -1;
}

json blocksJson(const std::vector<Block> &blocks) {
    json out = json::array();
    for (const Block &block : blocks) {
        json entry{{"kind", kBlockNames[static_cast<int>(block.kind)]}};
        if (!block.lead.empty())
            entry["lead"] = block.lead;
        if (block.kind != BlockKind::Table) {
            entry["text"] = block.text;
        } else {
            entry["columns"] = json::array();
            for (const documents::Column &column : block.table.columns)
                entry["columns"].push_back({{"heading", column.heading},
                                            {"share", column.share},
                                            {"align", kAlignNames[static_cast<int>(column.align)]}});
            entry["rows"] = block.table.rows;
        }
        out.push_back(std::move(entry));
    }
    return out;
}

/** Reads members whose types are checked; the first trouble stays. */
class ContentReader {
public:
    Result<PaperContent> read(const json &in) {
        PaperContent content;
        if (text(in, "format") != kFormat)
            refuse("format");
        Paper &paper = content.paper;
        const std::pair<const char *, std::string *> texts[] = {
            {"level", &paper.level},          {"issuer", &paper.issuer}, {"number", &paper.number},
            {"signer", &paper.signer},        {"title", &paper.title},   {"signature", &paper.signature},
            {"printed_by", &paper.printedBy}, {"day", &paper.day}};
        for (const auto &[name, value] : texts)
            *value = text(in, name);
        paper.to = textList(in, "to");
        paper.copies = textList(in, "copies");
        paper.body = blocks(in, "body");
        for (const json &entry : list(in, "attachments"))
            paper.attachments.push_back({text(entry, "title"), blocks(entry, "blocks")});
        for (const json &entry : list(in, "rests_on"))
            content.restsOn.push_back({text(entry, "clause"), text(entry, "wording")});
        if (m_bad.empty())
            return content;
        return fail(Code::BadEncoding, "the content of a paper: " + m_bad);
    }

private:
    void refuse(const std::string &name) {
        if (m_bad.empty())
            m_bad = name + ": not what it should be";
    }
    std::string text(const json &in, const char *name) {
        if (in.is_object())
            if (const auto it = in.find(name); it != in.end() && it->is_string())
                return it->get<std::string>();
        refuse(name);
        return {};
    }
    const json &list(const json &in, const char *name) {
        static const auto *none = new json(json::array());
        if (in.is_object())
            if (const auto it = in.find(name); it != in.end() && it->is_array())
                return *it;
        refuse(name);
        return *none;
    }
    std::vector<std::string> textsOf(const json &in, const char *name) {
        std::vector<std::string> out;
        if (!in.is_array())
            refuse(name);
        else
            for (const json &entry : in) {
                if (!entry.is_string())
                    refuse(name);
                else
                    out.push_back(entry.get<std::string>());
            }
        return out;
    }
    std::vector<std::string> textList(const json &in, const char *name) { return textsOf(list(in, name), name); }

    std::vector<Block> blocks(const json &in, const char *name) {
        std::vector<Block> out;
        for (const json &entry : list(in, name)) {
            Block block;
            const int kind = indexOf(kBlockNames, text(entry, "kind"));
            if (kind < 0)
                refuse("kind");
            block.kind = static_cast<BlockKind>(std::max(kind, 0));
            if (entry.is_object() && entry.contains("lead"))
                block.lead = text(entry, "lead");
            if (block.kind == BlockKind::Table)
                table(entry, block.table);
            else
                block.text = text(entry, "text");
            out.push_back(std::move(block));
        }
        return out;
    }

    void table(const json &in, documents::Table &out) {
        for (const json &entry : list(in, "columns")) {
            documents::Column column;
            column.heading = text(entry, "heading");
            const int align = indexOf(kAlignNames, text(entry, "align"));
            const auto share = entry.is_object() ? entry.find("share") : entry.end();
            if (align < 0 || share == entry.end() || !share->is_number_integer() || *share < 1 || *share > 1000) {
                refuse("columns");
                continue;
            }
            column.align = static_cast<Align>(align);
            column.share = share->get<int>();
            out.columns.push_back(std::move(column));
        }
        for (const json &row : list(in, "rows"))
            out.rows.push_back(textsOf(row, "rows"));
    }

    std::string m_bad;
};
} // namespace

json paperContentJson(const PaperContent &content) {
    const Paper &paper = content.paper;
    json attachments = json::array();
    for (const documents::Attachment &attachment : paper.attachments)
        attachments.push_back({{"title", attachment.title}, {"blocks", blocksJson(attachment.blocks)}});
    json rests = json::array();
    for (const RestsOn &rest : content.restsOn)
        rests.push_back({{"clause", rest.clause}, {"wording", rest.wording}});
    return json{{"format", kFormat},
                {"level", paper.level},
                {"issuer", paper.issuer},
                {"number", paper.number},
                {"signer", paper.signer},
                {"title", paper.title},
                {"to", paper.to},
                {"body", blocksJson(paper.body)},
                {"attachments", std::move(attachments)},
                {"signature", paper.signature},
                {"day", paper.day},
                {"copies", paper.copies},
                {"printed_by", paper.printedBy},
                {"rests_on", std::move(rests)}};
}

Result<std::string> paperContentText(const PaperContent &content) {
    std::string text = paperContentJson(content).dump(-1, ' ', false, json::error_handler_t::strict);
    if (text.size() > kMostContent)
        return fail(Code::TooLarge, "公文太长，账本里放不下一份（" + std::to_string(text.size()) + " 字节，最多 " +
                                        std::to_string(kMostContent) + "）· the paper is too long for one operation");
    return text;
}

Result<PaperContent> readPaperContent(std::string_view text) {
    if (text.size() > kMaxOperationBytes)
        return fail(Code::TooLarge, "the content of a paper is larger than an operation");
    const json in = json::parse(text.begin(), text.end(), nullptr, false);
    if (in.is_discarded())
        return fail(Code::BadEncoding, "the content of a paper is no JSON");
    return ContentReader().read(in);
}

} // namespace zhicha
