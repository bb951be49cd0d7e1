// Recorder: the life of a check.
#include "mobile/engine/record/recorder.h"
#include "mobile/engine/record/track_keeper.h"

#include <algorithm>

namespace zhicha {

namespace {
Status siteExists(LocalStore &store, const Uuid &id) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> site, store.entities().row(id));
    if (!site || (site->type != EntityType::Site && site->type != EntityType::SiteProposal))
        return fail(Code::NotFound, "no site with id " + toText(id) + " on this tablet");
    return {};
}
} // namespace

Result<Uuid> Recorder::startCheck(const CheckStart &start) {
    ZHICHA_TRY(siteExists(store(), start.site));
    cbor::Array items;
    for (const Uuid &item : start.items) {
        ZHICHA_ASSIGN(const EntityRow row, living(item, EntityType::Item));
        items.emplace_back(item);
    }
    cbor::Map fields{{"site", start.site}, {"items", std::move(items)}};
    if (start.assignment)
        fields["assignment"] = *start.assignment;
    if (start.arrival)
        fields["arrival"] = *start.arrival;
    else if (!start.noFixReason.empty())
        fields["no_fix_reason"] = start.noFixReason;
    if (start.id) {
        ZHICHA_ASSIGN(const bool done, doneBefore("check.start", *start.id, fields));
        if (done)
            return *start.id;
    }
    const Uuid check = start.id ? *start.id : m_writer.newId();
    // The start and the track that led to it: all or nothing, so that a repeated command cannot leave half a track.
    ZHICHA_ASSIGN(Transaction transaction, store().begin());
    ZHICHA_ASSIGN(const StoredOperation stored, m_writer.append({"check.start", check, std::move(fields), nullptr}));
    const std::vector<Uuid> ids = idsInOrder(m_writer, start.track.size());
    for (std::size_t i = 0; i < start.track.size(); ++i) {
        cbor::Map track = start.track[i];
        track["check"] = check;
        ZHICHA_ASSIGN(const StoredOperation more, m_writer.append({"track.append", ids[i], std::move(track), nullptr}));
    }
    ZHICHA_TRY(appendTrack(m_writer, check)); // the way there
    ZHICHA_TRY(store().state().put(statekey::kCurrentCheck, check.view()));
    ZHICHA_TRY(transaction.commit());
    return check;
}

namespace {
Status checkInvite(const Bytes &invite) {
    cbor::Reader in(invite);
    if (in.array() != 3)
        in.breakOff("an invite has 3 parts");
    in.fixed<16>();
    in.integer();
    in.fixed<64>();
    return in.finish() ? Status() : Status(fail(Code::InvalidArgument, "this is no invite", Retry::AfterUser));
}
} // namespace

Status Recorder::join(const Uuid &check, const std::optional<Bytes> &invite) {
    if (invite)
        ZHICHA_TRY(checkInvite(*invite));
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    ZHICHA_ASSIGN(const std::vector<KnownEntity> joins, store().entities().ofCheck(check, EntityType::Join));
    // Joined by the list before and still waiting: an invite says something new, the same invite does not.
    const bool said = std::any_of(joins.begin(), joins.end(), [&](const KnownEntity &join) {
        const cbor::Value *with = join.row.value("invite");
        return join.row.device == identity.device && !join.row.isVoid() &&
               (!invite || (with != nullptr && *with == *invite));
    });
    if (said)
        return {};
    cbor::Map fields{{"check", check}, {"by", invite ? "qr" : "list"}};
    if (invite)
        fields["invite"] = *invite;
    ZHICHA_ASSIGN(const StoredOperation stored,
                  m_writer.append({"check.join", m_writer.newId(), std::move(fields), nullptr}));
    return {};
}

Result<Uuid> Recorder::joinCheck(const Uuid &check, const std::optional<Bytes> &invite) {
    ZHICHA_ASSIGN(Transaction transaction, store().begin());
    ZHICHA_TRY(join(check, invite));
    ZHICHA_TRY(store().state().put(statekey::kCurrentCheck, check.view()));
    ZHICHA_TRY(transaction.commit());
    return check;
}

Result<Bytes> Recorder::makeInvite(const Uuid &check, std::int64_t validMs) {
    ZHICHA_ASSIGN(const EntityRow row, living(check, EntityType::Check));
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    if (row.device != identity.device)
        return fail(Code::NotAllowed, "only the tablet that started a check invites others to it");
    ZHICHA_ASSIGN(const std::optional<ClockEstimate> estimate, store().clock());
    const std::int64_t now = estimate ? estimate->at(m_writer.clock()) : m_writer.clock().nowMs();
    const std::int64_t expiresAt = now + validMs;
    const Bytes content = cbor::encode(cbor::Array{identity.ledger, check, expiresAt});
    const Signature signature = identity.signingKey().signFor("join", content);
    return cbor::encode(cbor::Array{identity.device, expiresAt, Bytes(signature.begin(), signature.end())});
}

Result<Uuid> Recorder::correctSite(const Uuid &check, const Uuid &site, const std::string &reason) {
    ZHICHA_ASSIGN(const EntityRow shown, living(check, EntityType::Check));
    ZHICHA_TRY(notContested(shown, "site"));
    ZHICHA_TRY(siteExists(store(), site));
    if (reason.empty())
        return fail(Code::InvalidArgument, "a correction says why", Retry::AfterUser);
    if (shown.uuid("site") == site)
        return check;
    ZHICHA_TRY(append({"check.correct", check, {{"site", site}, {"reason", reason}}, &shown}));
    return check;
}

Result<Uuid> Recorder::finishCheck(const Uuid &check) {
    ZHICHA_TRY(mayWriteInto(check));
    ZHICHA_ASSIGN(const std::optional<Uuid> finished, ownIn(check, EntityType::Finish));
    if (finished)
        return *finished;
    ZHICHA_ASSIGN(Transaction transaction, store().begin());
    ZHICHA_TRY(appendTrack(m_writer, check)); // nothing of it comes after the end
    const Uuid finish = m_writer.newId();
    ZHICHA_ASSIGN(const StoredOperation stored, m_writer.append({"check.finish", finish, {{"check", check}}, nullptr}));
    ZHICHA_TRY(store().track().remove(check));
    ZHICHA_TRY(transaction.commit());
    return finish;
}

/** The heads that a signature covers: the own chain and, as far as they were pulled, those of the others. */
Result<cbor::Map> Recorder::headsOf(const Uuid &check) {
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    ZHICHA_ASSIGN(const ChainHead own, store().chainHead());
    cbor::Map heads{{toHex(identity.device.view()), cbor::Array{own.seq, own.h}}};
    ZHICHA_ASSIGN(const auto chains, store().operations().lastInCheck(check));
    for (const auto &[device, seq] : chains) {
        ZHICHA_ASSIGN(const DeviceFacts facts, store().fold().deviceFacts(device));
        if (device == identity.device || facts.server)
            continue;
        ZHICHA_ASSIGN(const std::optional<ChainHead> head, store().runs().lastPulled(device));
        if (head)
            heads[toHex(device.view())] = cbor::Array{head->seq, head->h};
    }
    return heads;
}

Result<Uuid> Recorder::signCheck(const Uuid &check, const std::optional<std::string> &refusal) {
    ZHICHA_TRY(mayWriteInto(check));
    ZHICHA_TRY(TrackKeeper(*this).cut(check)); // what was walked so far is signed too
    ZHICHA_ASSIGN(cbor::Map heads, headsOf(check));
    cbor::Map fields{{"check", check}, {"upto", std::move(heads)}};
    if (refusal) {
        ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
        fields["refusal"] = cbor::Map{{"person", identity.person}, {"reason", *refusal}};
    }
    return birth("check.sign", std::nullopt, std::move(fields));
}

Result<SignatureAsked> Recorder::askSignature(const Uuid &check, std::int64_t validMs) {
    ZHICHA_TRY(mayWriteInto(check));
    SignatureAsked asked{check, std::nullopt, {}};
    if (auto invite = makeInvite(check, validMs))
        asked.invite = *std::move(invite);
    else if (invite.error().code != Code::NotAllowed && invite.error().code != Code::NotFound)
        return invite.error();
    ZHICHA_ASSIGN(asked.upto, headsOf(check));
    return asked;
}

Result<Uuid> Recorder::countersign(const SignatureAsked &asked, const std::optional<std::string> &refusal) {
    ZHICHA_ASSIGN(const Identity identity, store().enrolledIdentity());
    ZHICHA_ASSIGN(const ChainHead own, store().chainHead());
    const std::string self = toHex(identity.device.view());
    if (asked.upto.contains(self))
        return fail(Code::NotAllowed, "a check is countersigned by a colleague, not on the chain that asks for it",
                    Retry::AfterUser);
    ZHICHA_ASSIGN(const std::vector<KnownEntity> signatures, store().entities().ofCheck(asked.check, EntityType::Sign));
    for (const KnownEntity &sign : signatures) {
        const cbor::Value *upto = sign.row.value("upto");
        if (sign.row.device == identity.device && !sign.row.isVoid() && upto != nullptr && upto->map() != nullptr &&
            std::all_of(asked.upto.begin(), asked.upto.end(), [&](const cbor::Member &head) {
                const auto it = upto->map()->find(head.first);
                return it != upto->map()->end() && it->second == head.second;
            }))
            return sign.id; // these very records were signed before
    }
    cbor::Map heads = asked.upto;
    if (own.seq > 0)
        heads[self] = cbor::Array{own.seq, own.h};
    cbor::Map fields{{"check", asked.check}, {"upto", std::move(heads)}};
    if (refusal)
        fields["refusal"] = cbor::Map{{"person", identity.person}, {"reason", *refusal}};
    ZHICHA_ASSIGN(Transaction transaction, store().begin());
    ZHICHA_TRY(join(asked.check, asked.invite));
    const Uuid sign = m_writer.newId();
    ZHICHA_ASSIGN(const StoredOperation stored, m_writer.append({"check.sign", sign, std::move(fields), nullptr}));
    ZHICHA_TRY(transaction.commit());
    return sign;
}

Result<Uuid> Recorder::reply(const Uuid &check, const Uuid &question, const std::string &text,
                             const std::optional<Uuid> &id) {
    ZHICHA_TRY(mayWriteInto(check));
    ZHICHA_ASSIGN(const std::vector<KnownEntity> reviews, store().entities().ofCheck(check, EntityType::Review));
    bool asked = false;
    for (const KnownEntity &review : reviews) {
        const cbor::Value *questions = review.row.value("questions");
        if (questions == nullptr || questions->array() == nullptr)
            continue;
        for (const cbor::Value &entry : *questions->array()) {
            const cbor::Map *map = entry.map();
            const auto it = map == nullptr ? cbor::Map::const_iterator() : map->find("id");
            asked = asked || (map != nullptr && it != map->end() && it->second.uuid() == question);
        }
    }
    if (!asked)
        return fail(Code::NotFound, "the office asked no question with id " + toText(question) +
                                        " about this check, as far as this tablet knows");
    return birth("check.reply", id, {{"check", check}, {"question", question}, {"text", text}});
}

} // namespace zhicha
