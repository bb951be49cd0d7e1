#include "mobile/engine/sync/session_step.h"

#include "mobile/engine/sync/answer.h"
#include "mobile/engine/sync/sync_tuning.h"

namespace zhicha {

Status SessionStep::forget() {
    m_context.token.clear();
    m_challenge.reset();
    return m_context.store.state().remove(statekey::kToken);
}

Status SessionStep::load() {
    m_loaded = true;
    ZHICHA_ASSIGN(const std::optional<cbor::Value> value, m_context.store.state().value(statekey::kToken));
    if (!value || value->map() == nullptr)
        return {};
    AnswerReader stored(*value->map());
    const std::string token = stored.text("token");
    const std::int64_t expiresAtMs = stored.integer("expires_at");
    const bool uploadOnly = stored.boolean("upload_only");
    if (!stored.ok())
        return {}; // a new one costs two requests
    m_context.token = token;
    m_context.uploadOnly = uploadOnly;
    m_expiresAtMs = expiresAtMs;
    return {};
}

Result<std::optional<HttpRequest>> SessionStep::next() {
    if (!m_loaded)
        ZHICHA_TRY(load());
    ZHICHA_ASSIGN(const std::optional<ClockEstimate> clock, m_context.store.clock());
    const std::int64_t now = clock ? clock->at(m_context.clock) : m_context.clock.nowMs();
    if (!m_context.token.empty() && now < m_expiresAtMs - tuning::kTokenMarginMs)
        return std::optional<HttpRequest>();
    const Identity &identity = *m_context.store.identity();
    HttpRequest request;
    request.method = "POST";
    request.path = protocol::kSessionsPath;
    request.headers.push_back({"Content-Type", std::string(protocol::kCborType)});
    cbor::Map body{{"device", identity.device}};
    if (m_challenge) {
        const Signature signature = identity.signingKey().signFor(
            "session", cbor::encode(cbor::Array{identity.ledger, identity.device, *m_challenge}));
        body["challenge"] = *m_challenge;
        body["signature"] = Bytes(signature.begin(), signature.end());
    }
    request.body = cbor::encode(body);
    return std::optional(std::move(request));
}

Status SessionStep::onAnswer(const HttpResponse &response) {
    const bool asked = m_challenge.has_value();
    auto map = cborAnswer(response);
    if (!map) {
        m_challenge.reset();
        return std::move(map).error();
    }
    AnswerReader answer(*map);
    ZHICHA_TRY(m_context.noteServerTime(answer.integer("time")));
    if (!asked) {
        m_challenge = answer.bytes("challenge");
        return answer.ok() ? Status() : Status(AnswerReader::wrongShape("POST /sessions"));
    }
    m_challenge.reset();
    const std::string token = answer.text("token");
    const std::int64_t expiresAtMs = answer.integer("expires_at");
    const bool uploadOnly = answer.boolean("upload_only");
    const bool writable = token.find_first_of("\r\n") == std::string::npos && !token.empty();
    if (!answer.ok() || !writable)
        return AnswerReader::wrongShape("POST /sessions");
    m_context.token = token;
    m_context.uploadOnly = uploadOnly;
    m_expiresAtMs = expiresAtMs;
    return m_context.store.state().putValue(
        statekey::kToken, cbor::Map{{"token", token}, {"expires_at", expiresAtMs}, {"upload_only", uploadOnly}});
}

} // namespace zhicha
