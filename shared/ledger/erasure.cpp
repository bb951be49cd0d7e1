#include "shared/ledger/erasure.h"

#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::string_view kMayGo[] = {"check.note",     "check.reply",   "check.sign",      "check.review",
                                       "answer.give",    "tally.count",   "attestation.say", "track.append",
                                       "finding.record", "finding.amend", "comment.add",     "entity.void"};

bool isServersWord(const FoldOperation &op, std::string_view kind) {
    return op.shape == Ineffective::No && op.facts.server && op.kind->name == kind;
}

bool earlier(const FoldOperation &a, const FoldOperation &b) {
    return std::pair(a.facts.generation, a.seq) < std::pair(b.facts.generation, b.seq);
}

std::vector<Digest> digestsIn(const FoldOperation &op, std::string_view field) {
    std::vector<Digest> out;
    for (const cbor::Value &value : *op.fields.find(field)->second.array())
        out.push_back(*value.digest());
    return out;
}

std::optional<Uuid> checkIn(const FoldOperation &op) {
    const auto check = op.fields.find("check");
    return check == op.fields.end() ? std::nullopt : check->second.uuid();
}
} // namespace

std::optional<ErasureOrder> standingErasure(const FoldOperations &operations) {
    const FoldOperation *ask = nullptr;
    for (const FoldOperation *op : operations)
        if (isServersWord(*op, "body.erase_ask") && (ask == nullptr || earlier(*op, *ask)))
            ask = op;
    const auto check = ask != nullptr && ask->envelope.actor ? checkIn(*ask) : std::nullopt;
    const bool second = check && std::any_of(operations.begin(), operations.end(), [&](const FoldOperation *op) {
                            return isServersWord(*op, "body.erase") && op->envelope.actor &&
                                   (op->envelope.actor != ask->envelope.actor || plant("one_officer_erases"));
                        });
    if (!second)
        return std::nullopt;
    return ErasureOrder{*check, digestsIn(*ask, "digests"), digestsIn(*ask, "photos")};
}

std::optional<WithholdingOrder> standingWithholding(const FoldOperation &operation) {
    if (!isServersWord(operation, "body.withhold"))
        return std::nullopt;
    const auto check = checkIn(operation);
    return check ? std::optional(WithholdingOrder{*check, digestsIn(operation, "digests")}) : std::nullopt;
}

bool bodyMayGo(std::string_view kind) {
    return std::find(std::begin(kMayGo), std::end(kMayGo), kind) != std::end(kMayGo);
}

} // namespace zhicha
