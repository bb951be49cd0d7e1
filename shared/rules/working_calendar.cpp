#include "shared/rules/working_calendar.h"

#include "shared/base/plant.h"
#include "shared/rules/rules_data.h"

#include <algorithm>

namespace zhicha::rules {

namespace {
Error wrongLine(std::size_t line, std::string_view why) {
    return fail(Code::InvalidArgument, "line " + std::to_string(line) + ": " + std::string(why));
}
constexpr std::size_t kMaxCalendarBytes = 4u << 20;
} // namespace

Result<std::vector<WorkingCalendar::Exception>> WorkingCalendar::readCsv(std::string_view csv) {
    if (csv.size() > kMaxCalendarBytes)
        return fail(Code::TooLarge,
                    "a holiday table takes at most " + std::to_string(kMaxCalendarBytes >> 20) + " MiB");
    if (csv.starts_with("\xef\xbb\xbf"))
        csv.remove_prefix(3); // as spreadsheets write it
    std::vector<Exception> days;
    std::size_t number = 0;
    while (!csv.empty()) {
        std::string_view line = csv.substr(0, csv.find('\n'));
        csv.remove_prefix(std::min(csv.size(), line.size() + 1));
        ++number;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (number == 1) {
            if (line != "date,kind,name")
                return wrongLine(1, "not the heading date,kind,name");
            continue;
        }
        if (line.empty())
            continue;
        const auto day = dayFromText(line.substr(0, line.find(',')));
        if (!day)
            return wrongLine(number, "does not begin with a day (YYYY-MM-DD)");
        const std::string_view rest = line.size() > 10 ? line.substr(11) : std::string_view();
        const std::string_view kind = rest.substr(0, rest.find(','));
        if (kind != "rest" && kind != "work")
            return wrongLine(number, "the kind is neither rest nor work");
        days.push_back({*day, kind == "work"});
    }
    if (days.empty())
        return fail(Code::InvalidArgument, "the holiday table names no day");
    std::stable_sort(days.begin(), days.end(), [](const Exception &a, const Exception &b) { return a.day < b.day; });
    for (std::size_t i = 1; i < days.size(); ++i)
        if (days[i].day == days[i - 1].day)
            return fail(Code::InvalidArgument, dayText(days[i].day) + " stands twice in the holiday table");
    return days;
}

Result<WorkingCalendar> WorkingCalendar::fromCsv(std::string_view csv) {
    WorkingCalendar calendar;
    ZHICHA_ASSIGN(calendar.m_exceptions, readCsv(csv));
    calendar.build();
    return calendar;
}

Result<WorkingCalendar> WorkingCalendar::with(std::string_view newerCsv) const {
    WorkingCalendar calendar;
    ZHICHA_ASSIGN(calendar.m_exceptions, readCsv(newerCsv));
    const std::size_t newer = calendar.m_exceptions.size();
    for (const Exception &mine : m_exceptions) {
        const auto end = calendar.m_exceptions.begin() + static_cast<std::ptrdiff_t>(newer);
        const auto at = std::lower_bound(calendar.m_exceptions.begin(), end, mine.day,
                                         [](const Exception &a, Day day) { return a.day < day; });
        if (at == end || at->day != mine.day)
            calendar.m_exceptions.push_back(mine);
    }
    std::sort(calendar.m_exceptions.begin(), calendar.m_exceptions.end(),
              [](const Exception &a, const Exception &b) { return a.day < b.day; });
    calendar.build();
    return calendar;
}

void WorkingCalendar::build() {
    m_firstYear = yearOf(m_exceptions.front().day);
    const int lastYear = yearOf(m_exceptions.back().day);
    m_years.assign(static_cast<std::size_t>(lastYear - m_firstYear) + 1, false);
    for (const Exception &exception : m_exceptions)
        m_years[static_cast<std::size_t>(yearOf(exception.day) - m_firstYear)] = true;
    m_firstDay = firstOfYear(m_firstYear);
    const Day end = firstOfYear(lastYear + 1);
    m_until.assign(static_cast<std::size_t>(end - m_firstDay) + 1, 0);
    auto exception = m_exceptions.begin();
    for (Day day = m_firstDay; day < end; ++day) {
        const bool named = exception != m_exceptions.end() && exception->day == day;
        const bool work = named && !plant("rules_weekends_alone") ? exception->work : !isWeekend(day);
        const auto at = static_cast<std::size_t>(day - m_firstDay);
        m_until[at + 1] = m_until[at] + (work ? 1 : 0);
        exception += named ? 1 : 0;
    }
}

const WorkingCalendar &WorkingCalendar::compiledIn() {
    static const WorkingCalendar *calendar = [] {
        auto read = fromCsv(publicHolidaysText());
        ZHICHA_CHECK(read.has_value());
        return new WorkingCalendar(*std::move(read));
    }();
    return *calendar;
}

bool WorkingCalendar::hasYear(int year) const {
    const std::int64_t at = std::int64_t{year} - m_firstYear;
    return at >= 0 && at < static_cast<std::int64_t>(m_years.size()) && m_years[static_cast<std::size_t>(at)];
}

bool WorkingCalendar::isWorkday(Day day) const {
    const auto at = static_cast<std::size_t>(day - m_firstDay);
    return m_until[at + 1] > m_until[at];
}

WorkingCalendar::Counted<Day> WorkingCalendar::workdaysBefore(Day day, int workdays) const {
    while (workdays > 0) {
        day = day - 1;
        if (!hasYear(yearOf(day)))
            return {day, yearOf(day)};
        workdays -= isWorkday(day) ? 1 : 0;
    }
    return {day, std::nullopt};
}

WorkingCalendar::Counted<std::optional<Day>> WorkingCalendar::workdaysAfter(Day day, int workdays, Day until) const {
    while (workdays > 0) {
        if (day >= until)
            return {std::nullopt, std::nullopt};
        ++day;
        if (!hasYear(yearOf(day)))
            return {std::nullopt, yearOf(day)};
        workdays -= isWorkday(day) ? 1 : 0;
    }
    return {day, std::nullopt};
}

WorkingCalendar::Counted<int> WorkingCalendar::workdaysBetween(Day day, Day until) const {
    if (until <= day)
        return {0, std::nullopt};
    for (int year = yearOf(day + 1); year <= yearOf(until); ++year)
        if (!hasYear(year))
            return {0, year};
    const auto after = static_cast<std::size_t>(day + 1 - m_firstDay);
    const auto end = static_cast<std::size_t>(until + 1 - m_firstDay);
    return {m_until[end] - m_until[after], std::nullopt};
}

} // namespace zhicha::rules
