#pragma once
// GCJ-02, the shifted system that Chinese map services publish in. Records are always WGS-84; a GCJ-02 position exists
// only with its label on, for drawing on such a map or for taking a position out of one.
#include "shared/geo/fix.h"

namespace zhicha {

/** CGCS2000 and WGS-84 agree within centimetres, below any fix of ours: they are passed on unchanged. */
enum class Datum { Wgs84, Cgcs2000, Gcj02 };
[[nodiscard]] std::string_view datumName(Datum datum); ///< WGS-84, CGCS2000, GCJ-02: what stands beside a position

struct LabelledPlace {
    LatLon at;
    Datum datum = Datum::Wgs84;
    bool operator==(const LabelledPlace &) const = default;
};

/** Outside the rectangle lat 0.8293° to 55.8271°, lon 72.004° to 137.8347° the shift is defined as zero.
 *  Accuracy: the published approximation of the shift (metres to GCJ-02 as the services draw it); there and back again
 *            within 2e-7 degrees. On the rectangle's border itself places are not unique: the unshifted one is taken.
 *  Threads:  pure.
 */
[[nodiscard]] LabelledPlace convertTo(Datum datum, LabelledPlace place);

} // namespace zhicha
