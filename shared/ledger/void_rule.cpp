#include "shared/ledger/void_rule.h"

#include <algorithm>

namespace zhicha {

bool tabletMayVoid(const EntityRow &row, const Uuid &device) {
    if (row.birth && row.device == device)
        return true;
    const auto kinds = allKinds();
    return row.check && std::none_of(kinds.begin(), kinds.end(), [&](const KindInfo &kind) {
               return kind.entity == row.type && kind.author == Author::Server && kind.interpreted &&
                      (kind.idRole == IdRole::Birth || kind.idRole == IdRole::Put);
           });
}

} // namespace zhicha
