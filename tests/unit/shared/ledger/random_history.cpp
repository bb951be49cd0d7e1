#include "tests/unit/shared/ledger/random_history.h"

#include <algorithm>
#include <ostream>

namespace zhicha::test {

namespace {
using Form = KnownOperation::Form;

class Historian {
public:
    Historian() {
        m_history.ledger = kLedger;
        m_history.world.office = m_office.id();
        for (int i = 0; i < 2; ++i)
            add(m_office, "device.enrol", device(i).id(), device(i).enrolFields(m_office.id()), {});
    }

    void play(const Step &step) {
        m_clock.advanceMs(step.value % 3); // equal times are common
        TestDevice &author = step.actor % 8 < 3   ? m_tabletA
                             : step.actor % 8 < 5 ? m_tabletB
                             : step.actor % 8 < 7 ? m_office
                                                  : m_unknown;
        author.setEstimateErrorMs((step.value % 5) * 7 - 14);
        if (step.twist % 32 == 31) {
            forkOrAuthority(step);
            return;
        }
        Draft draft = draftOf(step);
        bend(step, draft);
        Base base;
        if (const KindInfo *kind = findKind(draft.kind))
            for (const FieldInfo &field : kind->fields)
                if ((field.merge == Merge::Latest || field.merge == Merge::Decided) &&
                    draft.fields.contains(field.name))
                    base[std::string(field.name)] = seen(draft.entity, std::string(field.name), step.seen);
        if (step.twist % 32 == 5 && !base.empty()) { // a base that says nothing of a field that is written
            draft.form = Form::Bad;
            appendWithoutBase(author, draft);
            return;
        }
        add(author, draft.kind, draft.entity, draft.fields, base, draft.form);
    }

    [[nodiscard]] History take() { return std::move(m_history); }

private:
    struct Draft {
        std::string kind;
        Uuid entity;
        cbor::Map fields;
        Form form = Form::Good;
    };

    TestDevice &device(int i) { return i == 0 ? m_tabletA : m_tabletB; }

    Draft draftOf(const Step &step) const {
        const char *severities[] = {"minor", "major", "critical"};
        const char *texts[] = {"a", "b", "c"};
        const char *answers[] = {"yes", "partly", "no", "none"};
        const Uuid finding = step.value % 2 == 0 ? kFinding : kOtherFinding;
        const char *text = texts[step.value % 3];
        switch (step.action % 14) {
        case 0:
            return {"finding.record",
                    finding,
                    {{"check", kCheck}, {"severity", severities[step.value % 3]}, {"text", text}}};
        case 1:
        case 2:
            return {"finding.amend", finding, {{"text", text}}};
        case 3:
            return {
                "finding.amend", finding, {{"text", text}, {"severity", severities[step.value % 3]}, {"reason", text}}};
        case 4:
            return {"finding.amend",
                    finding,
                    {{"item", step.value % 3 == 0 ? cbor::Value() : cbor::Value(Uuid{{step.value}})}}};
        case 5:
        case 6:
            return {"answer.give",
                    kAnswer,
                    {{"check", kCheck}, {"question", "rectified"}, {"value", answers[step.value % 4]}}};
        case 7:
            return {"answer.give",
                    kAnswer,
                    {{"check", kCheck}, {"question", "rectified"}, {"note", text}, {"reason", text}}};
        case 8:
            return {"entity.void", voided(step.value, finding), {{"void", step.value % 4 < 2}, {"reason", text}}};
        case 9:
            return {"check.start",
                    kCheck,
                    {{"site", Uuid{{step.value}}}, {"items", cbor::Array{}}, {"no_fix_reason", text}}};
        case 10:
            return {"check.correct", kCheck, {{"site", Uuid{{step.value}}}, {"reason", text}}};
        case 11:
            return {"comment.add", kComment, {{"about", cbor::Map{{"entity", kCheck}}}, {"text", text}}};
        case 12:
            return {"unit.put", kUnit, unit(step.value)};
        default:
            return {
                "photo.place", step.value % 5 == 0 ? finding : kPhoto, {{"to", Uuid{{step.value}}}, {"rank", text}}};
        }
    }

    /** Also what is not a tablet's to void. */
    [[nodiscard]] Uuid voided(std::uint8_t value, const Uuid &finding) const {
        switch (value / 4 % 8) {
        case 0:
            return kUnit;
        case 1:
            return kComment;
        case 2:
            return kAnswer;
        case 3:
            return kPhoto;
        default:
            return value % 3 == 0 ? kCheck : finding;
        }
    }

    static cbor::Map unit(std::uint8_t value) {
        cbor::Map fields{
            {"code", "u1"}, {"name", value % 2 == 0 ? "x" : "y"}, {"group", "county"}, {"vice_mayor", "z"}};
        if (value % 3 == 0)
            fields["seat"] = cbor::Map{{"lat", 1}};
        return fields;
    }

    static void bend(const Step &step, Draft &draft) {
        switch (step.twist % 32) {
        case 0:
            draft.form = Form::Withheld;
            break;
        case 1:
            draft = {
                step.value % 2 == 0 ? "check.teleport" : "draw.commit", draft.entity, {{"x", 1}}, Form::NotInterpreted};
            break;
        case 2: // a required field has the wrong type
            draft.fields[draft.fields.begin()->first] = cbor::Array{true};
            draft.form = Form::Bad;
            if (draft.fields.begin()->first == "items" || draft.kind == "entity.void")
                draft.fields[draft.kind == "entity.void" ? "void" : "site"] = "no";
            break;
        case 3:
            if (draft.kind == "answer.give") {
                draft.entity = kFinding; // not the id derived from the body
                draft.form = Form::Bad;
            }
            break;
        case 4:
            draft.form = Form::Undecodable;
            break;
        case 6:
            draft.fields["colour"] = "unknown keys are kept and ignored";
            break;
        default:
            break;
        }
    }

    /** A base may be stale, partial, empty or name what is no write of this field. */
    [[nodiscard]] std::vector<Digest> seen(const Uuid &entity, const std::string &field, std::uint16_t mask) const {
        std::vector<Digest> all;
        for (const KnownOperation &op : m_history.operations)
            if (op.entity == entity && op.base.contains(field))
                all.push_back(op.made.d);
        std::vector<Digest> chosen;
        for (std::size_t i = 0; i < all.size(); ++i)
            if ((mask >> ((all.size() - 1 - i) % 15)) & 1)
                chosen.push_back(all[i]);
        if (mask % 11 == 0)
            chosen.push_back(m_history.operations[mask % m_history.operations.size()].made.d);
        return chosen;
    }

    void add(TestDevice &author, const std::string &kind, const Uuid &entity, const cbor::Map &fields, const Base &base,
             Form form = Form::Good) {
        KnownOperation known{{}, form, kind, entity, author.nextEnvelope(kind, entity).time.estimateMs, fields, base};
        if (form == Form::Undecodable) {
            known.made =
                author.append({0xa1, 0x61, static_cast<std::uint8_t>('a' + fields.size())}, cbor::encode(fields));
        } else {
            known.made = author.make(kind, entity, fields, base);
            if (form == Form::Withheld)
                known.made = withoutBody(known.made);
        }
        m_history.operations.push_back(std::move(known));
    }

    void appendWithoutBase(TestDevice &author, const Draft &draft) {
        const Envelope envelope = author.nextEnvelope(draft.kind, draft.entity);
        KnownOperation known{{}, Form::Bad, draft.kind, draft.entity, envelope.time.estimateMs, draft.fields, {}};
        known.made =
            author.append(encodeEnvelopeUnchecked(envelope), cbor::encode(cbor::Array{Bytes(16), draft.fields}));
        m_history.operations.push_back(std::move(known));
    }

    void forkOrAuthority(const Step &step) {
        TestDevice &tablet = device(step.actor % 2);
        const std::int64_t head = tablet.head().seq;
        switch (step.action % 5) {
        case 0:
            add(m_office, "device.revoke", tablet.id(), {{"cut", step.value % (head + 1)}, {"reason", "lost"}}, {});
            break;
        case 1:
            add(m_office, "device.readmit", tablet.id(), {{"upto", step.value % (head + 3)}, {"reason", "found"}}, {});
            break;
        case 2:
            claim(step);
            break;
        case 3: // a tablet that plays the office
            add(tablet, "device.revoke", m_tabletB.id(), {{"cut", 0}, {"reason", "no"}}, {});
            break;
        default:
            fork(tablet, step);
        }
    }

    void claim(const Step &step) {
        std::vector<Digest> births;
        for (const KnownOperation &op : m_history.operations)
            if (op.entity == kFinding && op.kind == "finding.record")
                births.push_back(op.made.d);
        if (!births.empty())
            add(m_office, "entity.claim", m_office.newId(),
                {{"entity", kFinding}, {"kept", births[step.value % births.size()]}}, {});
    }

    /** A restored image writes one operation that the tablet itself has written differently. */
    void fork(TestDevice &tablet, const Step &step) {
        TestDevice image = tablet;
        const cbor::Map fields{{"text", "left"}};
        const Base base{{"text", seen(kFinding, "text", step.seen)}};
        add(tablet, "finding.amend", kFinding, fields, base);
        const std::int64_t seq = tablet.head().seq;
        add(image, "finding.amend", kFinding, {{"text", "right"}}, base);
        const auto [it, first] = m_history.world.disputes.emplace(tablet.id(), seq);
        it->second = std::min(it->second, seq);
    }

    static constexpr Uuid kLedger{{0x11}};
    static constexpr Uuid kCheck{{0x21}};
    static constexpr Uuid kFinding{{0x31}};
    static constexpr Uuid kOtherFinding{{0x32}};
    static constexpr Uuid kPhoto{{0x41}};
    static constexpr Uuid kComment{{0x51}};
    static constexpr Uuid kUnit{{0x61}};
    const Uuid kAnswer = answerId(kLedger, kCheck, std::nullopt, "rectified");

    TestClock m_clock;
    TestDevice m_office{kLedger, 1, m_clock};
    TestDevice m_tabletA{kLedger, 2, m_clock};
    TestDevice m_tabletB{kLedger, 3, m_clock};
    TestDevice m_unknown{kLedger, 4, m_clock};
    History m_history;
};
} // namespace

std::ostream &operator<<(std::ostream &out, const Step &step) {
    return out << '{' << int{step.actor} << ", " << int{step.action} << ", " << int{step.value} << ", " << step.seen
               << ", " << int{step.twist} << '}';
}

History makeHistory(const std::vector<Step> &steps) {
    Historian historian;
    for (const Step &step : steps)
        historian.play(step);
    return historian.take();
}

} // namespace zhicha::test
