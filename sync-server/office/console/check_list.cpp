#include "sync-server/office/console/check_list.h"

#include "shared/base/base64url.h"
#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "shared/oplog/checkpoint.h"
#include "sync-server/intake/transaction.h"

namespace zhicha {

using nlohmann::json;

Result<json> asOfJson(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::int64_t log, ledger.lastLog());
    json out{{"log", log}};
    ZHICHA_ASSIGN(const std::int64_t leaves, ledger.leafCount());
    if (leaves > 0) {
        ZHICHA_ASSIGN(const std::optional<LeafRecord> last, ledger.leaf(leaves - 1));
        if (last)
            out["checkpoint_at"] = toRfc3339(last->leaf.receivedAtMs);
    }
    return out;
}

Result<json> listJson(LedgerReader &ledger, ListPage page) {
    json out{{"rows", std::move(page.rows)}, {"count", page.count}, {"count_capped", page.capped}};
    if (!page.next.empty())
        out["next"] = page.next;
    ZHICHA_ASSIGN(out["as_of"], asOfJson(ledger));
    return out;
}

std::string writeCursor(const PageMark &mark, std::string_view query) {
    const Digest bound = sha256(viewOf(query));
    return toBase64Url(cbor::encode(cbor::Array{toBytes(ByteView(bound).first(8)), mark.at, mark.text, mark.id}));
}

Result<std::optional<PageMark>> readCursor(std::string_view cursor, std::string_view query) {
    if (cursor.empty())
        return std::optional<PageMark>();
    const Error broken = fail(Code::InvalidArgument, "after: not a cursor of this list");
    const auto bytes = cursor.size() <= 512 ? fromBase64Url(cursor) : std::nullopt;
    if (!bytes)
        return broken;
    const auto value = cbor::decode(*bytes);
    const cbor::Array *parts = value ? value->array() : nullptr;
    if (parts == nullptr || parts->size() != 4 || (*parts)[0].bytes() == nullptr || (*parts)[1].integer() == nullptr ||
        (*parts)[2].text() == nullptr || !(*parts)[3].uuid())
        return broken;
    const Digest bound = sha256(viewOf(query));
    if (!sameBytes(*(*parts)[0].bytes(), ByteView(bound).first(8)))
        return broken;
    return std::optional(PageMark{*(*parts)[1].integer(), *(*parts)[2].text(), *(*parts)[3].uuid()});
}

Result<json> checkRowJson(Names &names, const CheckIndexRow &row) {
    json out{{"id", toText(row.check)},
             {"state", std::string(checkStateName(row.state))},
             {"findings", {{"minor", row.minor}, {"major", row.major}, {"critical", row.critical}}},
             {"attestation", row.attestation},
             {"received_at", toRfc3339(row.receivedMs)},
             {"waiting_since", toRfc3339(row.waitingMs)},
             {"conflicts", row.conflicts},
             {"imported", row.imported},
             {"mismatches", row.mismatches}};
    if (!row.number.empty())
        out["number"] = row.number;
    if (row.site) {
        ZHICHA_ASSIGN(out["site"], names.ref(*row.site));
    }
    if (row.unit) {
        ZHICHA_ASSIGN(out["unit"], names.ref(*row.unit));
    }
    ZHICHA_ASSIGN(out["items"], names.refs(row.items));
    ZHICHA_ASSIGN(out["inspectors"], names.refs(row.people));
    json details = json::parse(row.details, nullptr, false);
    if (!details.is_object())
        details = json::object();
    // What came with another digest has arrived and does not match.
    out["photos"] = {{"declared", row.declared},
                     {"arrived", row.arrived + details.value("mismatched", std::int64_t{0})},
                     {"matching", row.arrived}};
    for (const char *name : {"span", "devices", "due_at"})
        if (details.contains(name))
            out[name] = std::move(details[name]);
    return out;
}

Result<ListPage> listChecks(LedgerReader &ledger, const CheckListQuery &query, std::string_view queryText,
                            std::string_view cursor, std::int64_t limit) {
    ZHICHA_ASSIGN(const std::optional<PageMark> after, readCursor(cursor, queryText));
    ConsoleIndex &index = ledger.consoleIndex();
    ZHICHA_ASSIGN(const std::vector<CheckIndexRow> rows, index.checkPage(query, after, limit + 1));
    ZHICHA_ASSIGN(const std::int64_t count, index.checkCount(query, kCountedUpTo + 1));
    ListPage page;
    page.capped = count > kCountedUpTo;
    page.count = std::min(count, kCountedUpTo);
    Names names(ledger);
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i) {
        ZHICHA_ASSIGN(json row, checkRowJson(names, rows[i]));
        page.rows.push_back(std::move(row));
    }
    if (rows.size() > static_cast<std::size_t>(limit))
        page.next = writeCursor(markOf(rows[static_cast<std::size_t>(limit - 1)], query), queryText);
    return page;
}

Result<json> neighboursOf(LedgerReader &ledger, const CheckListQuery &query, const CheckIndexRow &row) {
    ConsoleIndex &index = ledger.consoleIndex();
    const PageMark mark = markOf(row, query);
    json out = json::object();
    ZHICHA_ASSIGN(const std::vector<CheckIndexRow> after, index.checkPage(query, mark, 1));
    if (!after.empty())
        out["next"] = toText(after.front().check);
    ZHICHA_ASSIGN(const std::vector<CheckIndexRow> before, index.checkPageBefore(query, mark, kCountedUpTo));
    if (!before.empty())
        out["previous"] = toText(before.front().check);
    ZHICHA_ASSIGN(const std::int64_t count, index.checkCount(query, kCountedUpTo + 1));
    // A check that has left the view, accepted a moment ago for example, has neighbours there and no place.
    const std::optional<PageMark> nearest =
        before.empty() ? std::nullopt : std::optional(markOf(before.front(), query));
    ZHICHA_ASSIGN(const std::vector<CheckIndexRow> here, index.checkPage(query, nearest, 1));
    const auto at = static_cast<std::int64_t>(before.size()) + 1;
    if (at <= kCountedUpTo && !here.empty() && here.front().check == row.check)
        out["position"] = {{"at", at}, {"of", std::min(count, kCountedUpTo)}, {"capped", count > kCountedUpTo}};
    return out;
}

} // namespace zhicha
