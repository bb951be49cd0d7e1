#pragma once
// A history as its participants saw it, judged in Jepsen's manner: what was written, what was told, what was read when.
// Knows nothing of stores, folds or the office: only what people could swear to.
#include "shared/base/ids.h"

#include <map>
#include <string>
#include <vector>

namespace zhicha::test {

/** Owner: one history. Time counts in steps: every note is later than the one before. */
class Observed {
public:
    using Key = std::pair<Uuid, std::int64_t>; ///< a device and its sequence

    /** A person was told "saved". `check` = the one that it belongs to, if it was born into one. */
    void saved(const Uuid &device, std::int64_t seq, const Digest &d, const std::optional<Uuid> &check);
    /** A person was told that the office has everything up to here. */
    void acknowledged(const Uuid &device, std::int64_t upto);
    /** A reader asks for what is new: whatever was acknowledged before is to be in what it then sees. */
    void asked(const Uuid &reader);
    /** The office was restored from something older. What was acknowledged is to be in the log at the end all the same;
     *  a reader need not see it before it is acknowledged again. */
    void restored();
    /** The reader has everything that it may see, it says; these of this check it does see. */
    void read(const Uuid &reader, const Uuid &check, const std::vector<Key> &seen);
    /** One operation in the office's log, at the end; called once for each place that it has there. */
    void found(const Uuid &device, std::int64_t seq, const Digest &d);

    /** Words that begin with what went wrong: "lost", "duplicated", "invented", "stale". Empty = nothing. */
    [[nodiscard]] std::vector<std::string> judge() const;

private:
    struct Write {
        Digest d{};
        std::optional<Uuid> check;
        std::int64_t acknowledgedAt = 0; ///< 0 = not by the office as it is now
        bool promised = false;           ///< acknowledged at any time
    };
    struct Place {
        Digest d{};
        int times = 0;
    };
    std::map<Key, Write> m_writes;
    std::map<Key, std::vector<Place>> m_found;
    std::map<Uuid, std::int64_t> m_upto, m_askedAt;
    std::map<Uuid, std::vector<Key>> m_ofCheck;
    std::map<std::pair<Uuid, Uuid>, std::vector<Key>> m_seen; ///< reader and check: the last read
    std::vector<std::string> m_stale;
    std::int64_t m_step = 0;
};

} // namespace zhicha::test
