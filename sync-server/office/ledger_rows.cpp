#include "sync-server/office/ledger_rows.h"

#include <algorithm>

namespace zhicha {

Result<std::vector<RowRecord>> rowsInOrder(LedgerReader &ledger, EntityType type) {
    std::vector<RowRecord> rows;
    ZHICHA_TRY(ledger.forEachRowOfType(type, [&](const RowRecord &record) -> Status {
        if (!record.row.isVoid())
            rows.push_back(record);
        return {};
    }));
    std::vector<std::pair<std::int64_t, std::size_t>> order;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::int64_t log = 0;
        if (rows[i].row.birth) {
            ZHICHA_ASSIGN(const std::optional<LogOperation> birth,
                          ledger.operationByDigest(rows[i].entity, *rows[i].row.birth));
            log = birth ? birth->log : 0;
        }
        order.emplace_back(log, i);
    }
    std::sort(order.begin(), order.end());
    std::vector<RowRecord> sorted;
    sorted.reserve(rows.size());
    for (const auto &[log, i] : order)
        sorted.push_back(std::move(rows[i]));
    return sorted;
}

cbor::Map fieldsOfKind(const EntityRow &row, const KindInfo &kind) {
    cbor::Map fields;
    for (const FieldInfo &field : kind.fields)
        if (const cbor::Value *value = row.value(field.name))
            fields[std::string(field.name)] = *value;
    return fields;
}

bool isOutsideFile(std::string_view field) {
    constexpr std::string_view kFields[] = {"seat", "polygon", "request", "rule_file", "figures"};
    return std::find(std::begin(kFields), std::end(kFields), field) != std::end(kFields);
}

} // namespace zhicha
