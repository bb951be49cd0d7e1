#include "shared/documents/sheet.h"

#include <algorithm>

namespace zhicha::documents {

SheetCell textCell(std::string text) {
    SheetCell cell;
    cell.kind = text.empty() ? CellKind::Empty : CellKind::Text;
    cell.text = std::move(text);
    return cell;
}

SheetCell headerCell(std::string text) {
    SheetCell cell = textCell(std::move(text));
    cell.isHeader = true;
    return cell;
}

SheetCell numberCell(std::string decimal, int decimals) {
    SheetCell cell = textCell(std::move(decimal));
    if (cell.kind == CellKind::Text)
        cell.kind = CellKind::Number;
    cell.decimals = decimals;
    return cell;
}

SheetCell dayCell(std::int32_t daysSince1970) {
    SheetCell cell;
    cell.kind = CellKind::Day;
    cell.day = daysSince1970;
    return cell;
}

const SheetCell &SheetRow::at(int column) const {
    static const SheetCell nothing;
    const auto found = std::lower_bound(cells.begin(), cells.end(), column,
                                        [](const auto &cell, int wanted) { return cell.first < wanted; });
    return found != cells.end() && found->first == column ? found->second : nothing;
}

std::string columnName(int column) {
    std::string name;
    for (; column > 0; column = (column - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
    return name;
}

std::string cellName(int row, int column) {
    return columnName(column) + std::to_string(row);
}

std::string_view sheetFault(const Error &error) {
    for (const std::string_view word : {"too_large", "not_xlsx", "locked", "entities", "broken"})
        if (error.detail.starts_with(word) && error.detail.substr(word.size()).starts_with(": "))
            return word;
    return {};
}

} // namespace zhicha::documents
