#pragma once
// A store's file as these tests look at it: opened with few words, and read as plain bytes.
#include "shared/sqlite/database.h"

#include <fstream>
#include <iterator>

namespace zhicha::test {

inline DatabaseKey keyOf(std::uint8_t fill) {
    DatabaseKey key;
    key.fill(fill);
    return key;
}

/** Made when it is not there yet; a lock held by another is reported at once. */
inline Database openAt(const std::string &path) {
    DatabaseOptions options;
    options.path = path;
    options.busyTimeoutMs = 0;
    return std::move(Database::open(options)).value();
}

inline std::string fileText(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace zhicha::test
