// Goal: fields are read exactly, and nothing that is not what the standard says becomes a number.
// Method: tables of good and bad texts; conversions as a property against plain arithmetic.
#include "mobile/engine/capture/nmea_fields.h"

#include "shared/base/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace zhicha;

TEST(NmeaFields, decimalsAreIntegersAndNothingElseIsANumber) {
    EXPECT_EQ(nmeaDecimal("12.345", 3), 12'345);
    EXPECT_EQ(nmeaDecimal("12.3456789", 3), 12'345);
    EXPECT_EQ(nmeaDecimal("7", 2), 700);
    EXPECT_EQ(nmeaDecimal(".5", 1), 5);
    EXPECT_EQ(nmeaDecimal("5.", 1), 50);
    EXPECT_EQ(nmeaDecimal("999999999.999999999", 9), 999'999'999'999'999'999);
    for (const char *bad : {"", ".", "nan", "inf", "-1", "+1", "1e5", "1.2.3", "0x10", " 1", "1 ", "1,5", "9999999999"})
        EXPECT_FALSE(nmeaDecimal(bad, 3)) << bad;
}

TEST(NmeaFields, timesOfDayHaveTheirRanges) {
    EXPECT_EQ(nmeaTimeOfDay("000000"), 0);
    EXPECT_EQ(nmeaTimeOfDay("074155.799"), 27'715'799);
    EXPECT_EQ(nmeaTimeOfDay("235960.00"), 86'400'000);
    for (const char *bad :
         {"", "12", "240000", "236000", "235961", "12345", "1234567", "12345x", "123456.x", "12-456", "123456,1"})
        EXPECT_FALSE(nmeaTimeOfDay(bad)) << bad;
}

TEST(NmeaFields, datesFollowTheCalendar) {
    EXPECT_EQ(nmeaDate("290224"), daysFromCivil(2024, 2, 29));
    EXPECT_EQ(nmeaDate("311299"), daysFromCivil(1999, 12, 31));
    EXPECT_EQ(nmeaDate("24", "11", "2026"), daysFromCivil(2026, 11, 24));
    for (const char *bad : {"", "290223", "320124", "011324", "000124", "010024", "1124", "0111240", "01112x"})
        EXPECT_FALSE(nmeaDate(bad)) << bad;
    EXPECT_FALSE(nmeaDate("01", "01", "1979"));
    EXPECT_FALSE(nmeaDate("1", "01", "2020"));
    EXPECT_FALSE(nmeaDate("", "", ""));
}

TEST(NmeaFields, placesKeepTheirHemisphere) {
    EXPECT_EQ(nmeaPlace("3114.8770", "N", "12135.2463", "E"), (LatLon{312'479'500, 1'215'874'383}));
    EXPECT_EQ(nmeaPlace("3644.759368", "S", "17444.072860", "E"), (LatLon{-367'459'895, 1'747'345'477}));
    EXPECT_EQ(nmeaPlace("4404.12994", "N", "12118.84613", "W"), (LatLon{440'688'323, -1'213'141'022}));
    EXPECT_EQ(nmeaPlace("3307.4074", "S", "07000.0000", "W"), (LatLon{-331'234'567, -700'000'000}));
    EXPECT_EQ(nmeaPlace("9000.000", "S", "18000.0", "W"), (LatLon{-900'000'000, -1'800'000'000}));
    EXPECT_EQ(nmeaPlace("0000.0000", "S", "00000.0000", "W"), (LatLon{0, 0}));
}

TEST(NmeaFields, brokenPlacesAreNone) {
    const auto lat = [](const char *text) { return nmeaPlace(text, "N", "12135.2463", "E").has_value(); };
    for (const char *bad : {"", "9000.0001", "9100.0", "3160.0000", "314.8770", "03114.8770", "31 4.8770", "-114.8770",
                            "nan", "3114.87e0", "3114,8770"})
        EXPECT_FALSE(lat(bad)) << bad;
    const auto lon = [](const char *text) { return nmeaPlace("3114.8770", "N", text, "E").has_value(); };
    for (const char *bad : {"", "18000.0001", "18100.0", "12160.0", "2135.2463", "112135.2463", "1213x.2463"})
        EXPECT_FALSE(lon(bad)) << bad;
    for (const char *bad : {"", "n", "X", "NS", "E"})
        EXPECT_FALSE(nmeaPlace("3114.8770", bad, "12135.2463", "E")) << bad;
    for (const char *bad : {"", "e", "X", "EW", "N"})
        EXPECT_FALSE(nmeaPlace("3114.8770", "N", "12135.2463", bad)) << bad;
}

TEST(NmeaFields, placesAreRoundedToTheNearestUnit) {
    EXPECT_TRUE(rc::check([] {
        const int degrees = *rc::gen::inRange(0, 90);
        const int minutes = *rc::gen::inRange(0, 60);
        const int fraction = *rc::gen::inRange(0, 10'000'000);
        char text[32];
        std::snprintf(text, sizeof text, "%02d%02d.%07d", degrees, minutes, fraction);
        const double exact = degrees + (minutes + fraction / 1e7) / 60;
        const auto place = nmeaPlace(text, "N", "00000.0", "E");
        RC_ASSERT(place.has_value());
        RC_ASSERT(std::abs(place->lat - exact * 1e7) <= 0.5001);
    }));
}

TEST(NmeaFields, statusWordsSayMeasuredOrNot) {
    for (const char *yes : {"1", "2", "3", "4", "5", "9"})
        EXPECT_EQ(nmeaQuality(yes), NmeaStatus::Valid) << yes;
    for (const char *no : {"0", "6", "7"})
        EXPECT_EQ(nmeaQuality(no), NmeaStatus::Invalid) << no;
    EXPECT_EQ(nmeaQuality("8"), NmeaStatus::Simulated);
    for (const char *odd : {"", "12", "A", "-1"})
        EXPECT_EQ(nmeaQuality(odd), NmeaStatus::Unknown) << odd;
    EXPECT_EQ(nmeaModes("ANNA"), NmeaStatus::Valid);
    EXPECT_EQ(nmeaModes("NNNN"), NmeaStatus::Invalid);
    EXPECT_EQ(nmeaModes("EEN"), NmeaStatus::Invalid);
    EXPECT_EQ(nmeaModes("ASN"), NmeaStatus::Simulated);
    EXPECT_EQ(nmeaModes(""), NmeaStatus::Unknown);
    EXPECT_EQ(nmeaModes("A?"), NmeaStatus::Unknown);
    EXPECT_EQ(nmeaStatus("A", ""), NmeaStatus::Valid);
    EXPECT_EQ(nmeaStatus("A", "D"), NmeaStatus::Valid);
    EXPECT_EQ(nmeaStatus("A", "N"), NmeaStatus::Invalid);
    EXPECT_EQ(nmeaStatus("V", "A"), NmeaStatus::Invalid);
    EXPECT_EQ(nmeaStatus("", ""), NmeaStatus::Unknown);
}

TEST(NmeaFields, rolloverIsRepairedByWholeRollovers) {
    const std::int64_t notBefore = daysFromCivil(2026, 11, 1);
    EXPECT_EQ(repairRollover(daysFromCivil(2026, 11, 24), notBefore), daysFromCivil(2026, 11, 24));
    EXPECT_EQ(repairRollover(daysFromCivil(2026, 11, 24) - 7168, notBefore), daysFromCivil(2026, 11, 24));
    EXPECT_EQ(repairRollover(daysFromCivil(2026, 11, 24) - 2 * 7168, notBefore), daysFromCivil(2026, 11, 24));
    EXPECT_EQ(repairRollover(daysFromCivil(1980, 1, 6), daysFromCivil(9999, 1, 1)), daysFromCivil(1980, 1, 6));
}
