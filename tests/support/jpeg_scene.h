#pragma once
// Made pictures as JPEG: the same scene at any size, quality and brightness, another scene for another seed.
#include "shared/base/bytes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <jpeglib.h>

namespace zhicha::test {

struct SceneShot {
    unsigned width = 640, height = 480;
    int quality = 85;
    int brighter = 0;
};

/** Patches of different grey that lie where the seed says. */
inline Bytes jpegScene(unsigned seed, const SceneShot &shot = {}) {
    std::mt19937 random(seed);
    struct Patch {
        double left, top, right, bottom;
        int grey;
    };
    std::vector<Patch> patches;
    const auto part = [&] { return static_cast<double>(random() % 1000) / 1000; };
    for (int i = 0; i < 40; ++i) {
        const double x = part(), y = part();
        patches.push_back({x, y, x + 0.1 + part() * 0.3, y + 0.1 + part() * 0.3, static_cast<int>(random() % 200)});
    }
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char *out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &out, &size);
    info.image_width = shot.width;
    info.image_height = shot.height;
    info.input_components = 1;
    info.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, shot.quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    Bytes row(shot.width);
    for (unsigned y = 0; y < shot.height; ++y) {
        for (unsigned x = 0; x < shot.width; ++x) {
            const double u = (x + 0.5) / shot.width, v = (y + 0.5) / shot.height;
            int grey = static_cast<int>(40 + 60 * u + 40 * v);
            for (const Patch &patch : patches)
                if (u >= patch.left && u < patch.right && v >= patch.top && v < patch.bottom)
                    grey = patch.grey;
            row[x] = static_cast<std::uint8_t>(std::clamp(grey + shot.brighter, 0, 255));
        }
        JSAMPROW rows[1] = {row.data()};
        jpeg_write_scanlines(&info, rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    const Bytes bytes(out, out + size);
    std::free(out);
    return bytes;
}

} // namespace zhicha::test
