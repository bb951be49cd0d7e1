#include "shared/documents/fonts.h"

#include "shared/documents/destroy_by.h"

#include <algorithm>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include <map>

namespace zhicha::documents {

namespace {
constexpr double kFixedPoint = 65536.0; ///< FreeType's, for fonts that say no widths of their own

using Pattern = std::unique_ptr<FcPattern, DestroyBy<FcPatternDestroy>>;
using Objects = std::unique_ptr<FcObjectSet, DestroyBy<FcObjectSetDestroy>>;
using Fonts = std::unique_ptr<FcFontSet, DestroyBy<FcFontSetDestroy>>;

int weightOf(FcPattern *font) {
    int weight = FC_WEIGHT_REGULAR;
    FcPatternGetInteger(font, FC_WEIGHT, 0, &weight);
    return weight;
}

/** The upright font of exactly this family whose weight is nearest: fontconfig's own matching would answer with
 *  another family rather than with none. */
std::optional<FontFile> findFont(const std::string &family, int weight) {
    const Pattern pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8 *>(family.c_str()));
    const Objects objects(FcObjectSetBuild(FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT, nullptr));
    const Fonts found(FcFontList(nullptr, pattern.get(), objects.get()));
    std::optional<FontFile> best;
    int bestDistance = 0;
    for (int i = 0; found != nullptr && i < found->nfont; ++i) {
        FcChar8 *path = nullptr;
        int index = 0;
        int slant = FC_SLANT_ROMAN;
        if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &path) != FcResultMatch)
            continue;
        FcPatternGetInteger(found->fonts[i], FC_INDEX, 0, &index);
        FcPatternGetInteger(found->fonts[i], FC_SLANT, 0, &slant);
        const int distance = std::abs(weightOf(found->fonts[i]) - weight) + (slant == FC_SLANT_ROMAN ? 0 : 1000);
        const FontFile candidate{family, reinterpret_cast<const char *>(path), index & 0xFFFF};
        if (!best || distance < bestDistance ||
            (distance == bestDistance &&
             std::pair(candidate.path, candidate.index) < std::pair(best->path, best->index))) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

constexpr std::string_view kFaceNames[] = {"仿宋 (body)", "小标宋 (title)", "黑体 (headings)", "楷体 (headings)",
                                           "宋体 (page numbers)"};
} // namespace

struct FontSet::State {
    std::unique_ptr<FT_LibraryRec_, DestroyBy<FT_Done_FreeType>> library; // before the faces: they end first
    std::vector<std::unique_ptr<FT_FaceRec_, DestroyBy<FT_Done_Face>>> faces;
    std::vector<FontFile> files;
    std::array<std::vector<std::uint8_t>, kFaceCount> chains;
    mutable std::array<std::map<char32_t, std::optional<FontGlyph>>, kFaceCount> known;

    /** The font's place in `files`; nullopt if the machine has none of this family. */
    std::optional<std::uint8_t> open(const std::string &family, int weight) {
        const auto file = findFont(family, weight);
        if (!file)
            return std::nullopt;
        for (std::size_t i = 0; i < files.size(); ++i)
            if (files[i].path == file->path && files[i].index == file->index)
                return static_cast<std::uint8_t>(i);
        FT_Face face = nullptr;
        if (files.size() >= 200 || FT_New_Face(library.get(), file->path.c_str(), file->index, &face) != 0)
            return std::nullopt;
        faces.emplace_back(face);
        if (FT_Select_Charmap(face, FT_ENCODING_UNICODE) != 0 || face->units_per_EM == 0) {
            faces.pop_back();
            return std::nullopt;
        }
        files.push_back(*file);
        return static_cast<std::uint8_t>(files.size() - 1);
    }

    [[nodiscard]] std::optional<FontGlyph> find(std::size_t face, char32_t sign) const {
        for (const std::uint8_t font : chains[face]) {
            const FT_Face open = faces[font].get();
            const FT_UInt glyph = FT_Get_Char_Index(open, sign);
            if (glyph == 0)
                continue;
            FT_Fixed advance = 0;
            if (FT_Get_Advance(open, glyph, FT_LOAD_NO_SCALE, &advance) != 0 || advance <= 0)
                advance = open->units_per_EM;
            double em = static_cast<double>(advance) / open->units_per_EM;
            if (em > 64) // told in 16.16 after all
                em /= kFixedPoint;
            return FontGlyph{font, glyph, em};
        }
        return std::nullopt;
    }
};

const FontChoice &officialFonts() {
    // First what offices have bought, then what is free and shaped alike, then what Debian brings (fonts-noto-cjk,
    // fonts-arphic-gkai00mp); the last ones stand in for rare signs.
    static const auto *choice = new FontChoice{
        std::vector<std::string>{"FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang",
                                 "Noto Serif CJK SC", "BabelStone Han", "HanaMinA", "HanaMinB"},
        {"FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "FandolSong", "Noto Serif CJK SC",
         "BabelStone Han", "HanaMinA", "HanaMinB"},
        {"SimHei", "STHeiti", "FandolHei", "Noto Sans CJK SC", "Noto Serif CJK SC", "BabelStone Han", "HanaMinB"},
        {"KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai", "AR PL KaitiM GB", "Noto Serif CJK SC",
         "BabelStone Han", "HanaMinB"},
        {"SimSun", "STSong", "FandolSong", "Noto Serif CJK SC"}};
    return *choice;
}

FontSet::FontSet(std::unique_ptr<State> state) : m_state(std::move(state)) {}
FontSet::FontSet(FontSet &&) noexcept = default;
FontSet &FontSet::operator=(FontSet &&) noexcept = default;
FontSet::~FontSet() = default;

Result<FontSet> FontSet::load(const FontChoice &choice) {
    auto state = std::make_unique<State>();
    FT_Library library = nullptr;
    if (FcInit() == FcFalse || FT_Init_FreeType(&library) != 0)
        return fail(Code::Internal, "the font libraries did not start");
    state->library.reset(library);
    for (std::size_t face = 0; face < kFaceCount; ++face) {
        const int weight = face == static_cast<std::size_t>(Face::Title) ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR;
        for (const std::string &family : choice[face])
            if (const auto font = state->open(family, weight))
                state->chains[face].push_back(*font);
        if (state->chains[face].empty())
            return fail(Code::NotFound, "这台机器没有公文要用的字体（" + std::string(kFaceNames[face]) +
                                            "），请安装 fonts-noto-cjk · no font for papers on this machine: install "
                                            "fonts-noto-cjk");
    }
    return FontSet(std::move(state));
}

std::optional<FontGlyph> FontSet::glyph(Face face, char32_t sign) const {
    auto &known = m_state->known[static_cast<std::size_t>(face)];
    const auto it = known.find(sign);
    if (it != known.end())
        return it->second;
    return known[sign] = m_state->find(static_cast<std::size_t>(face), sign);
}

const std::vector<FontFile> &FontSet::fonts() const {
    return m_state->files;
}

const std::string &FontSet::familyOf(Face face) const {
    return m_state->files[m_state->chains[static_cast<std::size_t>(face)].front()].family;
}

} // namespace zhicha::documents
