#include "mobile/engine/sync/enrol_step.h"

#include "mobile/engine/sync/answer.h"
#include "shared/protocol/paths.h"

#include <algorithm>
#include <cctype>

namespace zhicha {

std::optional<std::string> normalizedCode(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c == ' ' || c == '-')
            continue;
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        c = c == 'I' || c == 'L' ? '1' : c == 'O' ? '0' : c;
        const bool known = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && c != 'U');
        if (!known)
            return std::nullopt;
        code.push_back(c);
    }
    return code.size() == 8 ? std::optional(code) : std::nullopt;
}

namespace {
/** Tells two tablets of one person apart; host names are all "localhost" there. The end of an id is its random part. */
std::string defaultName(const Uuid &device) {
    std::string digits = toHex(device.view().last(2));
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return "平板 " + digits;
}
} // namespace

Status beginEnrolment(LocalStore &store, const Enrolment &enrolment, const Clock &clock, RandomSource &random) {
    const auto code = normalizedCode(enrolment.code);
    if (!code)
        return fail(Code::BadCode, "an enrolment code has 8 characters", Retry::AfterUser);
    const std::optional<Identity> &known = store.identity();
    if (known && known->enrolled && known->fingerprint != enrolment.fingerprint)
        return fail(Code::AlreadyDone, "this store belongs to another office");
    if (known && known->enrolled) {
        // An office that was lost may know nothing of this tablet: it is told again who it is, with the same keys.
        Identity again = *known;
        again.code = *code;
        again.server = enrolment.server;
        return store.setIdentity(again);
    }
    Identity identity = known ? *known : Identity();
    if (!known) {
        identity.device = newUuid(clock, random);
        identity.signSeed = random.array<32>();
        identity.box = generateBoxKeys(random);
    }
    if (identity.fingerprint != enrolment.fingerprint)
        ZHICHA_TRY(store.forgetKeyNote()); // a mistyped fingerprint must not lock the store
    identity.ledger = store.keyNote() ? identity.ledger : Uuid();
    identity.server = enrolment.server;
    identity.code = *code;
    identity.fingerprint = enrolment.fingerprint;
    identity.deviceName = enrolment.deviceName.empty() ? defaultName(identity.device) : enrolment.deviceName;
    return store.setIdentity(identity);
}

Result<std::optional<HttpRequest>> EnrolStep::next() {
    const Identity &identity = *m_context.store.identity();
    if (identity.enrolled && identity.code.empty())
        return std::optional<HttpRequest>();
    const SigningKey key = identity.signingKey();
    const Bytes signKey(key.publicKey().begin(), key.publicKey().end());
    const Bytes boxKey(identity.box.publicKey.begin(), identity.box.publicKey.end());
    const Signature signature =
        key.signFor("enrol", cbor::encode(cbor::Array{identity.ledger, identity.code, identity.device, signKey, boxKey,
                                                      identity.fingerprint}));
    HttpRequest request;
    request.method = "POST";
    request.path = protocol::kDevicesPath;
    request.headers.push_back({"Content-Type", std::string(protocol::kCborType)});
    request.body = cbor::encode(cbor::Map{{"code", identity.code},
                                          {"device", identity.device},
                                          {"sign_key", signKey},
                                          {"box_key", boxKey},
                                          {"name", identity.deviceName},
                                          {"signature", Bytes(signature.begin(), signature.end())}});
    return std::optional(std::move(request));
}

Status EnrolStep::onAnswer(const HttpResponse &response) {
    Identity identity = *m_context.store.identity();
    const bool again = identity.enrolled;
    const auto answered = cborAnswer(response);
    if (!answered && again && (answered.error().code == Code::BadCode || answered.error().code == Code::AlreadyDone)) {
        identity.code.clear(); // once only: an enrolled tablet goes on by what it is
        ZHICHA_TRY(m_context.store.setIdentity(identity));
        return answered.error().code == Code::AlreadyDone ? Status() : Status(answered.error());
    }
    ZHICHA_ASSIGN(const cbor::Map map, answered);
    AnswerReader answer(map);
    identity.person.bytes = answer.fixed<16>("person");
    identity.personName = answer.text("name");
    const std::string note = answer.text("checkpoint");
    const std::int64_t time = answer.integer("time");
    if (!answer.ok())
        return AnswerReader::wrongShape("POST /devices");
    ZHICHA_ASSIGN(const Checkpoint checkpoint, m_context.open(note));
    identity.enrolled = true;
    identity.code.clear();
    LocalStore &store = m_context.store;
    ZHICHA_ASSIGN(Transaction transaction, store.begin());
    if (!again) {
        DeviceFacts own;
        own.enrolled = true;
        ZHICHA_TRY(store.fold().setDeviceFacts(identity.device, own));
        ZHICHA_TRY(store.setCheckpoint(checkpoint)); // the first anchor; a later one is proven while sending
    }
    ZHICHA_TRY(m_context.noteServerTime(time));
    ZHICHA_TRY(store.setIdentity(identity));
    ZHICHA_TRY(transaction.commit());
    return store.reload();
}

} // namespace zhicha
