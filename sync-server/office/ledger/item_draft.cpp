#include "sync-server/office/ledger/item_draft.h"

#include <algorithm>

namespace zhicha {

using rules::Index;
using rules::kNone;

namespace {
constexpr std::size_t kMostBytes = 4000;
constexpr std::size_t kMostLineBytes = 300;
constexpr std::size_t kMostUnits = 200;

const std::vector<std::string> &needed() {
    static const std::vector<std::string> fields{
        "title", "source", "kind", "lead", "due_on", "issued_on", "responsible_person", "supervisor"};
    return fields;
}

bool isLine(const std::string &field) {
    return field == "title" || field == "responsible_person" || field == "supervisor" || field == "source_document";
}

/** Words that have no letters in them are none. */
std::string trimmed(const std::string &text) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    const auto begin = std::find_if_not(text.begin(), text.end(), isSpace);
    const auto end = std::find_if_not(text.rbegin(), text.rend(), isSpace).base();
    return begin < end ? std::string(begin, end) : std::string();
}

class DraftReader {
public:
    DraftReader(const Book &book, const ItemDraft &draft, bool whole) : m_book(book), m_draft(draft), m_whole(whole) {}

    ReadDraft read() {
        for (const std::string &field : draftFields()) {
            const auto typed = m_draft.texts.find(field);
            const std::string text = typed == m_draft.texts.end() ? std::string() : trimmed(typed->second);
            const bool wanted = std::find(needed().begin(), needed().end(), field) != needed().end();
            if (text.empty() && wanted && (m_whole || typed != m_draft.texts.end()))
                refuse(field, "missing");
            else if (!text.empty())
                put(field, text);
            else if (typed != m_draft.texts.end() && !m_whole)
                m_out.fields[field] = cbor::Value(); // cleared
        }
        units();
        const auto issued = m_out.fields.find("issued_on");
        const auto due = m_out.fields.find("due_on");
        if (issued != m_out.fields.end() && due != m_out.fields.end() && *due->second.text() < *issued->second.text())
            refuse("due_on", "before_issue");
        return std::move(m_out);
    }

private:
    void refuse(const std::string &field, const char *why) { m_out.problems.push_back({field, why}); }

    void put(const std::string &field, const std::string &text) {
        if (!isUtf8(text) || std::any_of(text.begin(), text.end(), [](char c) {
                return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
            }))
            return refuse(field, "not_text");
        if (text.size() > (isLine(field) ? kMostLineBytes : kMostBytes))
            return refuse(field, "too_long");
        if (field == "source")
            return source(text);
        if (field == "kind")
            return kind(text);
        if (field == "lead")
            return unit("lead", text, m_lead);
        if ((field == "issued_on" || field == "due_on") && !rules::dayFromText(text))
            return refuse(field, "not_a_day");
        m_out.fields[field] = text;
    }

    void source(const std::string &text) {
        const auto count = m_book.rules.sources.size();
        if (text.size() != 1 || text[0] < '1' || static_cast<std::size_t>(text[0] - '0') > count)
            return refuse("source", "unknown_source");
        m_out.fields["source"] = static_cast<std::int64_t>(text[0] - '0');
    }

    /** By its id or its name. */
    void kind(const std::string &text) {
        for (const rules::ItemKind &kind : m_book.rules.itemKinds)
            if (kind.id == text || kind.name == text) {
                m_out.fields["kind"] = kind.id;
                return;
            }
        refuse("kind", "unknown_kind");
    }

    void unit(const std::string &field, const std::string &text, Index &out) {
        out = kNone;
        if (const auto id = uuidFromText(text))
            out = m_book.unit(*id);
        bool twice = false;
        for (Index i = 0; i < m_book.units.size() && out == kNone; ++i)
            if (m_book.units[i].isHere && m_book.units[i].of.id == text)
                out = i;
        if (out == kNone)
            for (Index i = 0; i < m_book.units.size(); ++i)
                if (m_book.units[i].isHere && m_book.units[i].of.name == text) {
                    twice = out != kNone;
                    out = i;
                }
        if (out == kNone || twice)
            return refuse(field, twice ? "ambiguous_unit" : "unknown_unit");
        if (field == "lead")
            m_out.fields["lead"] = m_book.units[out].id;
    }

    void units() {
        if (!m_draft.cooperating) {
            if (m_whole)
                m_out.fields["cooperating"] = cbor::Array();
            return;
        }
        if (m_draft.cooperating->size() > kMostUnits)
            return refuse("cooperating", "too_long");
        cbor::Array list;
        std::vector<Index> seen;
        for (const std::string &text : *m_draft.cooperating) {
            Index index = kNone;
            unit("cooperating", trimmed(text), index);
            if (index == kNone)
                return;
            if (index == m_lead)
                return refuse("cooperating", "also_lead");
            if (std::find(seen.begin(), seen.end(), index) != seen.end())
                return refuse("cooperating", "twice");
            seen.push_back(index);
            list.emplace_back(m_book.units[index].id);
        }
        m_out.fields["cooperating"] = std::move(list);
    }

    const Book &m_book;
    const ItemDraft &m_draft;
    bool m_whole;
    Index m_lead = kNone;
    ReadDraft m_out;
};
} // namespace

const std::vector<std::string> &draftFields() {
    static const std::vector<std::string> fields{
        "title", "content",   "requirement", "standard",           "effect",    "source", "source_document", "kind",
        "lead",  "issued_on", "due_on",      "responsible_person", "supervisor"};
    return fields;
}

ReadDraft readDraft(const Book &book, const ItemDraft &draft, bool whole) {
    return DraftReader(book, draft, whole).read();
}

} // namespace zhicha
