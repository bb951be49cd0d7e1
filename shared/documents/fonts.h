#pragma once
// The fonts that papers are set in, as this machine has them: which sign each one has and how wide it is. Nothing is
// ever drawn as an empty box: a sign that no font has is an answer here, and refused before a paper is issued.
#include "shared/base/result.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zhicha::documents {

/** The faces of GB/T 9704-2012: 仿宋 body, 小标宋 titles, 黑体 and 楷体 headings, 宋体 page numbers. */
enum class Face : std::uint8_t { Body, Title, Hei, Kai, Song };
inline constexpr std::size_t kFaceCount = 5;

/** Families by preference, for each face; those that follow are asked for signs that the first one lacks. */
using FontChoice = std::array<std::vector<std::string>, kFaceCount>;
[[nodiscard]] const FontChoice &officialFonts();

struct FontFile {
    std::string family;
    std::string path;
    int index = 0; ///< within a collection
};

struct FontGlyph {
    std::uint8_t font = 0; ///< in FontSet::fonts()
    std::uint32_t glyph = 0;
    double advance = 1; ///< in the font's own height
};

/** Owner: whoever sets a page. Threads: one at a time; several sets may live in several threads. */
class FontSet {
public:
    /** NotFound if a face has no font at all on this machine. */
    [[nodiscard]] static Result<FontSet> load(const FontChoice &choice = officialFonts());
    FontSet(FontSet &&) noexcept;
    FontSet &operator=(FontSet &&) noexcept;
    ~FontSet();

    /** nullopt: no font of this face has the sign. */
    [[nodiscard]] std::optional<FontGlyph> glyph(Face face, char32_t sign) const;
    [[nodiscard]] const std::vector<FontFile> &fonts() const;
    [[nodiscard]] const std::string &familyOf(Face face) const; ///< the first one, which most signs come from

private:
    struct State;
    explicit FontSet(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace zhicha::documents
