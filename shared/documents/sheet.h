#pragma once
// Tables as spreadsheet programs hold them (XLSX): written so that a program opens them as they are, read as a stranger
// wrote them. docs/decisions/0014-sheets-are-written-and-read-by-us.md says what reads and writes them, and why.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zhicha::documents {

enum class CellKind : std::uint8_t {
    Empty,
    Text,
    Number,  ///< `text` is the decimal as it stands
    Day,     ///< a date without a time of day
    Instant, ///< a date with one: nobody asks for it, so it is only ever read
    Boolean,
    Formula, ///< `text` is what its program computed last; nothing here computes
    Failed,  ///< #REF! and the like
};

struct SheetCell {
    CellKind kind = CellKind::Empty;
    std::string text;
    double number = 0;     ///< of a Number
    std::int32_t day = 0;  ///< of a Day or Instant: days since 1970-01-01
    int decimals = 0;      ///< of a Number that is written: 0, 2 or 4
    bool isHeader = false; ///< of a Text that is written
};

[[nodiscard]] SheetCell textCell(std::string text);
[[nodiscard]] SheetCell headerCell(std::string text);
/** A decimal as text, so that no point passes through a binary fraction on our side; Empty for an empty one. */
[[nodiscard]] SheetCell numberCell(std::string decimal, int decimals);
[[nodiscard]] SheetCell dayCell(std::int32_t daysSince1970);

/** What writeWorkbook takes: rows from the first, cells from column A. */
struct TableSheet {
    std::string name;           ///< at most 31 signs, none of []:*?/\ in it
    std::vector<double> widths; ///< of the columns, in digits
    std::vector<std::vector<SheetCell>> rows;
    int frozenRows = 0; ///< stay in sight
};

/** An XLSX with these sheets. The same sheets give the same bytes. Texts are texts whatever they begin with: no program
 *  takes one for a formula. InvalidArgument for text that is not UTF-8 or a decimal that is none. */
[[nodiscard]] Result<Bytes> writeWorkbook(const std::vector<TableSheet> &sheets);

/** Rows and columns from 1. */
struct SheetArea {
    int firstRow = 0, firstColumn = 0, lastRow = 0, lastColumn = 0;
    [[nodiscard]] bool has(int row, int column) const {
        return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
    }
};

struct SheetRow {
    int number = 0;                               ///< from 1, as the program shows it
    std::vector<std::pair<int, SheetCell>> cells; ///< column from 1; empty ones are left out
    [[nodiscard]] const SheetCell &at(int column) const;
};

struct Sheet {
    std::string name;
    std::vector<SheetRow> rows; ///< those that hold something, from above
    std::vector<SheetArea> merged;
};

/** What a file may ask of us. Beyond any of them it is refused as a whole. */
struct SheetLimits {
    std::uint64_t unpackedBytes = 64ULL * 1024 * 1024; ///< of all members together, as they come out of the zip
    std::uint64_t textBytes = 32ULL * 1024 * 1024; ///< of all cells together, shared texts counted where they are used
    int members = 4000;
    int sheets = 16;
    int rows = 20'000; ///< the highest number of a row that holds something
    int columns = 200;
    int merged = 10'000;
};

/** The visible sheets of an XLSX in their order. Nothing is computed, followed or fetched. Errors: TooLarge;
 *  BadEncoding. `detail` begins with a word and a colon: `too_large`, `not_xlsx` (no zip, or a zip of something else),
 *  `locked` (a password, or the format before 2007), `entities` (the XML declares its own words), `broken`. */
[[nodiscard]] Result<std::vector<Sheet>> readWorkbook(ByteView file, const SheetLimits &limits = {});
/** The word of such an error, "" for another one. */
[[nodiscard]] std::string_view sheetFault(const Error &error);

/** "F", "AB" */
[[nodiscard]] std::string columnName(int column);
/** "F7" */
[[nodiscard]] std::string cellName(int row, int column);

} // namespace zhicha::documents
