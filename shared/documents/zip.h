#pragma once
// A zip of a few members held in memory: what a DOCX or XLSX is wrapped in. The same members give the same bytes.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zhicha::documents {

struct ZipMember {
    std::string name;
    std::string content;
};

enum class ZipPacking { Stored, Deflated };

/** Members in this order, dated 1980-01-01. Internal where the library fails. */
[[nodiscard]] Result<Bytes> writeZip(const std::vector<ZipMember> &members, ZipPacking packing = ZipPacking::Stored);

} // namespace zhicha::documents
