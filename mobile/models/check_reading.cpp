#include "mobile/models/check_reading.h"

#include "mobile/engine/record/track_replay.h"
#include "mobile/models/check_closure.h"
#include "shared/crypto/digest.h"

#include <algorithm>

namespace zhicha {

namespace {
int gravity(const std::string &severity) {
    return severity == "critical" ? 0 : severity == "major" ? 1 : severity == "minor" ? 2 : 3;
}

PhotoReading photoOf(LocalStore &store, const KnownEntity &entity, const Uuid &device) {
    const EntityRow &row = entity.row;
    PhotoReading photo;
    photo.id = entity.id;
    photo.to = row.uuid("to").value_or(Uuid{});
    if (const cbor::Value *hash = row.value("sha256"))
        photo.sha256 = hash->digest().value_or(Digest{});
    if (const cbor::Value *hash = row.value("preview"))
        photo.preview = hash->digest();
    photo.size = row.integer("size").value_or(0);
    photo.howTaken = row.text("how_taken");
    photo.imported = row.text("origin") == "import";
    photo.importNote = row.text("import_note");
    photo.isVoid = row.isVoid();
    photo.mine = row.device == device;
    photo.rank = row.text("rank");
    photo.shotAtMs = row.integer("shot_at");
    if (const cbor::Value *fix = row.value("fix"); fix != nullptr && fix->map() != nullptr)
        photo.fix = *fix->map();
    if (auto record = store.photos().find(photo.sha256); record && *record)
        photo.record = std::move(*record);
    return photo;
}

std::string signedHereKey(const Uuid &check) {
    return "signed_here:" + toText(check);
}

Result<std::vector<SignatureReading>> signaturesGivenHere(LocalStore &store, const Uuid &check) {
    ZHICHA_ASSIGN(const std::optional<cbor::Value> noted, store.state().value(signedHereKey(check)));
    std::vector<SignatureReading> out;
    for (const cbor::Value &entry : noted && noted->array() != nullptr ? *noted->array() : cbor::Array()) {
        const cbor::Array *parts = entry.array();
        if (parts == nullptr || parts->size() != 5 || !(*parts)[0].uuid() || !(*parts)[1].uuid() ||
            (*parts)[2].text() == nullptr || (*parts)[3].integer() == nullptr || (*parts)[4].text() == nullptr)
            return fail(Code::StoreDamaged, "what a colleague signed here does not decode");
        SignatureReading sign;
        sign.id = *(*parts)[0].uuid();
        sign.device = *(*parts)[1].uuid();
        sign.person = *(*parts)[2].text();
        sign.atMs = *(*parts)[3].integer();
        sign.refusal = *(*parts)[4].text();
        sign.onItsWay = true;
        out.push_back(std::move(sign));
    }
    return out;
}

/** Everything of the check by what it is. */
class Reader {
public:
    Reader(LocalStore &store, const Uuid &check) : m_store(store) { m_out.id = check; }

    Result<CheckReading> read() {
        ZHICHA_ASSIGN(m_identity, m_store.enrolledIdentity());
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(m_out.id));
        ZHICHA_ASSIGN(m_all, m_store.entities().ofCheck(m_out.id));
        m_out.known = row && row->type == EntityType::Check;
        for (const KnownEntity &entity : m_all)
            take(entity);
        if (!m_out.known && !m_out.joined)
            return fail(Code::NotFound, "no such check on this tablet");
        if (m_out.known)
            ZHICHA_TRY(readHead(*row));
        sortPhotos();
        ZHICHA_TRY(readItems(row));
        ZHICHA_TRY(readFindings());
        ZHICHA_TRY(readSignatures());
        readAttestations();
        ZHICHA_ASSIGN(m_out.state, closureState(m_store, m_out.id, row, m_all));
        countParts();
        return std::move(m_out);
    }

private:
    void take(const KnownEntity &entity) {
        const EntityRow &row = entity.row;
        const bool own = row.device == m_identity.device && !row.isVoid();
        if (row.type == EntityType::Join)
            m_out.joined = m_out.joined || own;
        else if (row.type == EntityType::Finish)
            m_out.finished = m_out.finished || own;
        else if (row.type == EntityType::CheckNumber)
            m_out.number = row.text("number");
        else if (row.type == EntityType::Photo)
            m_photos.push_back(photoOf(m_store, entity, m_identity.device));
        else if (row.type == EntityType::Tally && !row.isVoid()) {
            m_out.satisfied += row.integer("satisfied").value_or(0);
            m_out.neutral += row.integer("neutral").value_or(0);
            m_out.dissatisfied += row.integer("dissatisfied").value_or(0);
        } else if (row.type == EntityType::Track && !row.isVoid()) {
            cbor::Map piece;
            for (const char *name : {"points", "source", "gap_before_ms"})
                if (const cbor::Value *value = row.value(name))
                    piece[name] = *value;
            m_out.track.push_back(std::move(piece)); // ids are of the time of birth, so these come in order
        }
    }

    Status readHead(const EntityRow &row) {
        m_out.mine = row.device == m_identity.device;
        m_out.isVoid = row.isVoid();
        m_out.site = row.uuid("site").value_or(Uuid{});
        m_out.noFixReason = row.text("no_fix_reason");
        if (const cbor::Value *arrival = row.value("arrival"); arrival != nullptr && arrival->map() != nullptr)
            m_out.arrival = *arrival->map();
        ZHICHA_ASSIGN(m_out.startedAtMs, bornAtMs(m_store, m_out.id));
        ZHICHA_ASSIGN(const std::optional<EntityRow> site, m_store.entities().row(m_out.site));
        if (site) {
            m_out.siteName = site->text("name");
            m_out.unitName = nameOf(m_store, site->uuid("unit"));
            m_out.fence = fenceOf(*site);
        }
        return {};
    }

    void sortPhotos() {
        std::stable_sort(m_photos.begin(), m_photos.end(),
                         [](const PhotoReading &a, const PhotoReading &b) { return a.rank < b.rank; });
        for (const PhotoReading &photo : m_photos) {
            if (photo.isVoid) {
                m_out.removed.push_back(photo);
                continue;
            }
            m_out.photos.push_back(photo);
            if (photo.to == m_out.id)
                m_out.loose.push_back(photo);
        }
    }

    std::vector<PhotoReading> photosAt(const Uuid &to) const {
        std::vector<PhotoReading> out;
        std::copy_if(m_out.photos.begin(), m_out.photos.end(), std::back_inserter(out),
                     [&](const PhotoReading &photo) { return photo.to == to; });
        return out;
    }

    Status readItems(const std::optional<EntityRow> &row) {
        const cbor::Value *items = row ? row->value("items") : nullptr;
        std::vector<std::optional<Uuid>> ids;
        if (items != nullptr && items->array() != nullptr)
            for (const cbor::Value &item : *items->array())
                ids.push_back(item.uuid());
        if (ids.empty())
            ids.emplace_back();
        for (const std::optional<Uuid> &id : ids) {
            ItemReading item;
            item.id = id;
            if (id) {
                ZHICHA_ASSIGN(const std::optional<EntityRow> known, m_store.entities().row(*id));
                if (known) {
                    item.number = known->text("number");
                    item.title = known->text("title");
                    item.dueOn = known->text("due_on");
                }
            }
            for (std::size_t q = 0; q < item.answers.size(); ++q)
                ZHICHA_TRY(readAnswer(id, kQuestionNames[q], item.answers[q]));
            m_out.items.push_back(std::move(item));
        }
        return {};
    }

    Status readAnswer(const std::optional<Uuid> &item, std::string_view question, AnswerReading &answer) {
        answer.question = question;
        answer.id = answerId(m_identity.ledger, m_out.id, item, question);
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(answer.id));
        if (row && !row->isVoid()) {
            answer.value = row->text("value");
            if (answer.value == "none")
                answer.value.clear();
            answer.note = row->text("note");
            answer.contested = row->contested();
        }
        answer.photos = photosAt(answer.id);
        return {};
    }

    Status readFindings() {
        for (const KnownEntity &entity : m_all) {
            if (entity.row.type != EntityType::Finding)
                continue;
            FindingReading finding;
            finding.id = entity.id;
            finding.item = entity.row.uuid("item");
            finding.severity = entity.row.text("severity");
            finding.text = entity.row.text("text");
            finding.isVoid = entity.row.isVoid();
            finding.contested = entity.row.contested();
            finding.mine = entity.row.device == m_identity.device;
            finding.photos = photosAt(entity.id);
            ZHICHA_ASSIGN(finding.atMs, bornAtMs(m_store, entity.id));
            m_out.findings.push_back(std::move(finding));
        }
        ZHICHA_ASSIGN(const std::vector<Draft> drafts, m_store.drafts().all());
        for (const Draft &draft : drafts)
            if (draft.kind == kFindingDraft && draft.check == m_out.id)
                m_out.findings.push_back(draftOf(draft));
        std::stable_sort(m_out.findings.begin(), m_out.findings.end(),
                         [](const FindingReading &a, const FindingReading &b) {
                             return std::tuple(a.isVoid, gravity(a.severity), !a.draft, -a.atMs) <
                                    std::tuple(b.isVoid, gravity(b.severity), !b.draft, -b.atMs);
                         });
        return {};
    }

    FindingReading draftOf(const Draft &draft) const {
        const auto text = [&](const char *name) {
            const auto it = draft.content.find(name);
            return it != draft.content.end() && it->second.text() != nullptr ? *it->second.text() : std::string();
        };
        FindingReading finding;
        finding.id = draft.id;
        finding.draft = true;
        finding.severity = text("severity");
        finding.text = text("text");
        finding.atMs = draft.updatedMs;
        if (const auto item = draft.content.find("item"); item != draft.content.end())
            finding.item = item->second.uuid();
        if (const auto photos = draft.content.find("photos");
            photos != draft.content.end() && photos->second.array() != nullptr)
            for (const cbor::Value &id : *photos->second.array())
                for (const PhotoReading &photo : m_out.photos)
                    if (id.uuid() == photo.id)
                        finding.photos.push_back(photo);
        return finding;
    }

    Status readSignatures() {
        for (const KnownEntity &entity : m_all) {
            if (entity.row.type != EntityType::Sign || entity.row.isVoid() || !entity.row.device)
                continue;
            SignatureReading sign;
            sign.id = entity.id;
            sign.device = *entity.row.device;
            const bool own = sign.device == m_identity.device;
            ZHICHA_ASSIGN(const std::optional<EntityRow> device, m_store.entities().row(sign.device));
            sign.person = own ? m_identity.personName : nameOf(m_store, device ? device->uuid("person") : std::nullopt);
            ZHICHA_ASSIGN(sign.atMs, bornAtMs(m_store, entity.id));
            readCover(entity.row, sign);
            if (const cbor::Value *refusal = entity.row.value("refusal"); refusal != nullptr && refusal->map()) {
                const auto reason = refusal->map()->find("reason");
                if (reason != refusal->map()->end() && reason->second.text() != nullptr)
                    sign.refusal = *reason->second.text();
            }
            m_out.signatures.push_back(std::move(sign));
        }
        return readSignedHere();
    }

    Status readSignedHere() {
        ZHICHA_ASSIGN(const std::vector<SignatureReading> noted, signaturesGivenHere(m_store, m_out.id));
        for (const SignatureReading &sign : noted)
            if (std::none_of(m_out.signatures.begin(), m_out.signatures.end(),
                             [&](const SignatureReading &known) { return known.id == sign.id; }))
                m_out.signatures.push_back(sign);
        return {};
    }

    static void readCover(const EntityRow &row, SignatureReading &sign) {
        const cbor::Value *upto = row.value("upto");
        if (upto == nullptr || upto->map() == nullptr)
            return;
        for (const auto &[device, head] : *upto->map()) {
            const cbor::Array *pair = head.array();
            if (pair == nullptr || pair->size() != 2 || (*pair)[0].integer() == nullptr)
                continue;
            sign.covers += *(*pair)[0].integer();
            if (device == toHex(sign.device.view()) && (*pair)[1].bytes() != nullptr)
                sign.head = toHex(*(*pair)[1].bytes());
        }
    }

    void readAttestations() {
        for (const KnownEntity &entity : m_all) {
            const auto clause = entity.row.integer("clause");
            if (entity.row.type != EntityType::Attestation || entity.row.isVoid() || !clause || *clause < 1 ||
                *clause > 6)
                continue;
            AttestReading &said = m_out.attestations[static_cast<std::size_t>(*clause - 1)];
            said.said = entity.row.text("said");
            said.note = entity.row.text("note");
            said.contested = entity.row.contested();
        }
    }

    void countParts() {
        for (std::size_t i = 0; i < m_out.items.size(); ++i)
            for (std::size_t q = 0; q < 3; ++q) {
                const AnswerReading &answer = m_out.items[i].answers[q];
                const bool counted = q == 2 && m_out.people() > 0;
                const bool evidence = !answer.photos.empty() || !answer.note.empty() || counted;
                if (answer.value.empty() && !answer.contested)
                    m_out.missing.push_back({MissingPart::Kind::Answer, i, q, {}, 0});
                else if (!evidence)
                    m_out.missing.push_back({MissingPart::Kind::Evidence, i, q, {}, 0});
            }
        std::int64_t findings = 0;
        for (const FindingReading &finding : m_out.findings) {
            findings += finding.isVoid ? 0 : 1;
            if (finding.draft)
                m_out.missing.push_back({MissingPart::Kind::Draft, 0, 0, finding.id, 0});
        }
        for (std::size_t clause = 0; clause < 6; ++clause)
            if (m_out.attestations[clause].said.empty() && !m_out.attestations[clause].contested)
                m_out.missing.push_back(
                    {MissingPart::Kind::Attestation, 0, 0, {}, static_cast<std::int64_t>(clause + 1)});
        m_out.parts = static_cast<std::int64_t>(m_out.items.size()) * 3 + 6 + findings;
        m_out.partsDone = m_out.parts - static_cast<std::int64_t>(m_out.missing.size());
    }

    LocalStore &m_store;
    Identity m_identity;
    CheckReading m_out;
    std::vector<KnownEntity> m_all;
    std::vector<PhotoReading> m_photos;
};
} // namespace

const cbor::Map *arrivalFix(const CheckReading &check) {
    if (!check.arrival)
        return nullptr;
    const auto fix = check.arrival->find("fix");
    return fix == check.arrival->end() ? nullptr : fix->second.map();
}

std::optional<std::int64_t> numberIn(const cbor::Map &map, std::string_view name) {
    const auto it = map.find(name);
    return it != map.end() && it->second.integer() != nullptr ? std::optional(*it->second.integer()) : std::nullopt;
}

std::optional<LatLon> placeIn(const cbor::Map &fix) {
    const auto lat = numberIn(fix, "lat"), lon = numberIn(fix, "lon");
    if (!lat || !lon || !isPlace(*lat, *lon))
        return std::nullopt;
    return LatLon{static_cast<std::int32_t>(*lat), static_cast<std::int32_t>(*lon)};
}

Status noteSignedHere(LocalStore &store, const Uuid &check, const SignatureReading &sign) {
    const std::string key = signedHereKey(check);
    ZHICHA_ASSIGN(const std::optional<cbor::Value> before, store.state().value(key));
    cbor::Array all = before && before->array() != nullptr ? *before->array() : cbor::Array();
    all.emplace_back(cbor::Array{sign.id, sign.device, sign.person, sign.atMs, sign.refusal});
    return store.state().putValue(key, all);
}

std::string markOf(const cbor::Map &upto) {
    return toHex(ByteView(sha256(cbor::encode(upto))).first(6));
}

bool CheckReading::signedHere(const Uuid &device) const {
    return std::any_of(signatures.begin(), signatures.end(),
                       [&](const SignatureReading &sign) { return sign.device == device; });
}

Result<CheckReading> readCheck(LocalStore &store, const Uuid &check) {
    return Reader(store, check).read();
}

Result<std::int64_t> bornAtMs(LocalStore &store, const Uuid &entity) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(entity));
    std::int64_t at = 0;
    if (!row || !row->birth)
        return at;
    ZHICHA_TRY(store.operations().ofEntity(entity, [&](const StoredOperation &operation) -> Status {
        if (operation.d != *row->birth)
            return {};
        ZHICHA_ASSIGN(const Envelope envelope, decodeEnvelope(operation.bytes.envelope));
        at = envelope.time.estimateMs;
        return {};
    }));
    return at;
}

std::string nameOf(LocalStore &store, const std::optional<Uuid> &entity) {
    if (!entity)
        return {};
    const auto row = store.entities().row(*entity);
    return row && *row ? (*row)->text("name") : std::string();
}

} // namespace zhicha
