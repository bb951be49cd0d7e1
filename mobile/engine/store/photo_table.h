#pragma once
// Photos and previews on this tablet: their keys, files, and how far each is at the office.
#include "mobile/engine/store/sql.h"
#include "shared/base/ids.h"
#include "shared/crypto/box.h"

namespace zhicha {

enum class PhotoState : std::uint8_t {
    Capturing, ///< the key stands; the file may or may not be whole, no operation names it yet
    Waiting,   ///< on the tablet; to be sent (or being sent)
    Sent,      ///< every byte is at the office; its word (photos.received) was not pulled yet
    Delivered, ///< photos.received was pulled in a run that verifies (a preview: every byte was taken)
    Parked,    ///< does not go: visible, never blocks the others
};
[[nodiscard]] std::string_view photoStateName(PhotoState state);

struct PhotoRecord {
    Digest digest{};
    bool preview = false;
    Uuid check;
    std::int64_t size = 0;
    std::string type;
    SecretKey key{};
    std::string file; ///< path on the store's Disk
    PhotoState state = PhotoState::Capturing;
    std::int64_t sentBytes = 0; ///< what the office said that it holds
    std::int64_t mismatches = 0;
    std::string problem; ///< code of the problem table; empty = none
    std::int64_t addedMs = 0;
    std::int64_t seq = 0; ///< of the own operation that names it first; 0 while there is none
    [[nodiscard]] bool erased() const { return file.empty(); } ///< by two officers: neither key nor file is left
};

/** Threads: the store's. */
class PhotoTable {
public:
    explicit PhotoTable(Sql &sql) : m_sql(sql) {}
    Status add(const PhotoRecord &photo);
    Result<std::optional<PhotoRecord>> find(const Digest &digest);
    Status update(const PhotoRecord &photo);    ///< everything but the bytes' own: state, progress, place
    Status erase(const Digest &digest);         ///< the key and the name of the file go; the row says that it was
    Status removeCapture(const Digest &digest); ///< only while Capturing
    Result<std::vector<PhotoRecord>> all();
    Result<std::vector<PhotoRecord>> ofCheck(const Uuid &check);
    Result<std::vector<PhotoRecord>> withProblem(); ///< the oldest first
    Result<std::vector<PhotoRecord>> inState(PhotoState state);
    /** The next one to send whose operation is acknowledged: previews first, then the oldest; none in `skip`. */
    Result<std::optional<PhotoRecord>> nextWaiting(std::int64_t acknowledged, const std::vector<Digest> &skip);
    /** A new origin: every original that was there is asked for again. */
    Status askAgain();

private:
    Sql &m_sql;
};

} // namespace zhicha
