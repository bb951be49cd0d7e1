#pragma once
// How concurrent writes of one field of one entity come together (design: "The fold"). Pure; arrival plays no part.
#include "shared/oplog/operation.h"

namespace zhicha {

/** One write of the field. Order of a list of them does not matter. */
struct FieldWrite {
    Digest d{};
    Uuid device;
    std::int64_t seq = 0;
    std::int64_t estimateMs = 0;
    bool serverChain = false;
    bool effective = true; ///< by authority: enrolled, not past a cut, not disputed, well-formed
    const cbor::Value *value = nullptr;
    const std::vector<Digest> *base = nullptr;
};

struct MergedField {
    std::vector<cbor::Value> values;      ///< surviving distinct values, by encoding; more than one = contested
    std::vector<Digest> writes;           ///< surviving writes, sorted
    std::vector<std::size_t> needsOffice; ///< writes that decide between values but are not the office's to decide
    std::size_t steps = 0;                ///< entries of bases looked at: at most twice those given, whoever sent them
};

/** Replaces in each base every ineffective write by its own base, repeatedly. A write whose base then names two or more
 *  distinct values is a decision: effective only on a server chain. Survivors = effective writes that no effective one
 *  has in its base. Digests in a base that are no write of this field name nothing. */
[[nodiscard]] MergedField mergeDecided(const std::vector<FieldWrite> &writes);
/** The same without decisions; of the survivors the largest (estimate, device, seq, d) shows. */
[[nodiscard]] MergedField mergeLatest(const std::vector<FieldWrite> &writes);

} // namespace zhicha
