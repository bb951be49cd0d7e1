// A row of the findings' list.
#include "shared/base/instant.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/conflict_list.h"

namespace zhicha {

using nlohmann::json;

Result<json> findingRowJson(LedgerReader &ledger, Names &names, const FindingIndexRow &index) {
    json out{{"id", toText(index.finding)},
             {"check", toText(index.check)},
             {"void", index.isVoid},
             {"imported", index.imported},
             {"contested", json::array()},
             {"photos", json::array()},
             {"log", index.log}};
    ZHICHA_ASSIGN(const std::optional<std::string> number, ledger.setting("numbered/" + toText(index.check)));
    if (number)
        out["number"] = *number;
    for (const auto &[name, id] : {std::pair{"site", index.site}, {"unit", index.unit}, {"item", index.item}})
        if (id) {
            ZHICHA_ASSIGN(out[name], names.ref(*id));
        }
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(index.finding));
    if (!row)
        return out;
    for (const char *name : {"severity", "text"})
        if (const std::string text = row->text(name); !text.empty())
            out[name] = text;
    for (const FieldRow &field : row->fields) {
        if (field.values.size() < 2)
            continue;
        out["contested"].push_back(field.name);
        if (field.name == "severity" || field.name == "text")
            for (const cbor::Value &value : field.values)
                out[field.name + "_values"].push_back(plainJson(value));
    }
    if (!row->birth)
        return out;
    ZHICHA_ASSIGN(const std::optional<LogOperation> birth, ledger.operationByDigest(index.finding, *row->birth));
    const auto envelope =
        birth ? decodeEnvelope(birth->operation.bytes.envelope) : Result<Envelope>(fail(Code::NotFound, "no birth"));
    if (envelope) {
        ZHICHA_ASSIGN(const OperationBounds bounds, boundsOf(ledger, *birth, *envelope));
        SpanFinder spans;
        spans.add(bounds);
        out["span"] = spanJson(spans.span(bounds));
        ZHICHA_ASSIGN(out["by"], names.author(birth->operation.device, envelope->actor, false));
    }
    return out;
}

} // namespace zhicha
