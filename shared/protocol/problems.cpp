#include "shared/protocol/problems.h"

#include "shared/protocol/paths.h"

#include <algorithm>

namespace zhicha {

Words lifterName(Lifter lifter) {
    switch (lifter) {
    case Lifter::Inspector:
        return {"督查员", "inspector"};
    case Lifter::Office:
        return {"督查室", "office"};
    case Lifter::Administrator:
        return {"系统管理员", "administrator"};
    case Lifter::SecurityOfficer:
        return {"安全管理员", "security officer"};
    case Lifter::Nobody:
        break;
    }
    return {"无", "nobody"};
}

const Problem *findProblem(std::string_view key) {
    if (key.starts_with(protocol::kIneffectivePrefix))
        key.remove_prefix(protocol::kIneffectivePrefix.size());
    const auto rows = allProblems();
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const Problem &row) { return row.key == key; });
    return it == rows.end() ? nullptr : &*it;
}

const Problem &problemOf(Code code) {
    const Problem *row = findProblem(codeName(code));
    ZHICHA_CHECK(row != nullptr);
    return *row;
}

} // namespace zhicha
