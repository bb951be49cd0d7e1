#include "sync-server/office/papers/paper_kind.h"

#include <algorithm>

namespace zhicha {

namespace {
using enum PaperSubject;
constexpr PaperKind kPaperKinds[] = {
    {"supervision_notice", "督查通知", "supervision notice", Item, PaperTo::Units, 0},
    {"urging_notice", "催办通知", "urging notice", Item, PaperTo::Lead, 0},
    {"circular", "全市通报", "circular", Item, PaperTo::Everyone, 1},
    {"criticism", "通报批评", "criticism", Item, PaperTo::Everyone, 2},
    {"interview_notice", "约谈通知", "interview notice", Item, PaperTo::Lead, 3},
    {"accountability_request", "问责提请", "accountability request", Item, PaperTo::Superior, 4},
    {"supervision_report", "督查报告", "supervision report", Item, PaperTo::Superior, 0},
    {"monthly_ranking", "月排名通报", "monthly ranking", Month, PaperTo::Everyone, 0},
};
} // namespace

std::span<const PaperKind> paperKinds() {
    return kPaperKinds;
}

const PaperKind *findPaperKind(std::string_view name) {
    const auto *found = std::find_if(std::begin(kPaperKinds), std::end(kPaperKinds),
                                     [&](const PaperKind &kind) { return kind.name == name || kind.words == name; });
    return found == std::end(kPaperKinds) ? nullptr : found;
}

} // namespace zhicha
