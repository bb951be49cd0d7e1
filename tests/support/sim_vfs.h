#pragma once
// SQLite on the simulated disk: the product's own stores run in the simulation, crashes included.
#include "tests/support/sim_disk.h"

struct sqlite3_vfs;

namespace zhicha::test {

/** Registers a VFS under `name` while it lives (not as the default). Open a store with DatabaseOptions{.path = "s.db",
 *  .exclusive = true, .vfs = name}: paths are the SimDisk's; there is no shared memory, so WAL needs `exclusive`, and
 * one file has one connection at a time (a second is told StoreLocked). With `encrypted`, the cipher's shim is put in
 * between, and stores are opened through `vfs()` with a key; without it, only without one. As on Linux file systems,
 * the first sync of a new file makes its name durable as well. Threads: one connection per thread; connections must be
 * closed before this dies. */
class SimVfs {
public:
    SimVfs(SimDisk &disk, std::string name, bool encrypted = false);
    ~SimVfs();
    SimVfs(const SimVfs &) = delete;
    SimVfs &operator=(const SimVfs &) = delete;
    [[nodiscard]] const std::string &vfs() const { return m_vfsName; }
    /** The same random numbers for SQLite (WAL salts, rowids) from here on: for runs that must repeat. Process-wide. */
    static void seedEngine(std::uint32_t seed);

    struct State;

private:
    std::unique_ptr<State> m_state;
    std::string m_vfsName;
};

} // namespace zhicha::test
