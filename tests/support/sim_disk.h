#pragma once
// A disk in memory that forgets like a real one: for crash tests and the simulation.
#include "shared/base/disk.h"

#include <functional>
#include <map>
#include <mutex>

namespace zhicha::test {

/** What a power cut leaves of writes that no sync covered. */
enum class PowerCut {
    LoseAll,    ///< nothing: the file is as at its last sync, folder entries as at the last syncFolder
    Torn,       ///< each 512-byte sector is the old or the new one; of each folder's changes a prefix survives (seeded)
    TornSector, ///< like Torn, and one of the sectors is old at its beginning and new at its end, or the other way
    KeepAll,    ///< everything: what a killed process leaves
};

/** Model: a file's bytes are durable by DiskFile::sync, its name by syncFolder; both independently. A size that grew
 *  survives in Torn with probability 1/2, the bytes of lost sectors being zero (or what they were).
 *  Calls that change something are counted from 1; faults are set by that number. After a crash every call fails with
 *  DiskError ("crashed") until restart(), which applies the power cut and makes the files that were open useless.
 *  Threads: any. Cost: a few hundred nanoseconds a call, plus the copying. */
class SimDisk final : public Disk {
public:
    explicit SimDisk(std::uint64_t seed = 1) : m_seed(seed) {}

    // Faults
    void crashAtCall(std::uint64_t number) { m_crashAt = number; } ///< 0: never. The call itself may or may not count
    void failCall(std::uint64_t number) { m_failAt = number; }     ///< that call answers DiskError and does nothing
    void failReads(bool on) { m_failReads = on; }
    /** Only so many more bytes fit; DiskFull beyond. */
    void limitGrowth(std::optional<std::uint64_t> bytes) { m_room = bytes; }
    void crashNow() { m_crashed = true; }
    void restart(PowerCut cut);
    /** Another disk stands in its place: empty, and without the faults that were set. */
    void replace();
    [[nodiscard]] std::uint64_t calls() const { return m_calls; }
    [[nodiscard]] std::uint64_t syncs() const { return m_syncs; }
    [[nodiscard]] bool crashed() const { return m_crashed; }
    /** Flips one bit of a file, as a bad medium would. */
    void flipBit(const std::string &path, std::uint64_t byte, int bit);
    [[nodiscard]] Bytes content(const std::string &path);

    /** The disk as a power cut at this moment would leave it. */
    [[nodiscard]] std::unique_ptr<SimDisk> copyAfter(PowerCut cut, std::uint64_t seed) const;
    /** Makes the disk as a power cut at this very moment would leave it, for another process to open. */
    using ImageMaker = std::function<std::unique_ptr<SimDisk>(PowerCut, std::uint64_t seed)>;
    /** Called before each call that changes something. It must touch nothing of this disk but through the maker. */
    void beforeEachChange(std::function<void(const ImageMaker &)> hook) { m_hook = std::move(hook); }

    // Disk
    Result<std::unique_ptr<DiskFile>> open(const std::string &path, Open mode) override;
    Status rename(const std::string &from, const std::string &to) override;
    Status remove(const std::string &path) override;
    bool exists(const std::string &path) override;
    Status makeFolder(const std::string &path) override;
    Status syncFolder(const std::string &path) override;
    Result<std::vector<std::string>> list(const std::string &folder) override;
    Result<std::uint64_t> freeBytes() override;

private:
    static constexpr std::size_t kSector = 512;
    struct Node { ///< one file
        Bytes bytes;
        std::uint64_t durableSize = 0;
        std::map<std::uint64_t, std::array<std::uint8_t, kSector>> before; ///< sectors written since the last sync
    };
    using NodePtr = std::shared_ptr<Node>;
    struct Change { ///< names set (or, with null, removed) together
        std::vector<std::pair<std::string, NodePtr>> names;
    };
    struct Folder {
        std::map<std::string, NodePtr> now, durable;
        std::vector<Change> unsynced;
    };
    class File;

    Status changing(); ///< counts the call and applies the faults
    Status reading() const;
    std::uint64_t random();
    NodePtr find(const std::string &path);
    Folder *folderFor(const std::string &path, std::string &name);
    void change(Folder &folder, Change change);
    void write(Node &node, std::uint64_t offset, ByteView bytes);
    void resize(Node &node, std::uint64_t size);
    void touch(Node &node, std::uint64_t first, std::uint64_t last);
    void cutPower(Node &node, PowerCut cut);
    Status grow(std::uint64_t from, std::uint64_t to);

    mutable std::mutex m_mutex;
    std::uint64_t m_seed;
    std::uint64_t m_calls = 0, m_syncs = 0, m_crashAt = 0, m_failAt = 0, m_epoch = 0;
    bool m_crashed = false, m_failReads = false;
    std::optional<std::uint64_t> m_room;
    std::function<void(const ImageMaker &)> m_hook;
    std::map<std::string, Folder> m_folders{{"", {}}};
};

} // namespace zhicha::test
