#pragma once
// Times, lengths and sizes as the screens write them (design 9 "Type"): 24 hours, no-break spaces, one unit.
#include <QString>

#include <cstdint>
#include <string_view>

namespace zhicha::text {

/** All take ms UTC and show the tablet's own offset. 0 = never: "—". */
[[nodiscard]] QString clock(std::int64_t ms);        ///< 14:02
[[nodiscard]] QString clockSeconds(std::int64_t ms); ///< 14:02:07
[[nodiscard]] QString day(std::int64_t ms);          ///< 11月24日
[[nodiscard]] QString dayAndYear(std::int64_t ms);   ///< 2026年11月24日
[[nodiscard]] QString weekday(std::int64_t ms);
/** 今日, 昨日, or the day. */
[[nodiscard]] QString nearDay(std::int64_t ms, std::int64_t nowMs);
/** 14:02 of today, else with its day. */
[[nodiscard]] QString when(std::int64_t ms, std::int64_t nowMs);
/** 2 分 40 秒, 3 小时 58 分, 6 天. Never negative. */
[[nodiscard]] QString duration(std::int64_t ms);
[[nodiscard]] QString distance(std::int64_t mm); ///< 38 米, 1.2 千米
[[nodiscard]] QString size(std::int64_t bytes);  ///< 420 MB, 1.9 GB
/** An official day, YYYY-MM-DD, as 11月20日; the year too if it is another than this one's. Empty stays empty. */
[[nodiscard]] QString officialDay(std::string_view day, std::int64_t nowMs);
/** 34.77512° N 111.18834° E; 1e-7 degrees. */
[[nodiscard]] QString place(std::int64_t lat, std::int64_t lon);
[[nodiscard]] QString grouped(std::string_view hex); ///< its first twelve digits, in groups of four
[[nodiscard]] QString fromUtf8(std::string_view utf8);

} // namespace zhicha::text
