#include "tests/support/sim_disk.h"

#include <algorithm>
#include <set>

namespace zhicha::test {

namespace {
Error crashedError() {
    return fail(Code::DiskError, "crashed");
}
} // namespace

class SimDisk::File final : public DiskFile {
public:
    File(SimDisk &disk, NodePtr node, bool writable)
        : m_disk(disk), m_node(std::move(node)), m_epoch(disk.m_epoch), m_writable(writable) {}

    Status writeAt(std::uint64_t offset, ByteView bytes) override {
        const std::scoped_lock lock(m_disk.m_mutex);
        ZHICHA_TRY(changingFile());
        ZHICHA_TRY(m_disk.grow(m_node->bytes.size(), offset + bytes.size()));
        m_disk.write(*m_node, offset, bytes);
        return m_disk.m_crashed ? Status(crashedError()) : Status();
    }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::uint8_t> out) override {
        const std::scoped_lock lock(m_disk.m_mutex);
        ZHICHA_TRY(m_disk.reading());
        ZHICHA_TRY(alive());
        if (offset >= m_node->bytes.size())
            return std::size_t{0};
        const std::size_t got = std::min<std::size_t>(out.size(), m_node->bytes.size() - offset);
        std::copy_n(m_node->bytes.begin() + static_cast<std::ptrdiff_t>(offset), got, out.begin());
        return got;
    }
    Result<std::uint64_t> size() override {
        const std::scoped_lock lock(m_disk.m_mutex);
        ZHICHA_TRY(alive());
        return m_node->bytes.size();
    }
    Status truncate(std::uint64_t size) override {
        const std::scoped_lock lock(m_disk.m_mutex);
        ZHICHA_TRY(changingFile());
        ZHICHA_TRY(m_disk.grow(m_node->bytes.size(), size));
        m_disk.resize(*m_node, size);
        return m_disk.m_crashed ? Status(crashedError()) : Status();
    }
    Status sync() override {
        const std::scoped_lock lock(m_disk.m_mutex);
        if (Status status = changingFile(); !status) {
            m_syncFailed = true;
            return status;
        }
        if (m_disk.m_crashed) // in the middle of it: restart() decides what arrived
            return crashedError();
        ++m_disk.m_syncs;
        m_node->before.clear();
        m_node->durableSize = m_node->bytes.size();
        return {};
    }

private:
    Status alive() const { return m_disk.m_crashed || m_epoch != m_disk.m_epoch ? Status(crashedError()) : Status(); }
    Status changingFile() {
        ZHICHA_TRY(alive());
        if (!m_writable)
            return fail(Code::DiskError, "opened for reading");
        if (m_syncFailed)
            return fail(Code::DiskError, "an earlier sync failed");
        return m_disk.changing();
    }
    SimDisk &m_disk;
    NodePtr m_node;
    std::uint64_t m_epoch;
    bool m_writable, m_syncFailed = false;
};

// On the call at which the crash is set, the change is still made (unsynced), then the call fails: whether it counts is
// for the power cut to decide.
Status SimDisk::changing() {
    if (m_crashed)
        return crashedError();
    if (m_hook)
        m_hook([this](PowerCut cut, std::uint64_t seed) { return copyAfter(cut, seed); });
    ++m_calls;
    if (m_calls == m_failAt)
        return fail(Code::DiskError, "a fault at call " + std::to_string(m_calls));
    m_crashed = m_calls == m_crashAt;
    return {};
}

Status SimDisk::reading() const {
    if (m_crashed)
        return crashedError();
    return m_failReads ? Status(fail(Code::DiskError, "a fault while reading")) : Status();
}

std::uint64_t SimDisk::random() { // splitmix64
    std::uint64_t x = m_seed += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

Status SimDisk::grow(std::uint64_t from, std::uint64_t to) {
    if (!m_room || to <= from)
        return {};
    if (to - from > *m_room)
        return fail(Code::DiskFull, "no room", Retry::AfterUser);
    *m_room -= to - from;
    return {};
}

void SimDisk::touch(Node &node, std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t sector = first / kSector; sector * kSector < last; ++sector) {
        // Beyond the durable size there is nothing to come back to: zeros.
        auto [entry, isNew] = node.before.try_emplace(sector);
        const std::uint64_t at = sector * kSector;
        if (isNew && at < node.bytes.size())
            std::copy_n(node.bytes.begin() + static_cast<std::ptrdiff_t>(at),
                        std::min<std::uint64_t>(kSector, node.bytes.size() - at), entry->second.begin());
    }
}

void SimDisk::write(Node &node, std::uint64_t offset, ByteView bytes) {
    if (bytes.empty())
        return;
    const std::uint64_t end = offset + bytes.size();
    touch(node, offset, end);
    if (end > node.bytes.size())
        node.bytes.resize(static_cast<std::size_t>(end));
    std::copy(bytes.begin(), bytes.end(), node.bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

void SimDisk::resize(Node &node, std::uint64_t size) {
    touch(node, std::min<std::uint64_t>(size, node.bytes.size()), std::max<std::uint64_t>(size, node.bytes.size()));
    node.bytes.resize(static_cast<std::size_t>(size));
}

void SimDisk::cutPower(Node &node, PowerCut cut) {
    if (cut != PowerCut::KeepAll) {
        const bool lose = cut == PowerCut::LoseAll;
        const std::uint64_t size = lose || random() % 2 == 0 ? node.durableSize : node.bytes.size();
        const std::uint64_t longest = std::max<std::uint64_t>(node.bytes.size(), node.durableSize);
        node.bytes.resize(static_cast<std::size_t>(longest));
        std::uint64_t torn =
            cut == PowerCut::TornSector && !node.before.empty() ? random() % node.before.size() : node.before.size();
        for (const auto &[sector, old] : node.before) {
            const bool inside = torn-- == 0;
            if (!lose && !inside && random() % 2 == 0)
                continue;
            const std::uint64_t at = sector * kSector;
            if (at >= longest)
                continue;
            const std::uint64_t whole = std::min<std::uint64_t>(kSector, longest - at);
            // The middle of a sector: the head of the disk was somewhere in it.
            const std::uint64_t from = inside && random() % 2 == 0 ? random() % whole : 0;
            const std::uint64_t upto = inside && from == 0 ? random() % whole : whole;
            std::copy(old.begin() + static_cast<std::ptrdiff_t>(from), old.begin() + static_cast<std::ptrdiff_t>(upto),
                      node.bytes.begin() + static_cast<std::ptrdiff_t>(at + from));
        }
        node.bytes.resize(static_cast<std::size_t>(size));
    }
    node.before.clear();
    node.durableSize = node.bytes.size();
}

std::unique_ptr<SimDisk> SimDisk::copyAfter(PowerCut cut, std::uint64_t seed) const {
    auto copy = std::make_unique<SimDisk>(seed);
    std::map<const Node *, NodePtr> copies; // one file may have two names, or one that is not durable yet
    const auto nodeOf = [&](const NodePtr &node) {
        NodePtr &there = copies[node.get()];
        if (node && !there)
            there = std::make_shared<Node>(*node);
        return there;
    };
    for (const auto &[path, folder] : m_folders) {
        Folder &there = copy->m_folders[path];
        for (const auto &[name, node] : folder.now)
            there.now[name] = nodeOf(node);
        for (const auto &[name, node] : folder.durable)
            there.durable[name] = nodeOf(node);
        for (const Change &change : folder.unsynced) {
            Change &made = there.unsynced.emplace_back();
            for (const auto &[name, node] : change.names)
                made.names.emplace_back(name, nodeOf(node));
        }
    }
    copy->restart(cut);
    return copy;
}

void SimDisk::restart(PowerCut cut) {
    const std::scoped_lock lock(m_mutex);
    std::set<Node *> done;
    for (auto &[path, folder] : m_folders) {
        if (cut != PowerCut::KeepAll) {
            const std::size_t kept = cut == PowerCut::LoseAll ? 0 : random() % (folder.unsynced.size() + 1);
            folder.now = folder.durable;
            for (std::size_t i = 0; i < kept; ++i)
                for (const auto &[name, node] : folder.unsynced[i].names) {
                    if (node)
                        folder.now[name] = node;
                    else
                        folder.now.erase(name);
                }
        }
        folder.unsynced.clear();
        folder.durable = folder.now;
        for (auto &[name, node] : folder.now)
            if (done.insert(node.get()).second)
                cutPower(*node, cut);
    }
    m_crashed = false;
    m_crashAt = m_failAt = 0;
    ++m_epoch;
}

void SimDisk::replace() {
    restart(PowerCut::KeepAll);
    const std::scoped_lock lock(m_mutex);
    m_folders = {{"", {}}};
    m_room.reset();
}

SimDisk::Folder *SimDisk::folderFor(const std::string &path, std::string &name) {
    const std::size_t slash = path.rfind('/');
    name = slash == std::string::npos ? path : path.substr(slash + 1);
    const auto found = m_folders.find(slash == std::string::npos ? "" : path.substr(0, slash));
    return found == m_folders.end() || name.empty() ? nullptr : &found->second;
}

SimDisk::NodePtr SimDisk::find(const std::string &path) {
    std::string name;
    Folder *folder = folderFor(path, name);
    if (folder == nullptr)
        return nullptr;
    const auto found = folder->now.find(name);
    return found == folder->now.end() ? nullptr : found->second;
}

void SimDisk::change(Folder &folder, Change change) {
    for (const auto &[name, node] : change.names) {
        if (node)
            folder.now[name] = node;
        else
            folder.now.erase(name);
    }
    folder.unsynced.push_back(std::move(change));
}

Result<std::unique_ptr<DiskFile>> SimDisk::open(const std::string &path, Open mode) {
    const std::scoped_lock lock(m_mutex);
    if (m_crashed)
        return crashedError();
    NodePtr node = find(path);
    if (!node) {
        std::string name;
        Folder *folder = folderFor(path, name);
        if (mode != Open::Create || folder == nullptr)
            return fail(Code::NotFound, "no file " + path);
        ZHICHA_TRY(changing());
        node = std::make_shared<Node>();
        change(*folder, {{{name, node}}});
        if (m_crashed)
            return crashedError();
    }
    return std::unique_ptr<DiskFile>(std::make_unique<File>(*this, node, mode != Open::Read));
}

Status SimDisk::rename(const std::string &from, const std::string &to) {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(changing());
    std::string oldName, newName;
    Folder *source = folderFor(from, oldName), *target = folderFor(to, newName);
    const NodePtr node = find(from);
    if (!node || target == nullptr)
        return fail(Code::NotFound, "no file " + from);
    if (source == target) {
        change(*source, {{{newName, node}, {oldName, nullptr}}});
    } else {
        change(*target, {{{newName, node}}});
        change(*source, {{{oldName, nullptr}}});
    }
    return m_crashed ? Status(crashedError()) : Status();
}

Status SimDisk::remove(const std::string &path) {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(changing());
    std::string name;
    Folder *folder = folderFor(path, name);
    if (!find(path))
        return fail(Code::NotFound, "no file " + path);
    change(*folder, {{{name, nullptr}}});
    return m_crashed ? Status(crashedError()) : Status();
}

bool SimDisk::exists(const std::string &path) {
    const std::scoped_lock lock(m_mutex);
    return !m_crashed && (find(path) || m_folders.contains(path));
}

// Folders are durable at once: Disk::makeFolder owes that, and the product has no other way to make one.
Status SimDisk::makeFolder(const std::string &path) {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(changing());
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
        m_folders[path.substr(0, end)];
        if (end == std::string::npos)
            break;
    }
    return m_crashed ? Status(crashedError()) : Status();
}

Status SimDisk::syncFolder(const std::string &path) {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(changing());
    const auto found = m_folders.find(path);
    if (found == m_folders.end())
        return fail(Code::NotFound, "no folder " + path);
    if (m_crashed)
        return crashedError();
    ++m_syncs;
    // Only what changed: a folder of a million names must not be copied for each of them.
    for (const Change &made : found->second.unsynced)
        for (const auto &[name, node] : made.names) {
            if (node)
                found->second.durable[name] = node;
            else
                found->second.durable.erase(name);
        }
    found->second.unsynced.clear();
    return {};
}

Result<std::vector<std::string>> SimDisk::list(const std::string &folder) {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(reading());
    const auto found = m_folders.find(folder);
    if (found == m_folders.end())
        return fail(Code::NotFound, "no folder " + folder);
    std::vector<std::string> names;
    for (const auto &[name, node] : found->second.now)
        names.push_back(name);
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (const auto &[path, ignored] : m_folders)
        if (path.size() > prefix.size() && path.starts_with(prefix) &&
            path.find('/', prefix.size()) == std::string::npos)
            names.push_back(path.substr(prefix.size()));
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::uint64_t> SimDisk::freeBytes() {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(reading());
    return m_room.value_or(std::uint64_t{1} << 40);
}

void SimDisk::flipBit(const std::string &path, std::uint64_t byte, int bit) {
    const std::scoped_lock lock(m_mutex);
    if (const NodePtr node = find(path); node && byte < node->bytes.size())
        node->bytes[static_cast<std::size_t>(byte)] ^= static_cast<std::uint8_t>(1u << bit);
}

Bytes SimDisk::content(const std::string &path) {
    const std::scoped_lock lock(m_mutex);
    const NodePtr node = find(path);
    return node ? node->bytes : Bytes();
}

} // namespace zhicha::test
