#include "sync-server/office/ledger_file.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "shared/rules/official_number.h"
#include "sync-server/office/file_row.h"
#include "sync-server/office/papers/paper_content.h"

#include <algorithm>

namespace zhicha {

namespace {

constexpr std::string_view kLists[] = {"units", "sites", "items", "events", "reports", "ladder", "published_rankings",
                                       "papers"};
constexpr std::int64_t kMaxRadiusMm = 1'000'000'000;
constexpr std::int64_t kLadderSteps = 4;

Error wrong(const std::string &place, std::string_view why) {
    return fail(Code::InvalidArgument, place + ": " + std::string(why));
}

std::string at(std::string_view name, std::size_t index) {
    return std::string(name) + "[" + std::to_string(index) + "]";
}

/** YYYY-MM */
bool isMonth(const std::string &text) {
    return text.size() == 7 && isDay(text + "-01");
}

class FileReader {
public:
    FileReader(const Uuid &ledger, const JsonText &root, const KnowsEntity &knows)
        : m_ledger(ledger), m_root(root), m_knows(knows) {}

    Result<LedgerFile> readWhole() {
        if (m_root.kind != JsonText::Kind::Object)
            return wrong("the file", "not an object");
        ZHICHA_TRY(readCoded("units", "unit", m_file.units, &FileReader::unit));
        ZHICHA_TRY(readCoded("sites", "site", m_file.sites, &FileReader::site));
        ZHICHA_TRY(readCoded("items", "item", m_file.items, &FileReader::item));
        ZHICHA_TRY(readCoded("events", "event", m_file.events, &FileReader::event));
        ZHICHA_TRY(readCoded("reports", "report", m_file.reports, &FileReader::report));
        ZHICHA_TRY(readList("ladder", m_file.ladder, &FileReader::ladderRow));
        ZHICHA_TRY(readList("published_rankings", m_file.rankings, &FileReader::ranking));
        ZHICHA_TRY(readList("papers", m_file.papers, &FileReader::paper));
        const JsonText *ladder = m_root.member("ladder");
        m_file.hasLadder = ladder != nullptr && ladder->kind == JsonText::Kind::Array;
        for (const auto &[name, value] : m_root.members)
            if (std::find(std::begin(kLists), std::end(kLists), name) == std::end(kLists))
                m_file.extra[name] = writeJsonText(value);
        return std::move(m_file);
    }

private:
    using ReadRow = void (FileReader::*)(FileRow &, FileEntry &);

    Status readList(const std::string &name, std::vector<FileEntry> &out, ReadRow read) {
        const JsonText *list = m_root.member(name);
        if (list == nullptr || (list->kind == JsonText::Kind::Null && name != "units" && name != "sites"))
            return {};
        if (list->kind != JsonText::Kind::Array)
            return wrong(name, "not a list");
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            FileEntry entry;
            entry.place = at(name, i);
            ZHICHA_TRY(readRow(list->items[i], entry, read));
            out.push_back(std::move(entry));
        }
        return {};
    }

    Status readRow(const JsonText &row, FileEntry &entry, ReadRow read) {
        if (row.kind != JsonText::Kind::Object)
            return wrong(entry.place, "not an object");
        FileRow in(row, entry);
        (this->*read)(in, entry);
        in.finish();
        ZHICHA_TRY(m_storeTrouble);
        return in.status();
    }

    /** A list whose rows have a code of their own. */
    Status readCoded(const std::string &name, std::string_view type, std::vector<FileEntry> &out, ReadRow read) {
        m_type = type;
        m_codes.clear();
        m_readRow = read;
        ZHICHA_TRY(readList(name, out, &FileReader::coded));
        if (type == "unit")
            m_unitCodes = std::move(m_codes);
        else if (type == "item")
            m_itemCodes = std::move(m_codes);
        return {};
    }

    void coded(FileRow &in, FileEntry &entry) {
        entry.code = in.text("id", true).value_or("");
        if (!in.status())
            return;
        // A code that reads like a UUID could not be told from one on the command line.
        if (entry.code.empty() || entry.code.size() > 200 || uuidFromText(entry.code))
            return in.refuse("id", "a code is 1 to 200 bytes and no UUID");
        if (!m_codes.insert(entry.code).second)
            return in.refuse("id", "a second " + std::string(m_type) + " \"" + entry.code + "\"");
        entry.id = derivedId(m_ledger, m_type, entry.code);
        entry.fields["code"] = entry.code;
        (this->*m_readRow)(in, entry);
    }

    void unit(FileRow &in, FileEntry &) {
        in.putText("name");
        in.putWord("group", {"county", "department"});
        in.putText("vice_mayor");
    }

    void site(FileRow &in, FileEntry &entry) {
        in.putText("name");
        putUnit(in, entry, "unit");
        in.putScaled("lat", "lat", 7, -900'000'000, 900'000'000);
        in.putScaled("lon", "lon", 7, -1'800'000'000, 1'800'000'000);
        in.putScaled("radius_m", "radius_mm", 3, 1, kMaxRadiusMm);
        in.putText("address", false);
        entry.fields["crs"] = "WGS-84";
        if (const JsonText *crs = in.find("crs", false)) {
            in.putWord("crs", {"WGS-84", "CGCS2000", "GCJ-02"});
            if (crs->text == "WGS-84")
                in.keep("crs");
        }
    }

    void item(FileRow &in, FileEntry &entry) {
        for (const std::string_view name : {"number", "title", "responsible_person", "supervisor"})
            in.putText(name);
        for (const std::string_view name : {"content", "requirement", "standard", "effect", "source_document"})
            in.putText(name, false);
        in.putWord("kind", {"general", "planning"});
        in.putWhole("source", 1, 5);
        in.putDay("issued_on");
        in.putDay("due_on");
        putUnit(in, entry, "lead");
        putUnits(in, entry, "cooperating", true);
        completion(in, entry);
        readInner(in, entry, "extensions", m_file.extensions, &FileReader::extension);
        readInner(in, entry, "transfers", m_file.transfers, &FileReader::transfer);
        if (const JsonText *row = in.find("withdrawal", false))
            readGrant(in, entry, *row, "withdrawal", m_file.withdrawals, &FileReader::withdrawal);
        readInner(in, entry, "exemptions", m_file.exemptions, &FileReader::exemption);
    }

    static void completion(FileRow &in, FileEntry &entry) {
        if (auto on = in.day("completed_on", false))
            entry.changes["on"] = *std::move(on);
        const auto awarded = in.number("awarded", false);
        if (!awarded)
            return;
        const auto points = scaleDecimal(*awarded, 2);
        if (!points || !points->exact || points->value < 0 || points->value > 2000)
            in.refuse("awarded", "0 to 20 in steps of 0.01");
        if (!entry.changes.contains("on"))
            in.refuse("awarded", "given without completed_on");
        entry.changes["awarded"] = *awarded;
    }

    /** What the leaders decided about an item; its lists have no codes. */
    void readInner(FileRow &in, const FileEntry &item, std::string_view name, std::vector<FileEntry> &out,
                   ReadRow read) {
        const std::vector<JsonText> *rows = in.list(name, false);
        for (std::size_t i = 0; rows != nullptr && i < rows->size() && in.status(); ++i)
            readGrant(in, item, (*rows)[i], at(name, i), out, read);
    }

    void readGrant(FileRow &in, const FileEntry &item, const JsonText &row, const std::string &place,
                   std::vector<FileEntry> &out, ReadRow read) {
        FileEntry entry;
        entry.place = item.place + "." + place;
        entry.fields["item"] = item.id;
        if (const Status fine = readRow(row, entry, read); !fine)
            in.refuse(fine.error());
        out.push_back(std::move(entry));
    }

    void extension(FileRow &in, FileEntry &) {
        in.putDay("approved_on");
        in.putText("approved_by");
        in.putDay("new_due_on");
        in.putText("reason", false);
    }

    void transfer(FileRow &in, FileEntry &entry) {
        in.putDay("on");
        putUnit(in, entry, "to");
        in.putText("signed_from");
        in.putText("signed_to");
    }

    void withdrawal(FileRow &in, FileEntry &) {
        in.putDay("on");
        in.putText("reviewed_by");
        in.putText("agreed_by");
        in.putText("ground", false);
    }

    void exemption(FileRow &in, FileEntry &) {
        in.putDay("from");
        in.putDay("until");
        in.putText("approved_by");
        in.putText("reason", false);
    }

    void event(FileRow &in, FileEntry &entry) {
        putUnit(in, entry, "unit");
        in.putText("rule");
        in.putDay("on");
        in.putText("document");
        in.putText("recipient", false);
        if (const auto code = in.text("reported_by", false))
            putKnownUnit(in, entry, "reported_by", *code);
        // An event may name an item that there is none of: it does not count, and is kept as written.
        const auto item = in.text("item", false);
        if (!item)
            return;
        const Uuid id = derivedId(m_ledger, "item", *item);
        if (isKnown("item", m_itemCodes, *item, id))
            entry.fields["item"] = id;
        else
            in.keep("item");
    }

    void report(FileRow &in, FileEntry &entry) {
        putItem(in, entry);
        putUnit(in, entry, "unit");
        in.putDay("due_on");
        const JsonText *submitted = in.find("submitted_on", true); // null: nothing was handed in
        if (submitted != nullptr && submitted->kind != JsonText::Kind::Null)
            in.putChange("submitted_on");
        for (const std::string_view name : {"returned_on", "resubmit_due_on", "resubmitted_on"})
            in.putChange(name);
    }

    void ladderRow(FileRow &in, FileEntry &entry) {
        putItem(in, entry);
        in.putWhole("step", 1, kLadderSteps);
        in.putDay("on");
        in.putText("commitment", false);
        in.putDay("commitment_due_on", false);
        in.putChange("commitment_met_on");
    }

    void ranking(FileRow &in, FileEntry &entry) {
        in.putText("month");
        if (!in.status())
            return;
        entry.code = *entry.fields["month"].text();
        if (!isMonth(entry.code))
            return in.refuse("month", "not a month (YYYY-MM)");
        if (!m_months.insert(entry.code).second)
            return in.refuse("month", "published a second time: " + entry.code);
        entry.id = derivedId(m_ledger, "ranking", entry.code);
        in.putDay("published_on");
        putUnits(in, entry, "winners", false);
    }

    /** An issued paper, with what came after: its revocation and who received it. */
    void paper(FileRow &in, FileEntry &entry) {
        for (const std::string_view name : {"kind", "number", "level", "title", "content"})
            in.putText(name);
        for (const std::string_view name : {"month", "revoked_by", "revoked_reason"})
            if (auto text = in.text(name, false))
                (name == "month" ? entry.fields : entry.changes)[std::string(name)] = *std::move(text);
        in.putDay("issued_on");
        in.putChange("revoked_on");
        putUnits(in, entry, "to", true);
        putTexts(in, entry, "copies");
        if (in.find("item", false) != nullptr)
            putItem(in, entry);
        if (!in.status())
            return;
        entry.code = *entry.fields["number"].text();
        entry.id = derivedId(m_ledger, "paper", entry.code);
        const std::string content = *entry.fields["content"].text(); // a copy: writing a field moves the others
        entry.fields["digest"] = sha256(viewOf(content));
        if (findPaperKind(*entry.fields["kind"].text()) == nullptr)
            in.refuse("kind", "unknown kind of paper");
        if (!rules::officialNumberFromText(entry.code) || !m_numbers.insert(entry.code).second)
            in.refuse("number", "no official number, or a second paper of it: " + entry.code.substr(0, 60));
        if (const auto read = readPaperContent(content); !read || read->paper.number != entry.code)
            in.refuse("content", read ? "another number than the paper's" : read.error().detail);
        if (entry.changes.contains("revoked_on") != entry.changes.contains("revoked_by") ||
            entry.changes.contains("revoked_by") != entry.changes.contains("revoked_reason"))
            in.refuse("revoked_by", "a revocation has revoked_by, revoked_on and revoked_reason");
        const std::vector<JsonText> *received = in.list("received", false);
        for (std::size_t i = 0; received != nullptr && i < received->size() && in.status(); ++i)
            receipt(in, entry, (*received)[i], at("received", i));
    }

    void receipt(FileRow &in, const FileEntry &paper, const JsonText &row, const std::string &place) {
        FileEntry entry;
        entry.place = paper.place + "." + place;
        entry.code = paper.code;
        if (const Status fine = readRow(row, entry, &FileReader::receiptRow); !fine)
            in.refuse(fine.error());
        m_file.receipts.push_back(std::move(entry));
    }
    void receiptRow(FileRow &in, FileEntry &entry) {
        putUnit(in, entry, "unit");
        in.putDay("read_on");
    }

    static void putTexts(FileRow &in, FileEntry &entry, const std::string &name) {
        const std::vector<JsonText> *list = in.list(name, true);
        cbor::Array texts;
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            if ((*list)[i].kind != JsonText::Kind::String)
                return in.refuse(at(name, i), "not a text");
            texts.emplace_back((*list)[i].text);
        }
        entry.fields[name] = std::move(texts);
    }

    void putUnit(FileRow &in, FileEntry &entry, const std::string &name) {
        if (const auto code = in.text(name, true))
            putKnownUnit(in, entry, name, *code);
    }

    void putKnownUnit(FileRow &in, FileEntry &entry, const std::string &name, const std::string &code) {
        if (const auto unit = knownUnit(in, name, code))
            entry.fields[name] = *unit;
    }

    void putUnits(FileRow &in, FileEntry &entry, const std::string &name, bool required) {
        const JsonText *value = in.find(name, required);
        if (value == nullptr)
            return;
        if (value->kind != JsonText::Kind::Array)
            return in.refuse(name, "not a list");
        cbor::Array units;
        for (std::size_t i = 0; i < value->items.size(); ++i) {
            if (value->items[i].kind != JsonText::Kind::String)
                return in.refuse(at(name, i), "not a text");
            if (const auto unit = knownUnit(in, at(name, i), value->items[i].text))
                units.emplace_back(*unit);
        }
        entry.fields[name] = std::move(units);
    }

    void putItem(FileRow &in, FileEntry &entry) {
        const auto code = in.text("item", true);
        if (!code)
            return;
        const Uuid id = derivedId(m_ledger, "item", *code);
        if (!isKnown("item", m_itemCodes, *code, id))
            in.refuse("item", "unknown item \"" + code->substr(0, 60) + "\"");
        entry.fields["item"] = id;
    }

    std::optional<Uuid> knownUnit(FileRow &in, std::string_view place, const std::string &code) {
        const Uuid id = derivedId(m_ledger, "unit", code);
        if (isKnown("unit", m_unitCodes, code, id))
            return id;
        in.refuse(place, "unknown unit \"" + code.substr(0, 60) + "\"");
        return std::nullopt;
    }

    bool isKnown(std::string_view type, const std::set<std::string> &ofFile, const std::string &code, const Uuid &id) {
        if (ofFile.contains(code))
            return true;
        const auto known = m_knows(type, id);
        if (!known)
            m_storeTrouble = known.error();
        return known && *known;
    }

    const Uuid &m_ledger;
    const JsonText &m_root;
    const KnowsEntity &m_knows;
    LedgerFile m_file;
    std::string_view m_type; ///< of the list that is read now
    ReadRow m_readRow = nullptr;
    std::set<std::string> m_codes, m_unitCodes, m_itemCodes, m_months, m_numbers;
    Status m_storeTrouble;
};
} // namespace

Result<LedgerFile> readLedgerFile(const Uuid &ledger, std::string_view text, const KnowsEntity &knows) {
    ZHICHA_ASSIGN(const JsonText root, parseJsonText(text));
    return FileReader(ledger, root, knows).readWhole();
}

} // namespace zhicha
