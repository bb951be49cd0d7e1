#include "shared/rules/item_history.h"

#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha::rules {

std::string_view extensionRefusalName(ExtensionRefusal refusal) {
    switch (refusal) {
    case ExtensionRefusal::None:
        return "";
    case ExtensionRefusal::Unsigned:
        return "unsigned";
    case ExtensionRefusal::NotLater:
        return "not_later";
    case ExtensionRefusal::TooLong:
        return "too_long";
    case ExtensionRefusal::NotTheFirst:
        return "not_the_first";
    }
    return "";
}

std::vector<ExtensionRefusal> judgeExtensions(const Rules &rules, const Item &item) {
    std::vector<ExtensionRefusal> verdicts;
    const bool limited = rules.itemKinds[item.kind].extensionLimited;
    std::size_t first = item.extensions.size();
    for (std::size_t i = 0; i < item.extensions.size(); ++i) {
        const Extension &extension = item.extensions[i];
        const auto verdict = !extension.isSigned                ? ExtensionRefusal::Unsigned
                             : extension.newDueOn <= item.dueOn ? ExtensionRefusal::NotLater
                             : limited && extension.newDueOn > monthsAfter(item.dueOn, rules.extensionMaxMonths)
                                 ? ExtensionRefusal::TooLong
                                 : ExtensionRefusal::NotTheFirst;
        verdicts.push_back(verdict);
        if (verdict == ExtensionRefusal::NotTheFirst &&
            (first == item.extensions.size() || extension.approvedOn < item.extensions[first].approvedOn))
            first = i;
    }
    if (first < verdicts.size())
        verdicts[first] = ExtensionRefusal::None;
    return verdicts;
}

DueDate dueDateOf(const Rules &rules, const Item &item) {
    DueDate due{item.dueOn, kNever, kNever};
    if (item.extensions.empty())
        return due;
    const std::vector<ExtensionRefusal> verdicts = judgeExtensions(rules, item);
    const auto counted = std::find(verdicts.begin(), verdicts.end(), ExtensionRefusal::None);
    if (counted != verdicts.end()) {
        const Extension &extension = item.extensions[static_cast<std::size_t>(counted - verdicts.begin())];
        due.extendedFrom = plant("rules_extended_before_approval") ? item.issuedOn : extension.approvedOn;
        due.extendedTo = extension.newDueOn;
    }
    return due;
}

std::vector<Transfer> effectiveTransfers(const Item &item) {
    std::vector<Transfer> transfers;
    for (const Transfer &transfer : item.transfers)
        if (transfer.isSigned)
            transfers.push_back(transfer);
    std::stable_sort(transfers.begin(), transfers.end(),
                     [](const Transfer &a, const Transfer &b) { return a.on < b.on; });
    return transfers;
}

Index leadOn(const Item &item, Day day) {
    Index lead = item.lead;
    for (const Transfer &transfer : effectiveTransfers(item))
        if (transfer.on <= day)
            lead = transfer.to;
    return lead;
}

bool isExempted(const Item &item, Day day) {
    return std::any_of(item.exemptions.begin(), item.exemptions.end(), [&](const Exemption &exemption) {
        return exemption.isSigned && exemption.from <= day && day <= exemption.until;
    });
}

} // namespace zhicha::rules
