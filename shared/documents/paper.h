#pragma once
// An official paper as what it says, before any of it stands on a page. What issues, stores and shows papers speaks of
// this; where each element stands is said by typesetter.h (GB/T 9704-2012) and docx.h.
#include "shared/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zhicha::documents {

inline constexpr std::size_t kMaxPaperCharacters = 200'000; ///< of all texts together
inline constexpr std::size_t kMaxCellCharacters = 400;      ///< of one cell of a table
inline constexpr std::size_t kMaxTableRows = 5'000;
inline constexpr std::size_t kMaxTableColumns = 12;
inline constexpr std::size_t kMaxIssuerCharacters = 24; ///< 发文机关标志 stands on one line

enum class Align : std::uint8_t { Left, Middle, Right };

struct Column {
    std::string heading;
    int share = 1; ///< of the width, beside the other columns' shares
    Align align = Align::Left;
};

struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows; ///< as many cells as there are columns
};

enum class BlockKind : std::uint8_t {
    Heading, ///< 一、…: a line of its own, 黑体
    Text,    ///< a paragraph; `lead` (（一）….) runs in before it, 楷体
    Table,
};

struct Block {
    BlockKind kind = BlockKind::Text;
    std::string lead;
    std::string text;
    Table table;
};

struct Attachment {
    std::string title;
    std::vector<Block> blocks;
};

struct Paper {
    std::string level;           ///< 密级 or 内部, top left; empty: none
    std::string issuer;          ///< 发文机关标志, red
    std::string number;          ///< 发文字号; empty while it is a draft
    std::string pendingNumber;   ///< what a draft prints instead
    std::string signer;          ///< 签发人, of papers to a superior; else empty
    std::string title;           ///< lines broken where `\n` says, else balanced
    std::vector<std::string> to; ///< 主送机关
    std::vector<Block> body;
    std::vector<Attachment> attachments;
    std::string signature;           ///< 发文机关署名
    std::string day;                 ///< 成文日期, YYYY-MM-DD
    std::vector<std::string> copies; ///< 抄送
    std::string printedBy;           ///< 印发机关
    std::string note;                ///< top right: 草稿, or which paper revoked this one; empty: none
};

/** 2026年11月30日, of YYYY-MM-DD. */
[[nodiscard]] std::string dayInWords(std::string_view day);

/** Refuses (naming the place) what no page can carry: no UTF-8, control signs, signs that turn the direction of reading
 *  or that nobody sees, a missing issuer, title or body, a day that is none, a table without columns or with rows of
 *  other widths. TooLarge past the limits above. */
[[nodiscard]] Status checkPaper(const Paper &paper);

} // namespace zhicha::documents
