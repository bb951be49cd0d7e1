#include "shared/ledger/check_state.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {

/** {device hex: [seq, h]} as device -> seq. */
std::map<Uuid, std::int64_t> headsOf(const EntityRow &row, std::string_view field) {
    std::map<Uuid, std::int64_t> heads;
    const cbor::Value *value = row.value(field);
    if (value == nullptr || value->map() == nullptr)
        return heads;
    for (const auto &[device, head] : *value->map()) {
        const auto bytes = fromHex(device);
        const auto id = bytes ? uuidFromBytes(*bytes) : std::nullopt;
        if (id && head.array() != nullptr && !head.array()->empty() && (*head.array())[0].integer() != nullptr)
            heads[*id] = *(*head.array())[0].integer();
    }
    return heads;
}

bool changesAnAcceptedCheck(std::string_view kind) {
    static const std::set<std::string_view> kinds{"check.start", "check.correct",   "check.note",     "check.reply",
                                                  "answer.give", "attestation.say", "tally.count",    "track.append",
                                                  "photo.add",   "photo.place",     "finding.record", "finding.amend",
                                                  "entity.void", "photo.mismatch"};
    return kinds.contains(kind);
}

/** Join, sign and comment alone are no work that has to be finished. */
bool isWork(std::string_view kind) {
    return kind != "check.join" && kind != "check.sign" && kind != "comment.add" && kind != "check.finish";
}

bool changedSince(const ClosureView &view, const EntityRow &review) {
    const auto seen = headsOf(review, "seen");
    return std::any_of(view.operations.begin(), view.operations.end(), [&](const ClosureOperation &op) {
        const auto it = seen.find(op.device);
        return changesAnAcceptedCheck(op.kind) && (it == seen.end() || op.seq > it->second);
    });
}

/** Questions of a return that no reply names. */
std::size_t openQuestions(const ClosureView &view, const EntityRow &review) {
    std::set<Uuid> replied;
    for (const EntityRow *row : view.rows)
        if (row->type == EntityType::Reply && !row->isVoid())
            if (const auto question = row->uuid("question"))
                replied.insert(*question);
    std::size_t open = 0;
    const cbor::Value *questions = review.value("questions");
    if (questions == nullptr || questions->array() == nullptr)
        return 0;
    for (const cbor::Value &question : *questions->array()) {
        if (question.map() == nullptr)
            continue;
        const auto id = question.map()->find("id");
        if (id != question.map()->end() && id->second.uuid() && !replied.contains(*id->second.uuid()))
            ++open;
    }
    return open;
}

/** A finish or a close that was taken back (void) does not count, whatever came after it. */
bool everyChainFinished(const ClosureView &view) {
    std::set<Uuid> working;
    for (const ClosureOperation &op : view.operations)
        if (!op.serverChain && isWork(op.kind))
            working.insert(op.device);
    std::set<Uuid> finished;
    for (const EntityRow *row : view.rows) {
        if (row->isVoid())
            continue;
        if (row->type == EntityType::Close)
            return true;
        if (row->type == EntityType::Finish && row->device)
            finished.insert(*row->device);
    }
    return !finished.empty() && std::includes(finished.begin(), finished.end(), working.begin(), working.end());
}

/** The last verdict that was not taken back; nullptr if there is none. */
const EntityRow *standingReview(const ClosureView &view) {
    const auto it =
        std::find_if(view.reviews.rbegin(), view.reviews.rend(), [](const EntityRow *row) { return !row->isVoid(); });
    return it == view.reviews.rend() ? nullptr : *it;
}

bool signedHeadsAreHere(const ClosureView &view) {
    for (const EntityRow *row : view.rows) {
        if (row->type != EntityType::Sign || row->isVoid())
            continue;
        for (const auto &[device, seq] : headsOf(*row, "upto")) {
            const auto it = view.heads.find(device);
            if (it == view.heads.end() || it->second < seq)
                return false;
        }
    }
    return true;
}
} // namespace

std::string_view checkStateName(CheckState state) {
    constexpr std::string_view kNames[] = {"sealed",
                                           "opened",
                                           "under_way",
                                           "to_review",
                                           "photos_arriving",
                                           "replied",
                                           "returned",
                                           "accepted",
                                           "changed_after_acceptance",
                                           "conflict",
                                           "void"};
    return kNames[static_cast<std::size_t>(state)];
}

CheckState checkState(const ClosureView &view) {
    if (view.check != nullptr && view.check->isVoid())
        return CheckState::Void;
    const auto contested = [](const EntityRow *row) { return row->contested(); };
    if ((view.check != nullptr && view.check->contested()) ||
        std::any_of(view.rows.begin(), view.rows.end(), contested))
        return CheckState::ConflictOpen;
    if (const EntityRow *review = standingReview(view); review != nullptr) {
        if (review->text("verdict") == "accept")
            return changedSince(view, *review) ? CheckState::ChangedAfterAcceptance : CheckState::Accepted;
        return openQuestions(view, *review) > 0 ? CheckState::Returned : CheckState::Replied;
    }
    // An assignment that was opened mints the check; it is under way once anything of it is recorded.
    if (view.check == nullptr && view.operations.empty())
        return CheckState::Opened;
    if (!everyChainFinished(view) || !signedHeadsAreHere(view))
        return CheckState::UnderWay;
    return view.missingOriginals > 0 ? CheckState::PhotosArriving : CheckState::ToReview;
}

} // namespace zhicha
