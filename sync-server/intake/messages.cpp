#include "sync-server/intake/messages.h"

#include "shared/protocol/presenting.h"

namespace zhicha {

namespace {
constexpr std::size_t kMaxLogsPerRequest = 1000;

/** The fields of a request body; unknown ones are ignored. */
class Fields {
public:
    static Result<Fields> read(ByteView body) {
        ZHICHA_ASSIGN(cbor::Value value, cbor::decode(body));
        if (value.map() == nullptr)
            return fail(Code::BadEncoding, "the body is not a map");
        return Fields(*value.map());
    }
    [[nodiscard]] const cbor::Value &operator[](std::string_view name) const {
        static const cbor::Value absent;
        const auto it = m_map.find(name);
        return it == m_map.end() ? absent : it->second;
    }
    [[nodiscard]] bool has(std::string_view name) const { return m_map.contains(name); }
    template <std::size_t N>
    [[nodiscard]] std::optional<std::array<std::uint8_t, N>> fixed(std::string_view name) const {
        const Bytes *bytes = (*this)[name].bytes();
        return bytes == nullptr ? std::nullopt : fixedBytes<N>(*bytes);
    }

private:
    explicit Fields(cbor::Map map) : m_map(std::move(map)) {}
    cbor::Map m_map;
};

cbor::Value verdictValue(const RunVerdict &verdict) {
    cbor::Map out{{"first", verdict.first}, {"last", verdict.last}};
    switch (verdict.status) {
    case RunVerdict::Status::Stored: {
        out["status"] = "stored";
        cbor::Array outcomes;
        for (const std::string &word : verdict.outcomes)
            outcomes.emplace_back(word);
        cbor::Array receipts;
        for (const Receipt &receipt : verdict.receipts)
            receipts.push_back(receiptValue(receipt));
        out["outcomes"] = std::move(outcomes);
        out["receipts"] = std::move(receipts);
        return out;
    }
    case RunVerdict::Status::Gap:
        out["status"] = "gap";
        break;
    case RunVerdict::Status::Refused:
        out["status"] = "refused";
        break;
    }
    out["code"] = verdict.code;
    out["detail"] = verdict.detail;
    out["next"] = verdict.next;
    return out;
}
} // namespace

Result<EnrolRequest> readEnrolRequest(ByteView body) {
    ZHICHA_ASSIGN(const Fields fields, Fields::read(body));
    EnrolRequest request;
    const auto device = fields["device"].uuid();
    const auto signKey = fields.fixed<32>("sign_key");
    const auto boxKey = fields.fixed<32>("box_key");
    const auto signature = fields.fixed<64>("signature");
    if (fields["code"].text() == nullptr || fields["name"].text() == nullptr || !device || !signKey || !boxKey ||
        !signature)
        return fail(Code::InvalidArgument, "an enrolment has code, device, sign_key, box_key, name and signature");
    request.code = *fields["code"].text();
    request.name = *fields["name"].text();
    request.device = *device;
    request.signKey = *signKey;
    request.boxKey = *boxKey;
    request.signature = *signature;
    return request;
}

Result<SessionRequest> readSessionRequest(ByteView body) {
    ZHICHA_ASSIGN(const Fields fields, Fields::read(body));
    SessionRequest request;
    const auto device = fields["device"].uuid();
    if (!device)
        return fail(Code::InvalidArgument, "a session names its device");
    request.device = *device;
    if (!fields.has("challenge"))
        return request;
    const auto signature = fields.fixed<64>("signature");
    if (fields["challenge"].bytes() == nullptr || !signature)
        return fail(Code::InvalidArgument, "a session has challenge and signature");
    request.challenge = *fields["challenge"].bytes();
    request.signature = *signature;
    return request;
}

Result<std::vector<Bytes>> readRuns(ByteView body) {
    cbor::Reader in(body);
    const std::size_t count = in.array();
    if (count > protocol::kMaxRunsPerRequest)
        return fail(Code::TooLarge, "a request carries at most 64 runs");
    std::vector<Bytes> runs;
    for (std::size_t i = 0; i < count && in.ok(); ++i)
        runs.push_back(toBytes(in.bytes()));
    ZHICHA_TRY(in.finish());
    return runs;
}

Result<Presentation> readPresentation(ByteView body, bool admitted) {
    ZHICHA_ASSIGN(const Fields fields, Fields::read(body));
    const cbor::Array *runs = fields["runs"].array();
    const cbor::Array *logs = fields["logs"].array();
    const std::string *checkpoint = fields["checkpoint"].text();
    if (runs == nullptr || logs == nullptr || checkpoint == nullptr)
        return fail(Code::InvalidArgument, "a presentation has runs, logs and checkpoint");
    if (runs->size() > (admitted ? protocol::kMaxRunsPerRequest : protocol::kMaxRunsUnadmitted) ||
        logs->size() > kMaxLogsPerRequest)
        return fail(Code::TooLarge, "too many runs or log numbers are shown at once");
    Presentation shown;
    shown.checkpoint = *checkpoint;
    for (const cbor::Value &entry : *runs) {
        const cbor::Array *pair = entry.array();
        if (pair == nullptr || pair->size() != 2 || (*pair)[0].integer() == nullptr || (*pair)[1].bytes() == nullptr)
            return fail(Code::InvalidArgument, "a run is shown as [log, run]");
        shown.runs.push_back({*(*pair)[0].integer(), *(*pair)[1].bytes()});
    }
    for (const cbor::Value &entry : *logs) {
        const cbor::Array *pair = entry.array();
        if (pair == nullptr || pair->size() != 2 || (*pair)[0].integer() == nullptr || (*pair)[1].integer() == nullptr)
            return fail(Code::InvalidArgument, "log numbers are shown as [first, count]");
        shown.logs.emplace_back(*(*pair)[0].integer(), *(*pair)[1].integer());
    }
    return shown;
}

Bytes writePresented(const std::vector<std::string> &words, std::int64_t timeMs) {
    cbor::Array results;
    for (const std::string &word : words)
        results.emplace_back(word);
    return cbor::encode(cbor::Map{{"results", std::move(results)}, {"time", timeMs}});
}

Bytes writeEnrolAnswer(const EnrolAnswer &answer, std::int64_t timeMs) {
    return cbor::encode(cbor::Map{
        {"person", answer.person}, {"name", answer.personName}, {"checkpoint", answer.checkpoint}, {"time", timeMs}});
}

Bytes writeChallenge(const Bytes &challenge, std::int64_t timeMs) {
    return cbor::encode(cbor::Map{{"challenge", challenge}, {"time", timeMs}});
}

Bytes writeToken(const IssuedToken &token, std::int64_t timeMs) {
    return cbor::encode(cbor::Map{{"token", token.token},
                                  {"expires_at", token.session.expiresAtMs},
                                  {"upload_only", token.session.uploadOnly},
                                  {"time", timeMs}});
}

Bytes writeSubmitAnswer(const SubmitAnswer &answer, std::int64_t timeMs) {
    cbor::Array runs;
    for (const RunVerdict &verdict : answer.runs)
        runs.push_back(verdictValue(verdict));
    return cbor::encode(cbor::Map{{"runs", std::move(runs)},
                                  {"checkpoint", answer.checkpoint},
                                  {"next", answer.next},
                                  {"head", answer.head},
                                  {"time", timeMs}});
}

Bytes writeChanges(const ChangesPage &page, const std::string &checkpoint, std::int64_t timeMs) {
    cbor::Array runs;
    for (const ChangesPage::PageRun &run : page.runs)
        runs.push_back(cbor::Array{run.log, run.run});
    return cbor::encode(cbor::Map{{"runs", std::move(runs)},
                                  {"cursor", page.cursor},
                                  {"more", page.more},
                                  {"checkpoint", checkpoint},
                                  {"time", timeMs}});
}

Bytes writeProof(std::int64_t from, std::int64_t to, const std::vector<Digest> &proof, const std::string &checkpoint) {
    cbor::Array hashes;
    for (const Digest &hash : proof)
        hashes.emplace_back(hash);
    return cbor::encode(
        cbor::Map{{"from", from}, {"to", to}, {"proof", std::move(hashes)}, {"checkpoint", checkpoint}});
}

} // namespace zhicha
