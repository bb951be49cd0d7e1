#pragma once
// Working days from the State Council's yearly tables: a day is a working day if the table says `work`, or if it is no
// weekend and the table does not say `rest`. A year without a table is never guessed: the count says which it met.
#include "shared/base/result.h"
#include "shared/rules/day.h"

#include <vector>

namespace zhicha::rules {

class WorkingCalendar {
public:
    /** Lines of date,kind,name under that heading; kind is rest or work. InvalidArgument names the line. */
    [[nodiscard]] static Result<WorkingCalendar> fromCsv(std::string_view csv);
    /** The tables that were known when this was built. */
    [[nodiscard]] static const WorkingCalendar &compiledIn();
    /** This calendar with the days of a newer table, which win: its years are added, its days change ours. */
    [[nodiscard]] Result<WorkingCalendar> with(std::string_view newerCsv) const;

    [[nodiscard]] bool hasYear(int year) const;
    /** Of a day whose year has a table. */
    [[nodiscard]] bool isWorkday(Day day) const;

    /** `missingYear`: the first year without a table that the count looked at; then `value` says nothing. */
    template <typename T>
    struct Counted {
        T value{};
        std::optional<int> missingYear;
    };
    /** The day so many working days before; the day itself does not count. */
    [[nodiscard]] Counted<Day> workdaysBefore(Day day, int workdays) const;
    /** The day so many working days after, if it is no later than `until`; nothing after `until` is looked at. */
    [[nodiscard]] Counted<std::optional<Day>> workdaysAfter(Day day, int workdays, Day until) const;
    /** Working days after `day`, up to and including `until`. */
    [[nodiscard]] Counted<int> workdaysBetween(Day day, Day until) const;

private:
    struct Exception {
        Day day;
        bool work = false;
    };
    [[nodiscard]] static Result<std::vector<Exception>> readCsv(std::string_view csv);
    void build();

    std::vector<Exception> m_exceptions; ///< by day, each once
    // Derived: one bit a day and a running count over the span of years from the first table to the last.
    int m_firstYear = 0;
    std::vector<bool> m_years; ///< m_firstYear + i has a table
    Day m_firstDay;
    std::vector<std::int32_t> m_until; ///< working days of the span before day i
};

} // namespace zhicha::rules
