#include "shared/base/search_words.h"

#include <vector>

namespace zhicha {

namespace {
/** A run of characters of one sort, cut into characters. */
struct Piece {
    bool wide = false; ///< not ASCII: no spaces part its words
    std::vector<std::string> characters;
};

std::size_t characterSize(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** Punctuation that offices type between words: 〔 〕 （ ） ， 。 、 ： ； “ ” 《 》 ・ and the wide space. */
bool partsWords(std::string_view character) {
    if (character.size() == 1) {
        const char c = character[0];
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
    return character.starts_with("\xe3\x80") || character.starts_with("\xef\xbc\x88") ||
           character.starts_with("\xef\xbc\x89") || character.starts_with("\xef\xbc\x8c") ||
           character.starts_with("\xef\xbc\x9a") || character.starts_with("\xef\xbc\x9b") ||
           character.starts_with("\xe2\x80") || character.starts_with("\xc2");
}

std::vector<Piece> cut(std::string_view text) {
    std::vector<Piece> pieces;
    bool open = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::min(characterSize(text[at]), text.size() - at);
        std::string character(text.substr(at, size));
        at += size;
        if (partsWords(character)) {
            open = false;
            continue;
        }
        const bool wide = size > 1;
        if (!wide && character[0] >= 'A' && character[0] <= 'Z')
            character[0] = static_cast<char>(character[0] - 'A' + 'a');
        if (!open || pieces.back().wide != wide)
            pieces.push_back({wide, {}});
        open = true;
        pieces.back().characters.push_back(std::move(character));
    }
    return pieces;
}

std::string joined(const std::vector<std::string> &parts) {
    std::string out;
    for (const std::string &part : parts)
        out += part;
    return out;
}
} // namespace

std::string indexWords(std::string_view text) {
    std::string out;
    const auto add = [&](const std::string &word) { out += (out.empty() ? "" : " ") + word; };
    for (const Piece &piece : cut(text)) {
        if (!piece.wide) {
            add(joined(piece.characters));
            continue;
        }
        for (const std::string &character : piece.characters)
            add(character);
        for (std::size_t i = 0; i + 1 < piece.characters.size(); ++i)
            add(piece.characters[i] + piece.characters[i + 1]);
    }
    return out;
}

std::string searchQuery(std::string_view typed) {
    std::string out;
    for (const Piece &piece : cut(typed)) {
        // Quoted: nothing that was typed is an operator of the query language.
        std::string phrase;
        if (!piece.wide || piece.characters.size() == 1)
            phrase = joined(piece.characters);
        for (std::size_t i = 0; piece.wide && i + 1 < piece.characters.size(); ++i)
            phrase += (phrase.empty() ? "" : " ") + piece.characters[i] + piece.characters[i + 1];
        out += (out.empty() ? "\"" : " \"") + phrase + "\"" + (piece.wide ? "" : "*");
    }
    return out;
}

} // namespace zhicha
