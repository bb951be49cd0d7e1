#pragma once
// What 查档 searches in: the words of this tablet's checks, read piece by piece and kept up to date.
#include "mobile/engine/store/local_store.h"

#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace zhicha {

/** Shared without copying. */
struct SearchIndex {
    struct Entry {
        QString check;
        QString site;
        std::int64_t atMs = 0;
        int stamp = 0;
        bool finished = false;
        bool returned = false;
        bool grave = false;
        QStringList lines; ///< site, numbers and titles of items, findings, notes, answers' notes
    };
    std::vector<std::shared_ptr<const Entry>> entries; ///< the newest first
    bool complete = false;                             ///< false: older checks are still being read
};

/** Threads: the store's. The newest checks come first; afterwards only what changed is read again. */
class SearchReader {
public:
    struct Piece {
        std::shared_ptr<const SearchIndex> index; ///< null: nothing new to show yet
        bool more = false;                        ///< another piece is to be asked for
    };
    /** Reads a few checks, so that whoever records waits no longer than for those. */
    Result<Piece> piece(LocalStore &store);

private:
    Status takeChanges(LocalStore &store);
    Status readOne(LocalStore &store, const Uuid &check);

    ChangeMark m_mark;
    std::set<Uuid, std::greater<>> m_pending;
    std::set<Uuid> m_drafted; ///< checks with a draft: it changes without a record
    std::map<Uuid, std::shared_ptr<const SearchIndex::Entry>, std::greater<>> m_entries;
    std::size_t m_shown = 0;
};

} // namespace zhicha
