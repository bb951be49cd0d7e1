#include "tests/unit/shared/ledger/reference_fold.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace zhicha::test {

namespace {
using Form = KnownOperation::Form;
using Operations = std::vector<const KnownOperation *>;

struct Authority {
    std::set<Uuid> enrolled;
    std::map<Uuid, std::int64_t> trustedUpto;
    std::map<Uuid, Digest> claims;
};

auto byTime(const KnownOperation &op) {
    return std::make_tuple(op.estimateMs, op.made.device, op.made.seq, op.made.d);
}

/** "What depends on arrival is written into the server's chain, and only that is folded." */
Authority readAuthority(const ReferenceWorld &world, const std::vector<KnownOperation> &operations) {
    Operations chain;
    for (const KnownOperation &op : operations)
        if (world.isOffice(op.made.device) && op.form == Form::Good)
            chain.push_back(&op);
    std::sort(chain.begin(), chain.end(), [&](const auto *a, const auto *b) { return world.comesBefore(*a, *b); });
    Authority authority;
    for (const KnownOperation *op : chain) {
        if (op->kind == "device.enrol")
            authority.enrolled.insert(op->entity);
        if (op->kind == "device.revoke")
            authority.trustedUpto[op->entity] = *op->fields.at("cut").integer();
        if (op->kind == "device.readmit")
            authority.trustedUpto[op->entity] = *op->fields.at("upto").integer();
        if (op->kind == "entity.claim") {
            const Uuid entity = *op->fields.at("entity").uuid();
            const Digest kept = *op->fields.at("kept").digest();
            const auto known = authority.claims.find(entity);
            if (known == authority.claims.end() || kept < known->second)
                authority.claims[entity] = kept;
        }
    }
    return authority;
}

Ineffective standing(const ReferenceWorld &world, const Authority &authority, const KnownOperation &op) {
    switch (op.form) {
    case Form::Undecodable:
        return Ineffective::Undecodable;
    case Form::NotInterpreted:
        return Ineffective::NotInterpreted;
    case Form::Withheld:
        return Ineffective::Withheld;
    case Form::Bad:
        return Ineffective::BadOperation;
    case Form::Good:
        break;
    }
    if (world.isOffice(op.made.device))
        return Ineffective::No;
    if (!authority.enrolled.contains(op.made.device))
        return Ineffective::NotEnrolled;
    if (findKind(op.kind)->author == Author::Server)
        return Ineffective::NotAllowed;
    const auto cut = authority.trustedUpto.find(op.made.device);
    if (cut != authority.trustedUpto.end() && op.made.seq > cut->second)
        return Ineffective::PastCut;
    const auto fork = world.disputes.find(op.made.device);
    return fork != world.disputes.end() && op.made.seq >= fork->second ? Ineffective::Disputed : Ineffective::No;
}

/** The writes of one field of one entity, judged by the two sentences on bases and decisions. */
class ReferenceField {
public:
    ReferenceField(std::string name, bool decided, const ReferenceWorld &world)
        : m_name(std::move(name)), m_decided(decided), m_world(&world) {}
    void add(const KnownOperation &op, bool effective) { m_writes[op.made.d] = {&op, effective}; }

    [[nodiscard]] bool needsOffice(const Digest &d) {
        const Write &write = m_writes.at(d);
        return m_decided && write.byAuthority && !m_world->isOffice(write.op->made.device) && seenValues(d).size() >= 2;
    }
    [[nodiscard]] FieldRow row() {
        std::set<Digest> superseded;
        for (const auto &[d, write] : m_writes)
            if (effective(d))
                superseded.merge(seen(d));
        std::map<Bytes, cbor::Value> values;
        FieldRow row{m_name, {}, {}};
        const KnownOperation *largest = nullptr;
        for (const auto &[d, write] : m_writes) {
            if (!effective(d) || superseded.contains(d))
                continue;
            row.writes.push_back(d);
            values[encodedValue(d)] = write.op->fields.at(m_name);
            if (largest == nullptr || byTime(*largest) < byTime(*write.op))
                largest = write.op;
        }
        if (m_decided)
            for (const auto &[encoded, value] : values)
                row.values.push_back(value);
        else if (largest != nullptr)
            row.values = {largest->fields.at(m_name)};
        return row;
    }

private:
    struct Write {
        const KnownOperation *op = nullptr;
        bool byAuthority = false;
    };
    [[nodiscard]] Bytes encodedValue(const Digest &d) { return cbor::encode(m_writes.at(d).op->fields.at(m_name)); }
    [[nodiscard]] bool effective(const Digest &d) { return m_writes.at(d).byAuthority && !needsOffice(d); }
    /** "Replace in a base every ineffective write by its own base, repeatedly." */
    [[nodiscard]] std::set<Digest> seen(const Digest &d) {
        if (const auto known = m_seen.find(d); known != m_seen.end())
            return known->second;
        std::set<Digest> names;
        for (const Digest &b : m_writes.at(d).op->base.at(m_name)) {
            if (!m_writes.contains(b))
                continue; // "a digest that is no write of this entity and field names nothing"
            if (effective(b))
                names.insert(b);
            else
                names.merge(seen(b));
        }
        return m_seen[d] = names;
    }
    [[nodiscard]] std::set<Bytes> seenValues(const Digest &d) {
        std::set<Bytes> values;
        for (const Digest &b : seen(d))
            values.insert(encodedValue(b));
        return values;
    }

    std::string m_name;
    bool m_decided;
    const ReferenceWorld *m_world;
    std::map<Digest, Write> m_writes;
    std::map<Digest, std::set<Digest>> m_seen;
};

class ReferenceEntity {
public:
    ReferenceEntity(const ReferenceWorld &world, const Authority &authority, const Uuid &id, Operations operations)
        : m_world(world), m_authority(authority), m_id(id), m_operations(std::move(operations)) {}

    void fold(ReferenceState &state) {
        for (const KnownOperation *op : m_operations)
            m_outcomes[op->made.d] = standing(m_world, m_authority, *op);
        bear();
        for (const KnownOperation *op : m_operations)
            if (ok(*op) && role(*op) != IdRole::Target && findKind(op->kind)->entity != m_row.type)
                m_outcomes[op->made.d] = Ineffective::BadOperation;
        judgeVoids();
        const bool any = std::any_of(m_operations.begin(), m_operations.end(), [&](const auto *op) { return ok(*op); });
        if (any) {
            facts();
            authorityFields();
            mergedFields();
            std::sort(m_row.fields.begin(), m_row.fields.end(),
                      [](const auto &a, const auto &b) { return cbor::KeyOrder()(a.name, b.name); });
            state.rows[m_id] = m_row;
        }
        state.outcomes.insert(m_outcomes.begin(), m_outcomes.end());
    }

private:
    [[nodiscard]] bool ok(const KnownOperation &op) const { return m_outcomes.at(op.made.d) == Ineffective::No; }
    [[nodiscard]] static IdRole role(const KnownOperation &op) { return findKind(op.kind)->idRole; }

    void bear() {
        Operations office;
        Operations tablets;
        for (const KnownOperation *op : m_operations)
            if (ok(*op) && (role(*op) == IdRole::Birth || role(*op) == IdRole::Put))
                (m_world.isOffice(op->made.device) ? office : tablets).push_back(op);
        std::sort(office.begin(), office.end(), [&](auto *a, auto *b) { return m_world.comesBefore(*a, *b); });
        std::sort(tablets.begin(), tablets.end(), [](auto *a, auto *b) { return byTime(*a) < byTime(*b); });
        const KnownOperation *birth = nullptr;
        if (!tablets.empty())
            birth = tablets.front();
        for (const KnownOperation *op : tablets)
            if (const auto claim = m_authority.claims.find(m_id);
                claim != m_authority.claims.end() && claim->second == op->made.d)
                birth = op;
        if (!office.empty())
            birth = office.front();
        for (const Operations *list : {&office, &tablets})
            for (const KnownOperation *op : *list)
                if (op != birth && role(*op) == IdRole::Birth)
                    m_outcomes[op->made.d] = Ineffective::AlreadyBorn;
        m_birth = birth;
        if (birth != nullptr) {
            m_row.type = findKind(birth->kind)->entity;
            m_row.birth = birth->made.d;
            m_row.device = birth->made.device;
            m_row.check = checkOf(*birth);
            return;
        }
        std::set<EntityType> types;
        for (const KnownOperation *op : m_operations)
            if (ok(*op) && role(*op) != IdRole::Target)
                types.insert(findKind(op->kind)->entity);
        m_row.type = types.empty() ? EntityType::Unknown : *types.begin();
    }

    /** "A void on a tablet's chain is for what is of a check and not the office's, or what this chain bore." */
    void judgeVoids() {
        std::set<Uuid> free; // devices whose own entity it is
        bool ofACheck = false;
        if (m_birth != nullptr) {
            free.insert(m_birth->made.device);
            ofACheck = checkOf(*m_birth).has_value() && findKind(m_birth->kind)->author != Author::Server;
        }
        for (const KnownOperation *op : m_operations)
            ofACheck = ofACheck || (m_birth == nullptr && ok(*op) && role(*op) == IdRole::Derived);
        for (const KnownOperation *op : m_operations)
            if (ok(*op) && op->kind == "entity.void" && !m_world.isOffice(op->made.device) && !ofACheck &&
                !free.contains(op->made.device))
                m_outcomes[op->made.d] = Ineffective::NotAllowed;
    }

    [[nodiscard]] std::optional<Uuid> checkOf(const KnownOperation &op) const {
        if (findKind(op.kind)->entity == EntityType::Check)
            return m_id;
        const auto it = op.fields.find("check");
        return it == op.fields.end() || findKind(op.kind)->field("check") == nullptr ? std::nullopt : it->second.uuid();
    }

    void facts() {
        const KnownOperation *source = m_birth;
        for (const KnownOperation *op : m_operations)
            if (ok(*op) && role(*op) == IdRole::Derived) {
                m_row.check = checkOf(*op);
                if (source == nullptr || byTime(*source) < byTime(*op))
                    source = op;
            }
        if (source != nullptr)
            for (const auto &[name, value] : source->fields)
                if (const FieldInfo *field = findKind(source->kind)->field(name); field && field->merge == Merge::Fact)
                    m_row.fields.push_back({name, {value}, {}});
    }

    void authorityFields() {
        Operations chain;
        for (const KnownOperation *op : m_operations)
            if (ok(*op) && m_world.isOffice(op->made.device))
                chain.push_back(op);
        std::sort(chain.begin(), chain.end(), [&](auto *a, auto *b) { return m_world.comesBefore(*a, *b); });
        std::map<std::string, cbor::Value> values;
        for (const KnownOperation *op : chain) {
            for (const FieldInfo &field : findKind(op->kind)->fields)
                if (field.merge == Merge::Authority && role(*op) == IdRole::Put)
                    values.erase(std::string(field.name));
            for (const auto &[name, value] : op->fields)
                if (const FieldInfo *field = findKind(op->kind)->field(name); field && field->merge == Merge::Authority)
                    values[name] = value;
        }
        for (const auto &[name, value] : values)
            if (!value.isNull())
                m_row.fields.push_back({name, {value}, {}});
        if (const auto cut = m_authority.trustedUpto.find(m_id);
            cut != m_authority.trustedUpto.end() && m_row.type == EntityType::Device)
            m_row.fields.push_back({"trusted_upto", {cut->second}, {}});
    }

    void mergedFields() {
        std::map<std::string, ReferenceField> fields;
        std::set<Digest> needOffice;
        for (const KnownOperation *op : m_operations)
            if (op->form == Form::Good)
                for (const auto &[name, seen] : op->base)
                    fields.try_emplace(name, name, findKind(op->kind)->field(name)->merge == Merge::Decided, m_world)
                        .first->second.add(*op, ok(*op));
        for (const KnownOperation *op : m_operations)
            if (op->form == Form::Good)
                for (const auto &[name, seen] : op->base)
                    if (fields.at(name).needsOffice(op->made.d))
                        needOffice.insert(op->made.d);
        for (auto &[name, field] : fields)
            if (FieldRow row = field.row(); !row.values.empty())
                m_row.fields.push_back(std::move(row));
        for (const Digest &d : needOffice)
            m_outcomes[d] = Ineffective::NeedsOffice;
    }

    const ReferenceWorld &m_world;
    const Authority &m_authority;
    Uuid m_id;
    Operations m_operations;
    std::map<Digest, Ineffective> m_outcomes;
    EntityRow m_row;
    const KnownOperation *m_birth = nullptr;
};
} // namespace

bool ReferenceWorld::comesBefore(const KnownOperation &a, const KnownOperation &b) const {
    const auto place = [&](const KnownOperation &op) {
        const auto it = earlier.find(op.made.device);
        return std::pair(it == earlier.end() ? std::numeric_limits<std::int64_t>::max() : it->second, op.made.seq);
    };
    return place(a) < place(b);
}

ReferenceState referenceFold(const ReferenceWorld &world, const std::vector<KnownOperation> &operations) {
    const Authority authority = readAuthority(world, operations);
    std::map<Uuid, Operations> byEntity;
    ReferenceState state;
    for (const KnownOperation &op : operations) {
        if (op.form == Form::Undecodable)
            state.outcomes[op.made.d] = Ineffective::Undecodable;
        else
            byEntity[op.entity].push_back(&op);
    }
    for (const auto &[id, list] : byEntity)
        ReferenceEntity(world, authority, id, list).fold(state);
    return state;
}

} // namespace zhicha::test
