#include "sync-server/office/signin/word_assertion.h"

#include "shared/crypto/digest.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::size_t kMostAuthenticatorData = 1024;
constexpr std::size_t kMostKeySignature = 256;
constexpr std::size_t kMostCredential = 1023; // CTAP 2
constexpr std::size_t kMostHost = 253;

const cbor::Value *memberOf(const cbor::Map &fields, const char *name) {
    const auto found = fields.find(name);
    return found == fields.end() ? nullptr : &found->second;
}

Result<Bytes> bytesOf(const cbor::Map &fields, const char *name, std::size_t most) {
    const cbor::Value *value = memberOf(fields, name);
    const Bytes *bytes = value != nullptr ? value->bytes() : nullptr;
    if (bytes == nullptr || bytes->empty() || bytes->size() > most)
        return fail(Code::BadEncoding, std::string("an assertion without a fitting ") + name);
    return *bytes;
}

Result<std::string> textOfMember(const cbor::Map &fields, const char *name) {
    const cbor::Value *value = memberOf(fields, name);
    const std::string *text = value != nullptr ? value->text() : nullptr;
    if (text == nullptr || text->empty() || text->size() > kMostHost + 16)
        return fail(Code::BadEncoding, std::string("an assertion without a fitting ") + name);
    return *text;
}
} // namespace

Bytes statementBytes(const SignedStatement &statement) {
    cbor::Map fields = statement.fields;
    fields.erase(kAssertionField);
    return cbor::encode(cbor::Array{cbor::Value(statement.ledger), cbor::Value(statement.kind),
                                    cbor::Value(statement.entity), cbor::Value(statement.actor),
                                    cbor::Value(std::move(fields))});
}

Digest statementDigest(const SignedStatement &statement) {
    return taggedDigest("zhicha/v1/statement", {statementBytes(statement)});
}

Bytes challengeOver(const std::vector<Digest> &statements) {
    Bytes all;
    for (const Digest &statement : statements)
        append(all, statement);
    return toBytes(taggedDigest("zhicha/v1/challenge", {all}));
}

cbor::Map keyWordFields(const KeyWord &word) {
    cbor::Array covers;
    for (const Digest &statement : word.covers)
        covers.emplace_back(statement);
    return {{"credential", word.credential},
            {"algorithm", word.algorithm},
            {"public_key", word.publicKey},
            {"rp_id", word.rpId},
            {"origin", word.origin},
            {"client_data", word.assertion.clientDataJson},
            {"authenticator_data", word.assertion.authenticatorData},
            {"signature", word.assertion.signature},
            {"covers", std::move(covers)}};
}

Result<KeyWord> readKeyWord(const cbor::Map &fields) {
    KeyWord word;
    ZHICHA_ASSIGN(word.credential, bytesOf(fields, "credential", kMostCredential));
    ZHICHA_ASSIGN(word.publicKey, bytesOf(fields, "public_key", 64));
    ZHICHA_ASSIGN(word.rpId, textOfMember(fields, "rp_id"));
    ZHICHA_ASSIGN(word.origin, textOfMember(fields, "origin"));
    ZHICHA_ASSIGN(word.assertion.clientDataJson, bytesOf(fields, "client_data", 4096));
    ZHICHA_ASSIGN(word.assertion.authenticatorData, bytesOf(fields, "authenticator_data", kMostAuthenticatorData));
    ZHICHA_ASSIGN(word.assertion.signature, bytesOf(fields, "signature", kMostKeySignature));
    const cbor::Value *algorithm = memberOf(fields, "algorithm");
    const cbor::Value *covers = memberOf(fields, "covers");
    if (algorithm == nullptr || !algorithm->integer() || covers == nullptr || covers->array() == nullptr ||
        covers->array()->empty() || covers->array()->size() > kMostCovered)
        return fail(Code::BadEncoding, "an assertion without algorithm or what it covers");
    word.algorithm = *algorithm->integer();
    for (const cbor::Value &statement : *covers->array()) {
        if (!statement.digest())
            return fail(Code::BadEncoding, "an assertion covers digests");
        word.covers.push_back(*statement.digest());
    }
    return word;
}

Result<std::int64_t> checkKeyWord(const KeyWord &word, const Digest &statement, std::int64_t signCount) {
    if (std::find(word.covers.begin(), word.covers.end(), statement) == word.covers.end())
        return fail(Code::BadSignature, "the security key signed something else");
    if (word.assertion.authenticatorData.size() > kMostAuthenticatorData ||
        word.assertion.signature.size() > kMostKeySignature)
        return fail(Code::BadEncoding, "the security key's answer is too long");
    return checkAssertion(word.assertion, word.algorithm, word.publicKey, signCount,
                          {challengeOver(word.covers), word.origin, word.rpId});
}

Status checkStoredWord(const SignedStatement &statement) {
    const cbor::Value *stored = memberOf(statement.fields, kAssertionField);
    if (stored == nullptr)
        return {};
    if (stored->map() == nullptr)
        return fail(Code::BadEncoding, "an assertion that is no map");
    ZHICHA_ASSIGN(const KeyWord word, readKeyWord(*stored->map()));
    const auto count = checkKeyWord(word, statementDigest(statement), 0);
    return count ? Status() : Status(count.error());
}

} // namespace zhicha
