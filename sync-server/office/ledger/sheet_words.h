#pragma once
// What people write into the cells of a table, and how it is meant: names of columns, days in their many forms, lists
// of units, names that were nearly right.
#include "shared/documents/sheet.h"
#include "shared/rules/day.h"

#include <optional>

namespace zhicha {

/** Without what people put around words: blanks of every width, line breaks, a star for "required". */
[[nodiscard]] std::string plainWords(std::string_view text);
/** The field of item.register that a column of this header holds; "number" for an official number; "" for none. */
[[nodiscard]] std::string fieldOfHeader(const std::string &header);
[[nodiscard]] bool isDayField(const std::string &field);
/** At most so much of a text as a list of mistakes shows. */
[[nodiscard]] std::string shownWords(std::string text);
/** What a form would have of the cell: a day as YYYY-MM-DD. */
[[nodiscard]] std::string valueOf(const documents::SheetCell &cell);
/** 2026-11-30, 2026/11/30, 2026.11.30, 2026年11月30日, with or without zeros; the year always first. */
[[nodiscard]] std::optional<rules::Day> dayAsTyped(const std::string &typed);
/** What somebody may have meant by a number in a column of days: 20261130, or 46356 counted from 1900. */
[[nodiscard]] std::optional<rules::Day> dayOfNumber(double number);
/** 甲县、乙局；丙局 */
[[nodiscard]] std::vector<std::string> unitsOf(const std::string &text);
/** 0 to 1: signs that two names share in order, over the longer of them. */
[[nodiscard]] double likeness(std::string_view a, std::string_view b);

} // namespace zhicha
