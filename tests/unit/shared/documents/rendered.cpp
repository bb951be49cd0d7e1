#include "tests/unit/shared/documents/rendered.h"

#include "tests/support/temp_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace zhicha::documents {

namespace {
std::string readAll(const std::filesystem::path &path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void writeAll(const std::filesystem::path &path, const Bytes &bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/** P6: header words, one white space, then the dots. */
Picture readPpm(const std::string &file) {
    std::istringstream in(file);
    std::string magic;
    int most = 0;
    Picture picture;
    in >> magic >> picture.width >> picture.height >> most;
    in.get();
    const auto at = static_cast<std::size_t>(in.tellg());
    picture.rgb.assign(file.begin() + static_cast<std::ptrdiff_t>(at), file.end());
    return magic == "P6" && most == 255 ? picture : Picture();
}

int dots(double mm) {
    return static_cast<int>(mm * kDotsPerMm);
}
} // namespace

bool Picture::isDark(int x, int y) const {
    const std::size_t at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
    return std::min({rgb[at], rgb[at + 1], rgb[at + 2]}) < 128;
}

bool Picture::isRed(int x, int y) const {
    const std::size_t at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
    return rgb[at] > 150 && rgb[at + 1] < 120 && rgb[at + 2] < 120;
}

Extent inkBetween(const Picture &picture, double top, double bottom, bool redOnly) {
    int left = picture.width, right = -1, first = picture.height, last = -1;
    for (int y = std::max(0, dots(top)); y < std::min(picture.height, dots(bottom)); ++y)
        for (int x = 0; x < picture.width; ++x)
            if (redOnly ? picture.isRed(x, y) : picture.isDark(x, y)) {
                left = std::min(left, x);
                right = std::max(right, x);
                first = std::min(first, y);
                last = std::max(last, y);
            }
    if (right < 0)
        return {};
    return {left / kDotsPerMm, first / kDotsPerMm, (right + 1) / kDotsPerMm, (last + 1) / kDotsPerMm};
}

std::vector<Extent> rowsOfInk(const Picture &picture, double left, double right) {
    std::vector<Extent> rows;
    bool inside = false;
    for (int y = 0; y < picture.height; ++y) {
        bool ink = false;
        for (int x = dots(left); x < std::min(picture.width, dots(right)) && !ink; ++x)
            ink = picture.isDark(x, y);
        if (ink && !inside)
            rows.push_back({left, y / kDotsPerMm, right, 0});
        if (ink)
            rows.back().bottom = (y + 1) / kDotsPerMm;
        inside = ink;
    }
    return rows;
}

std::vector<Picture> renderPdf(const Bytes &pdf) {
    const test::TempFolder folder;
    const std::filesystem::path path = folder.path();
    writeAll(path / "a.pdf", pdf);
    const std::string command =
        "pdftoppm -r 254 '" + (path / "a.pdf").string() + "' '" + (path / "page").string() + "'";
    if (std::system(command.c_str()) != 0)
        return {};
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(path))
        if (entry.path().extension() == ".ppm")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Picture> pictures;
    for (const auto &file : files)
        pictures.push_back(readPpm(readAll(file)));
    return pictures;
}

std::string textOfPdf(const Bytes &pdf) {
    const test::TempFolder folder;
    const std::filesystem::path path = folder.path();
    writeAll(path / "a.pdf", pdf);
    const std::string command =
        "pdftotext -enc UTF-8 '" + (path / "a.pdf").string() + "' '" + (path / "a.txt").string() + "'";
    return std::system(command.c_str()) == 0 ? readAll(path / "a.txt") : std::string();
}

} // namespace zhicha::documents
