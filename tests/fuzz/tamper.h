#pragma once
// A store's file changed by somebody who has it: as bytes, or through SQLite value by value, past its triggers and
// checks. What becomes of it is decided by the fuzzer's input.
#include "shared/sqlite/database.h"
#include "tests/support/sim_disk.h"

namespace zhicha::test {

/** The bytes of a fuzzer's input one after the other; 0 after the end. */
class FuzzInput {
public:
    FuzzInput(const std::uint8_t *data, std::size_t size) : m_left(data, size) {}
    [[nodiscard]] bool empty() const { return m_left.empty(); }
    std::uint8_t byte();
    std::size_t upTo(std::size_t count); ///< below `count`, which is not 0
    ByteView bytes(std::size_t count);   ///< fewer at the end

private:
    ByteView m_left;
};

/** Turns bits in the given files, each as likely per byte as any other. */
void changeBytes(SimDisk &disk, const std::vector<std::string> &files, FuzzInput &in);
/** Puts other values into the tables. The schema stays what it was; what SQLite refuses stays as it is. */
void changeValues(const DatabaseOptions &options, FuzzInput &in);

} // namespace zhicha::test
