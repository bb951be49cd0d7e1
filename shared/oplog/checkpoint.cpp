#include "shared/oplog/checkpoint.h"

#include "shared/crypto/digest.h"

#include <charconv>

namespace zhicha {

namespace {
constexpr std::string_view kOriginPrefix = "zhicha.log/";
constexpr std::string_view kSignatureMark = "\xe2\x80\x94 "; // em dash, space
constexpr std::string_view kTimeMark = "time ";

std::string textOfBody(const Checkpoint &checkpoint) {
    return checkpointOrigin(checkpoint.ledger, checkpoint.generation) + "\n" + std::to_string(checkpoint.size) + "\n" +
           toBase64(checkpoint.root) + "\n" + std::string(kTimeMark) + std::to_string(checkpoint.timeMs) + "\n";
}

/** First 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key): C2SP signed-note, Ed25519. */
std::array<std::uint8_t, 4> keyHash(std::string_view name, const PublicKey &key) {
    constexpr std::uint8_t kMarks[] = {0x0a, 0x01};
    const Digest digest = sha256({viewOf(name), ByteView(kMarks), key});
    return {digest[0], digest[1], digest[2], digest[3]};
}

/** Decimal without sign or leading zeros. */
std::optional<std::int64_t> decimal(std::string_view text) {
    if (text.empty() || (text.size() > 1 && text[0] == '0') || text[0] == '-')
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/** Cuts one line off; nullopt if there is none. */
std::optional<std::string_view> nextLine(std::string_view &rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

std::optional<Checkpoint> parseBody(std::string_view body) {
    const auto origin = nextLine(body);
    const auto size = nextLine(body);
    const auto root = nextLine(body);
    const auto time = nextLine(body);
    if (!time || !body.empty() || !origin->starts_with(kOriginPrefix) || !time->starts_with(kTimeMark))
        return std::nullopt;
    const std::string_view name = origin->substr(kOriginPrefix.size());
    if (name.size() < 38 || name[36] != '/')
        return std::nullopt;
    const auto ledger = uuidFromText(name.substr(0, 36));
    const auto generation = decimal(name.substr(37));
    const auto leaves = decimal(*size);
    const auto rootBytes = fromBase64(*root);
    const auto ms = decimal(time->substr(kTimeMark.size()));
    const auto digest = rootBytes ? fixedBytes<32>(*rootBytes) : std::nullopt;
    if (!ledger || !generation || !leaves || !digest || !ms)
        return std::nullopt;
    return Checkpoint{*ledger, *generation, *leaves, *digest, *ms};
}

/** "— <name> <base64 of key hash and signature>". */
struct SignatureLine {
    std::string_view name;
    Bytes bytes;
};
std::optional<SignatureLine> parseSignature(std::string_view line) {
    if (!line.starts_with(kSignatureMark))
        return std::nullopt;
    line.remove_prefix(kSignatureMark.size());
    const std::size_t space = line.find(' ');
    if (space == 0 || space == std::string_view::npos)
        return std::nullopt;
    auto bytes = fromBase64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5)
        return std::nullopt;
    return SignatureLine{line.substr(0, space), *std::move(bytes)};
}
} // namespace

std::string checkpointOrigin(const Uuid &ledger, std::int64_t generation) {
    return std::string(kOriginPrefix) + toText(ledger) + "/" + std::to_string(generation);
}

std::string signCheckpoint(const Checkpoint &checkpoint, const SigningKey &logKey) {
    const std::string body = textOfBody(checkpoint);
    const std::string name = checkpointOrigin(checkpoint.ledger, checkpoint.generation);
    Bytes signature;
    append(signature, keyHash(name, logKey.publicKey()));
    append(signature, logKey.signRaw(viewOf(body)));
    return body + "\n" + std::string(kSignatureMark) + name + " " + toBase64(signature) + "\n";
}

Result<Checkpoint> openCheckpoint(std::string_view note, const PublicKey &logKey) {
    const std::size_t split = note.find("\n\n");
    if (note.size() > 4096 || split == std::string_view::npos)
        return fail(Code::BadEncoding, "a checkpoint is a short text with signatures after an empty line");
    const std::string_view body = note.substr(0, split + 1);
    const auto checkpoint = parseBody(body);
    // One right text per checkpoint: what parses but would be written in another way is refused.
    if (!checkpoint || textOfBody(*checkpoint) != body)
        return fail(Code::BadEncoding, "a checkpoint has four lines: origin, size, root, time");
    const std::string name = checkpointOrigin(checkpoint->ledger, checkpoint->generation);
    std::string_view rest = note.substr(split + 2);
    bool verified = false;
    while (!rest.empty()) {
        const auto line = nextLine(rest);
        const auto signature = line ? parseSignature(*line) : std::nullopt;
        if (!signature)
            return fail(Code::BadEncoding, "a line after the text of a checkpoint is no signature");
        // Signatures of others (witnesses) may stand beside the log's.
        if (signature->name != name || signature->bytes.size() != 68 ||
            !sameBytes(ByteView(signature->bytes).first(4), keyHash(name, logKey)))
            continue;
        if (!verifyRaw(logKey, viewOf(body), *fixedBytes<64>(ByteView(signature->bytes).subspan(4))))
            return fail(Code::BadSignature, "the log key's signature on the checkpoint does not verify");
        verified = true;
    }
    if (!verified)
        return fail(Code::BadSignature, "the checkpoint is not signed by the ledger's log key");
    return *checkpoint;
}

} // namespace zhicha
