#include "mobile/engine/sync/keys_step.h"

#include "mobile/engine/sync/answer.h"
#include "shared/protocol/paths.h"

#include <algorithm>

namespace zhicha {

bool peerIsTrusted(const KeyNote &note, const HttpResponse &response) {
    if (!response.peerTlsKey)
        return response.loopbackPlain;
    return std::find(note.tlsKeys.begin(), note.tlsKeys.end(), *response.peerTlsKey) != note.tlsKeys.end();
}

Result<std::optional<HttpRequest>> KeysStep::next() {
    if (m_done)
        return std::optional<HttpRequest>();
    HttpRequest request;
    request.method = "GET";
    request.path = protocol::kKeysPath;
    request.beforeTrust = true;
    return std::optional(std::move(request));
}

Status KeysStep::onAnswer(const HttpResponse &response) {
    if (response.status != 200 || response.mediaType() != protocol::kCborType)
        return errorOf(response);
    LocalStore &store = m_context.store;
    Identity identity = *store.identity();
    ZHICHA_ASSIGN(const KeyNote note, openKeyNote(response.body, identity.fingerprint));
    if (!peerIsTrusted(note, response))
        return fail(Code::WrongServer, "the peer's key is not listed in the office's key note", Retry::AfterUser);
    const std::optional<KeyNote> &held = store.keyNote();
    if (held && (note.ledger != held->ledger || note.serial < held->serial))
        return fail(Code::WrongServer, "the office shows an older key note than the one held", Retry::AfterUser);
    ZHICHA_ASSIGN(Transaction transaction, store.begin());
    ZHICHA_TRY(store.setKeyNote(note, response.body));
    if (identity.ledger != note.ledger) {
        identity.ledger = note.ledger;
        ZHICHA_TRY(store.setIdentity(identity));
    }
    ZHICHA_TRY(transaction.commit());
    ZHICHA_TRY(store.reload());
    m_done = true;
    return {};
}

} // namespace zhicha
