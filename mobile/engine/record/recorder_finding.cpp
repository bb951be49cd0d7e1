// Recorder: answers, attestations, the tally and findings.
#include "mobile/engine/record/recorder.h"

namespace zhicha {

Result<Uuid> Recorder::answer(const AnswerGiven &given) {
    ZHICHA_TRY(mayWriteInto(given.check));
    if (given.item) {
        ZHICHA_ASSIGN(const EntityRow item, living(*given.item, EntityType::Item));
    }
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    const Uuid id = answerId(identity.ledger, given.check, given.item, given.question);
    ZHICHA_ASSIGN(const std::optional<EntityRow> shown, store().entities().row(id));
    cbor::Map fields{{"check", given.check}, {"question", given.question}};
    if (given.item)
        fields["item"] = *given.item;
    if (given.value)
        fields["value"] = *given.value;
    if (given.note)
        fields["note"] = *given.note;
    if (shown) {
        if (shown->isVoid())
            return fail(Code::NotAllowed, "this answer is void; undo that first", Retry::AfterUser);
        if (given.value)
            ZHICHA_TRY(notContested(*shown, "value"));
        const bool sameValue = !given.value || shown->text("value") == *given.value;
        const bool sameNote = !given.note || shown->text("note") == *given.note;
        if (sameValue && sameNote)
            return id; // said before: the same answer, no new operation
    }
    ZHICHA_TRY(append({"answer.give", id, std::move(fields), shown ? &*shown : nullptr}));
    return id;
}

Result<Uuid> Recorder::attest(const Uuid &check, std::int64_t clause, const std::string &said,
                              const std::optional<std::string> &note, cbor::Map measured, cbor::Array basis) {
    ZHICHA_TRY(mayWriteInto(check));
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    const Uuid id = attestationId(identity.ledger, check, clause);
    ZHICHA_ASSIGN(const std::optional<EntityRow> shown, store().entities().row(id));
    if (shown)
        ZHICHA_TRY(notContested(*shown, "said"));
    if (shown && shown->text("said") == said && (!note || shown->text("note") == *note))
        return id;
    cbor::Map fields{{"check", check},
                     {"clause", clause},
                     {"said", said},
                     {"measured", std::move(measured)},
                     {"basis", std::move(basis)}};
    if (note)
        fields["note"] = *note;
    ZHICHA_TRY(append({"attestation.say", id, std::move(fields), shown ? &*shown : nullptr}));
    return id;
}

Result<TallyTotals> Recorder::tallyOf(const Uuid &check) {
    ZHICHA_ASSIGN(const std::vector<KnownEntity> steps, store().entities().ofCheck(check, EntityType::Tally));
    TallyTotals totals;
    for (const KnownEntity &step : steps) {
        if (step.row.isVoid())
            continue;
        totals.satisfied += step.row.integer("satisfied").value_or(0);
        totals.neutral += step.row.integer("neutral").value_or(0);
        totals.dissatisfied += step.row.integer("dissatisfied").value_or(0);
    }
    return totals;
}

Result<TallyTotals> Recorder::tally(const Uuid &check, const TallyTotals &totals) {
    ZHICHA_TRY(mayWriteInto(check));
    constexpr std::int64_t kMost = 1'000'000;
    for (const std::int64_t count : {totals.satisfied, totals.neutral, totals.dissatisfied})
        if (count < 0 || count > kMost)
            return fail(Code::InvalidArgument, "a total is a number from 0 to 1000000");
    ZHICHA_ASSIGN(const TallyTotals before, tallyOf(check));
    if (before == totals)
        return totals;
    ZHICHA_TRY(append({"tally.count",
                       m_writer.newId(),
                       {{"check", check},
                        {"satisfied", totals.satisfied - before.satisfied},
                        {"neutral", totals.neutral - before.neutral},
                        {"dissatisfied", totals.dissatisfied - before.dissatisfied}},
                       nullptr}));
    return totals;
}

Result<Uuid> Recorder::recordFinding(const FindingRecorded &finding) {
    ZHICHA_TRY(mayWriteInto(finding.check));
    cbor::Map fields{{"check", finding.check}, {"severity", finding.severity}, {"text", finding.text}};
    if (finding.item) {
        ZHICHA_ASSIGN(const EntityRow item, living(*finding.item, EntityType::Item));
        fields["item"] = *finding.item;
    }
    if (finding.fix)
        fields["fix"] = *finding.fix;
    return birth("finding.record", finding.id, std::move(fields));
}

Result<Uuid> Recorder::amendFinding(const Uuid &finding, const FindingAmended &amended) {
    ZHICHA_ASSIGN(const EntityRow shown, living(finding, EntityType::Finding));
    cbor::Map fields;
    if (amended.item) {
        ZHICHA_ASSIGN(const EntityRow item, living(*amended.item, EntityType::Item));
        fields["item"] = *amended.item;
    }
    if (amended.severity)
        fields["severity"] = *amended.severity;
    if (amended.text)
        fields["text"] = *amended.text;
    if (fields.empty())
        return fail(Code::InvalidArgument, "an amendment changes the item, the severity or the text");
    bool changes = false;
    for (const auto &[field, value] : fields) {
        ZHICHA_TRY(notContested(shown, field));
        const cbor::Value *now = shown.value(field);
        changes = changes || now == nullptr || !(*now == value);
    }
    if (!changes)
        return finding;
    if (amended.reason)
        fields["reason"] = *amended.reason;
    ZHICHA_TRY(append({"finding.amend", finding, std::move(fields), &shown}));
    return finding;
}

} // namespace zhicha
