#include "sync-server/intake/enrolment.h"

#include "shared/crypto/digest.h"

namespace zhicha {

namespace {
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kMaxNameBytes = 200;

// Codes are short, so what is stored is bound to this ledger's secret: a stolen file does not give them away.
Digest codeDigest(const ServerKeys &keys, const std::string &code) {
    return hmacSha256(keys.tokenKey, viewOf(code));
}

Result<EnrolAnswer> answerFor(Intake &intake, const Uuid &person) {
    EnrolAnswer answer;
    answer.person = person;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, intake.ledger().rowOf(person));
    answer.personName = row ? row->text("name") : std::string();
    ZHICHA_ASSIGN(answer.checkpoint, intake.checkpoint());
    return answer;
}
/** To a device that is enrolled: the fresh code of its person is used up. */
Result<EnrolAnswer> answerAgain(Intake &intake, EnrolCode code, const Uuid &device) {
    LedgerWriter &ledger = intake.ledger();
    code.usedBy = device;
    ZHICHA_TRY(ledger.begin());
    if (const Status stored = ledger.putEnrolCode(code); !stored) {
        ledger.rollback();
        return stored.error();
    }
    ZHICHA_TRY(ledger.commit());
    return answerFor(intake, code.person);
}
} // namespace

std::string normalizeCode(std::string_view code) {
    std::string out;
    for (char c : code) {
        if (c == '-' || c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        if (c == 'I' || c == 'L')
            c = '1';
        if (c == 'O')
            c = '0';
        if (kAlphabet.find(c) == std::string_view::npos)
            return {};
        out.push_back(c);
    }
    return out.size() == kCodeLength ? out : std::string();
}

Bytes enrolSignedContent(const Uuid &ledger, const Digest &fingerprint, const EnrolRequest &request) {
    Bytes content;
    cbor::Writer(content)
        .array(6)
        .bytes(ledger.bytes)
        .text(request.code)
        .bytes(request.device.bytes)
        .bytes(request.signKey)
        .bytes(request.boxKey)
        .bytes(fingerprint);
    return content;
}

Result<std::string> makeEnrolCode(Intake &intake, const Uuid &person) {
    std::string code;
    for (const std::uint8_t byte : intake.random().array<kCodeLength>())
        code.push_back(kAlphabet[byte & 31]);
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(ledger.begin());
    const Status stored = ledger.putEnrolCode(
        {codeDigest(intake.keys(), code), person, intake.clock().nowMs() + kCodeLifeMs, std::nullopt});
    if (!stored) {
        ledger.rollback();
        return stored.error();
    }
    ZHICHA_TRY(ledger.commit());
    return code;
}

Result<EnrolAnswer> enrol(Intake &intake, const EnrolRequest &request) {
    const ServerKeys &keys = intake.keys();
    const std::string code = normalizeCode(request.code);
    ZHICHA_ASSIGN(const PublicKey root, claimedRootKey(keys.signedNote));
    if (code.empty() || !verifyFor(request.signKey, "enrol",
                                   enrolSignedContent(keys.ledger, fingerprintOf(root), request), request.signature))
        return fail(code.empty() ? Code::BadCode : Code::BadSignature, "the enrolment is not signed by its own key");
    if (request.name.size() > kMaxNameBytes || !isUtf8(request.name) || request.device.isNil())
        return fail(Code::InvalidArgument, "the tablet's name or id does not fit");
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_ASSIGN(const std::optional<EnrolCode> known, ledger.enrolCode(codeDigest(keys, code)));
    if (!known)
        return fail(Code::BadCode, "no such enrolment code");
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(request.device));
    if (chain) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(request.device));
        const cbor::Value *box = row ? row->value("box_key") : nullptr;
        if (chain->key != request.signKey || box == nullptr || *box != toBytes(request.boxKey))
            return fail(Code::AlreadyDone, "this device id is in use with other keys");
        if (known->usedBy == request.device)
            return answerFor(intake, known->person);
        if (chain->person != known->person)
            return fail(Code::AlreadyDone, "this device belongs to another person");
    }
    if (known->usedBy)
        return fail(Code::BadCode, "this enrolment code was used by another device");
    if (intake.clock().nowMs() > known->expiresAtMs)
        return fail(Code::BadCode, "this enrolment code has run out");
    if (chain) // it never got its answer, and the office was restored since, with no code of before
        return answerAgain(intake, *known, request.device);

    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    EnrolCode used = *known;
    used.usedBy = request.device;
    ZHICHA_TRY(ledger.putEnrolCode(used));
    ChainRecord record;
    record.device = request.device;
    record.person = known->person;
    record.key = request.signKey;
    record.head = {0, chainStart(keys.ledger, record.suite, record.device, record.key)};
    ZHICHA_TRY(ledger.putChain(record));
    auto appended = transaction->append({"device.enrol",
                                         request.device,
                                         {{"person", known->person},
                                          {"name", request.name},
                                          {"sign_key", toBytes(request.signKey)},
                                          {"box_key", toBytes(request.boxKey)}}});
    if (!appended)
        return appended.error();
    ZHICHA_ASSIGN(const std::string note, transaction->commit());
    return answerFor(intake, known->person);
}

} // namespace zhicha
