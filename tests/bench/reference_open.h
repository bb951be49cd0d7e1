/* Put before ../shared/bench/sqlite.cpp by the compiler: its database gets the cipher and the pragmas of ours, so that
 * the two baselines differ in nothing but who wrote them. */
#pragma once
#include <sqlite3.h>

static inline int openAsZhicha(const char *path, sqlite3 **db) {
    const int code = sqlite3_open(path, db);
    if (code != SQLITE_OK)
        return code;
    const unsigned char key[36] = {'r', 'a', 'w', ':', 1, 2, 3};
    if (const int keyed = sqlite3_key_v2(*db, "main", key, sizeof key); keyed != SQLITE_OK)
        return keyed;
    return sqlite3_exec(
        *db,
        "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
        "PRAGMA cache_size=-16384; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=" ZHICHA_CHECKPOINT_PAGES,
        nullptr, nullptr, nullptr);
}
#define sqlite3_open openAsZhicha
