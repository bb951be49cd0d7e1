#include "shared/ledger/fold.h"

#include "shared/base/plant.h"
#include "shared/ledger/field_merge.h"
#include "shared/ledger/void_rule.h"

#include <algorithm>
#include <tuple>

namespace zhicha {

namespace {

Ineffective standing(const FoldOperation &op) {
    if (op.shape != Ineffective::No)
        return op.shape;
    if (!op.facts.enrolled && !op.facts.server)
        return Ineffective::NotEnrolled;
    if (op.kind->author == Author::Server && !op.facts.server)
        return Ineffective::NotAllowed;
    if (op.seq > op.facts.trustedUpto)
        return Ineffective::PastCut;
    return op.seq >= op.facts.disputedFrom ? Ineffective::Disputed : Ineffective::No;
}

/** Order of authority: generation, then sequence of the server chain. The digest only makes it total (a forked chain).
 */
auto chainOrder(const FoldOperation &op) {
    return std::tie(op.facts.generation, op.seq, op.d);
}

class EntityFold {
public:
    EntityFold(const FoldOperations &operations, const std::optional<Digest> &claimed)
        : m_operations(operations), m_claimed(claimed) {}

    FoldResult run() {
        for (const FoldOperation *op : m_operations)
            m_result.outcomes.push_back(standing(*op));
        chooseBirth();
        refuseStrangers();
        m_row.type = m_type;
        takeDerivedCheck();
        refuseVoids();
        if (std::none_of(m_result.outcomes.begin(), m_result.outcomes.end(),
                         [](Ineffective o) { return o == Ineffective::No; }))
            return std::move(m_result);
        foldFacts();
        foldAuthority();
        foldMerged();
        if (m_row.type == EntityType::Device)
            foldCut();
        std::sort(m_row.fields.begin(), m_row.fields.end(),
                  [](const FieldRow &a, const FieldRow &b) { return cbor::KeyOrder()(a.name, b.name); });
        m_result.row = std::move(m_row);
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool effective(std::size_t i) const { return m_result.outcomes[i] == Ineffective::No; }

    /** A server chain's birth is never disputed by a tablet's; then the claim decides; then the earliest estimate. */
    [[nodiscard]] bool bearsBefore(const FoldOperation &a, const FoldOperation &b) const {
        if (a.facts.server != b.facts.server)
            return a.facts.server;
        if (a.facts.server)
            return chainOrder(a) < chainOrder(b);
        if (m_claimed && (a.d == *m_claimed) != (b.d == *m_claimed))
            return a.d == *m_claimed;
        return std::tie(a.envelope.time.estimateMs, a.device, a.seq, a.d) <
               std::tie(b.envelope.time.estimateMs, b.device, b.seq, b.d);
    }

    void chooseBirth() {
        for (std::size_t i = 0; i < m_operations.size(); ++i) {
            const FoldOperation &op = *m_operations[i];
            if (!effective(i) || (op.kind->idRole != IdRole::Birth && op.kind->idRole != IdRole::Put))
                continue;
            if (m_birth == nullptr || bearsBefore(op, *m_birth))
                m_birth = &op;
        }
        for (std::size_t i = 0; i < m_operations.size(); ++i)
            if (effective(i) && m_operations[i]->kind->idRole == IdRole::Birth && m_operations[i] != m_birth)
                m_result.outcomes[i] = Ineffective::AlreadyBorn;
        m_type = m_birth != nullptr ? m_birth->kind->entity : typeWithoutBirth();
        if (m_birth == nullptr)
            return;
        m_row.birth = m_birth->d;
        m_row.device = m_birth->device;
        m_row.check = namedCheck(*m_birth->kind, m_birth->envelope.id, m_birth->fields);
    }

    /** Of the kinds that name their entity's type the smallest type, so that order plays no part. */
    [[nodiscard]] EntityType typeWithoutBirth() const {
        EntityType type = EntityType::Unknown;
        for (std::size_t i = 0; i < m_operations.size(); ++i) {
            const EntityType named =
                m_operations[i]->kind != nullptr ? m_operations[i]->kind->entity : EntityType::Unknown;
            if (effective(i) && named != EntityType::Unknown && (type == EntityType::Unknown || named < type))
                type = named;
        }
        return type;
    }

    /** An amendment of a finding says nothing about a photo. */
    void refuseStrangers() {
        for (std::size_t i = 0; i < m_operations.size(); ++i)
            if (effective(i) && m_operations[i]->kind->idRole != IdRole::Target &&
                m_operations[i]->kind->entity != m_type)
                m_result.outcomes[i] = Ineffective::BadOperation;
    }

    /** A derived entity has no birth; each write names the check that makes up its id. */
    void takeDerivedCheck() {
        for (std::size_t i = 0; i < m_operations.size() && !m_row.check; ++i)
            if (effective(i) && m_operations[i]->kind->idRole == IdRole::Derived)
                m_row.check = namedCheck(*m_operations[i]->kind, m_operations[i]->envelope.id, m_operations[i]->fields);
    }

    void refuseVoids() {
        for (std::size_t i = 0; i < m_operations.size(); ++i) {
            const FoldOperation &op = *m_operations[i];
            if (effective(i) && op.kind->idRole == IdRole::Target && !op.facts.server &&
                !tabletMayVoid(m_row, op.device) && !plant("void_anything"))
                m_result.outcomes[i] = Ineffective::NotAllowed;
        }
    }

    /** Facts come from the birth; of a derived entity, from its latest writer (those that make up the id are equal). */
    void foldFacts() {
        const FoldOperation *source = m_birth;
        for (std::size_t i = 0; i < m_operations.size(); ++i) {
            const FoldOperation &op = *m_operations[i];
            if (!effective(i) || op.kind->idRole != IdRole::Derived)
                continue;
            if (source == nullptr ||
                std::tie(source->envelope.time.estimateMs, source->device, source->seq, source->d) <
                    std::tie(op.envelope.time.estimateMs, op.device, op.seq, op.d))
                source = &op;
        }
        if (source == nullptr || (plant("facts_forgotten") && m_operations.size() > 1))
            return;
        for (const FieldInfo &field : source->kind->fields)
            if (field.merge == Merge::Fact)
                if (const auto it = source->fields.find(field.name); it != source->fields.end())
                    m_row.fields.push_back({it->first, {it->second}, {}});
    }

    /** Each authority field: the last writer in chain order. A put replaces the entity as a whole. */
    void foldAuthority() {
        std::vector<const FoldOperation *> order;
        for (std::size_t i = 0; i < m_operations.size(); ++i)
            if (effective(i) && m_operations[i]->facts.server)
                order.push_back(m_operations[i]);
        std::sort(order.begin(), order.end(),
                  [](const FoldOperation *a, const FoldOperation *b) { return chainOrder(*a) < chainOrder(*b); });
        std::map<std::string, const cbor::Value *, cbor::KeyOrder> values;
        for (const FoldOperation *op : order) {
            if (op->kind->name == "item.reopen") // no longer completed, nor awarded
                for (const char *field : {"on", "awarded"})
                    values.erase(field);
            for (const FieldInfo &field : op->kind->fields) {
                if (field.merge != Merge::Authority)
                    continue;
                const auto it = op->fields.find(field.name);
                if (it != op->fields.end() && !it->second.isNull())
                    values[std::string(field.name)] = &it->second;
                else if (op->kind->idRole == IdRole::Put || it != op->fields.end())
                    values.erase(std::string(field.name));
            }
        }
        for (const auto &[name, value] : values)
            m_row.fields.push_back({name, {*value}, {}});
    }

    void foldMerged() {
        // Which fields are written at all: the kinds of one entity share their field names.
        std::map<std::string_view, Merge> names;
        for (const FoldOperation *op : m_operations)
            if (op->shape == Ineffective::No)
                for (const auto &[field, seen] : op->envelope.base)
                    names.emplace(field, op->kind->field(field)->merge);
        for (const auto &[name, merge] : names) {
            std::vector<FieldWrite> writes;
            std::vector<std::size_t> origin;
            for (std::size_t i = 0; i < m_operations.size(); ++i) {
                const FoldOperation &op = *m_operations[i];
                if (op.shape != Ineffective::No)
                    continue;
                const auto base = op.envelope.base.find(name);
                if (base == op.envelope.base.end())
                    continue;
                writes.push_back({op.d, op.device, op.seq, op.envelope.time.estimateMs, op.facts.server, effective(i),
                                  &op.fields.find(name)->second, &base->second});
                origin.push_back(i);
            }
            MergedField merged = merge == Merge::Decided ? mergeDecided(writes) : mergeLatest(writes);
            for (const std::size_t w : merged.needsOffice)
                if (effective(origin[w]))
                    m_needsOffice.push_back(origin[w]);
            if (!merged.values.empty())
                m_row.fields.push_back({std::string(name), std::move(merged.values), std::move(merged.writes)});
        }
        // Marked at the end: one field that needs the office does not take the other fields of that operation away.
        for (const std::size_t i : m_needsOffice)
            m_result.outcomes[i] = Ineffective::NeedsOffice;
    }

    void foldCut() {
        const FoldOperation *last = nullptr;
        for (std::size_t i = 0; i < m_operations.size(); ++i) {
            const FoldOperation &op = *m_operations[i];
            if (effective(i) && (op.kind->name == "device.revoke" || op.kind->name == "device.readmit") &&
                (last == nullptr || chainOrder(*last) < chainOrder(op)))
                last = &op;
        }
        if (last != nullptr)
            m_row.fields.push_back({std::string(kTrustedUptoField),
                                    {last->fields.find(last->kind->name == "device.revoke" ? "cut" : "upto")->second},
                                    {}});
    }

    const FoldOperations &m_operations;
    const std::optional<Digest> &m_claimed;
    FoldResult m_result;
    EntityRow m_row;
    EntityType m_type = EntityType::Unknown;
    const FoldOperation *m_birth = nullptr;
    std::vector<std::size_t> m_needsOffice;
};

} // namespace

std::string_view ineffectiveName(Ineffective reason) {
    switch (reason) {
    case Ineffective::No:
        return "";
    case Ineffective::Undecodable:
        return "undecodable";
    case Ineffective::NotInterpreted:
        return "not_interpreted";
    case Ineffective::BadOperation:
        return "bad_operation";
    case Ineffective::Withheld:
        return "withheld";
    case Ineffective::NotEnrolled:
        return "not_enrolled";
    case Ineffective::PastCut:
        return "past_cut";
    case Ineffective::Disputed:
        return "disputed";
    case Ineffective::NotAllowed:
        return "not_allowed";
    case Ineffective::NeedsOffice:
        return "needs_office";
    case Ineffective::AlreadyBorn:
        return "already_born";
    }
    return "";
}

FoldOperation foldOperation(const Uuid &ledger, const OperationBytes &bytes, const Digest &d, const Uuid &device,
                            std::int64_t seq, const DeviceFacts &facts) {
    FoldOperation op;
    op.d = d;
    op.device = device;
    op.seq = seq;
    op.facts = facts;
    op.shape = Ineffective::Undecodable;
    auto envelope = decodeEnvelope(bytes.envelope);
    if (!envelope || envelope->device != device || envelope->seq != seq)
        return op;
    op.envelope = std::move(*envelope);
    op.kind = findKind(op.envelope.kind);
    if (op.kind == nullptr || !op.kind->interpreted) {
        op.shape = Ineffective::NotInterpreted;
        return op;
    }
    if (!bytes.body) {
        op.shape = Ineffective::Withheld;
        return op;
    }
    auto body = decodeBody(*bytes.body);
    if (!body)
        return op;
    op.shape = operationProblem(ledger, op.envelope, *body) ? Ineffective::BadOperation : Ineffective::No;
    op.fields = std::move(body->fields);
    return op;
}

FoldResult foldEntity(const FoldOperations &operations, const std::optional<Digest> &claimed) {
    return EntityFold(operations, claimed).run();
}

} // namespace zhicha
