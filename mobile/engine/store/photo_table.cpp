#include "mobile/engine/store/photo_table.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::string_view kStates[] = {"capturing", "waiting", "sent", "delivered", "parked"};

Result<PhotoRecord> photoAt(const Statement &row) {
    PhotoRecord photo;
    const auto digest = row.fixed<32>(0);
    const auto check = uuidFromBytes(row.blob(2));
    const auto key = row.fixed<32>(5);
    const auto *state = std::find(std::begin(kStates), std::end(kStates), row.text(7));
    if (!digest || !check || !key || state == std::end(kStates))
        return fail(Code::StoreDamaged, "a photo's row does not decode");
    photo.digest = *digest;
    photo.preview = row.integer(1) != 0;
    photo.check = *check;
    photo.size = row.integer(3);
    photo.type = row.text(4);
    photo.key = *key;
    photo.file = row.text(6);
    photo.state = static_cast<PhotoState>(state - std::begin(kStates));
    photo.sentBytes = row.integer(8);
    photo.mismatches = row.integer(9);
    photo.problem = row.text(10);
    photo.addedMs = row.integer(11);
    photo.seq = row.integer(12);
    return photo;
}

Result<std::vector<PhotoRecord>> collect(Statement &statement) {
    std::vector<PhotoRecord> out;
    ZHICHA_TRY(statement.forEach([&](const Statement &row) -> Status {
        ZHICHA_ASSIGN(PhotoRecord photo, photoAt(row));
        out.push_back(std::move(photo));
        return {};
    }));
    return out;
}
} // namespace

std::string_view photoStateName(PhotoState state) {
    return kStates[static_cast<std::size_t>(state)];
}

Status PhotoTable::add(const PhotoRecord &photo) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT INTO photos(digest, preview, check_id, size, type, key, file, "
                                               "state, added_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    return write->bind(1, photo.digest)
        .bind(2, photo.preview ? 1 : 0)
        .bind(3, photo.check.view())
        .bind(4, photo.size)
        .bind(5, photo.type)
        .bind(6, photo.key)
        .bind(7, photo.file)
        .bind(8, photoStateName(photo.state))
        .bind(9, photo.addedMs)
        .run();
}

Result<std::optional<PhotoRecord>> PhotoTable::find(const Digest &digest) {
    ZHICHA_ASSIGN(Statement * select, m_sql.get("SELECT * FROM photos WHERE digest = ?1"));
    const ScopedReset done(*select);
    select->bind(1, digest);
    ZHICHA_ASSIGN(const bool found, select->step());
    if (!found)
        return std::optional<PhotoRecord>();
    ZHICHA_ASSIGN(PhotoRecord photo, photoAt(*select));
    return std::optional(std::move(photo));
}

Status PhotoTable::update(const PhotoRecord &photo) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("UPDATE photos SET state = ?2, sent_bytes = ?3, mismatches = ?4, "
                                               "problem = ?5, check_id = ?6, preview = ?7, seq = ?8 "
                                               "WHERE digest = ?1"));
    return write->bind(1, photo.digest)
        .bind(2, photoStateName(photo.state))
        .bind(3, photo.sentBytes)
        .bind(4, photo.mismatches)
        .bind(5, photo.problem)
        .bind(6, photo.check.view())
        .bind(7, photo.preview ? 1 : 0)
        .bind(8, photo.seq)
        .run();
}

Status PhotoTable::erase(const Digest &digest) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("UPDATE photos SET key = zeroblob(32), file = '', state = 'delivered', "
                                               "sent_bytes = size, problem = '' WHERE digest = ?1"));
    return write->bind(1, digest).run();
}

Status PhotoTable::removeCapture(const Digest &digest) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("DELETE FROM photos WHERE digest = ?1 AND state = 'capturing'"));
    return write->bind(1, digest).run();
}

Result<std::vector<PhotoRecord>> PhotoTable::all() {
    ZHICHA_ASSIGN(Statement * select, m_sql.get("SELECT * FROM photos ORDER BY added_ms, preview DESC, digest"));
    return collect(*select);
}

Result<std::vector<PhotoRecord>> PhotoTable::ofCheck(const Uuid &check) {
    ZHICHA_ASSIGN(Statement * select, m_sql.get("SELECT * FROM photos WHERE check_id = ?1 ORDER BY added_ms, digest"));
    select->bind(1, check.view());
    return collect(*select);
}

Result<std::vector<PhotoRecord>> PhotoTable::withProblem() {
    ZHICHA_ASSIGN(Statement * select, m_sql.get("SELECT * FROM photos WHERE problem != '' ORDER BY added_ms, digest"));
    return collect(*select);
}

Result<std::vector<PhotoRecord>> PhotoTable::inState(PhotoState state) {
    ZHICHA_ASSIGN(Statement * select, m_sql.get("SELECT * FROM photos WHERE state = ?1 "
                                                "ORDER BY preview DESC, added_ms, digest"));
    select->bind(1, photoStateName(state));
    return collect(*select);
}

Result<std::optional<PhotoRecord>> PhotoTable::nextWaiting(std::int64_t acknowledged, const std::vector<Digest> &skip) {
    ZHICHA_ASSIGN(Statement * select, m_sql.get("SELECT * FROM photos WHERE state = 'waiting' AND seq BETWEEN 1 AND ?1 "
                                                "ORDER BY preview DESC, added_ms, digest"));
    const ScopedReset done(*select);
    select->bind(1, acknowledged);
    for (;;) {
        ZHICHA_ASSIGN(const bool found, select->step());
        if (!found)
            return std::optional<PhotoRecord>();
        ZHICHA_ASSIGN(PhotoRecord photo, photoAt(*select));
        if (std::find(skip.begin(), skip.end(), photo.digest) == skip.end())
            return std::optional(std::move(photo));
    }
}

Status PhotoTable::askAgain() {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("UPDATE photos SET state = 'waiting', sent_bytes = 0 "
                                               "WHERE state IN ('sent', 'delivered') AND file != ''"));
    return write->run();
}

} // namespace zhicha
