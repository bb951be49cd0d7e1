#include "shared/crypto/digest.h"
#include "shared/protocol/paths.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/intake/sessions.h"
#include "tests/storm/storm_tablets.h"

#include <chrono>
#include <thread>

namespace zhicha::test {

namespace {
constexpr int kMostTries = 200;
constexpr std::chrono::milliseconds kBusyPause{100};

double nowS() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Error problemOf(const std::optional<HttpResponse> &response) {
    if (!response)
        return fail(Code::NetworkDown, "no answer");
    return fail(Code::ServerError,
                "HTTP " + std::to_string(response->status) + ": " + std::string(textOf(response->body)).substr(0, 200));
}

Result<cbor::Map> answered(const std::optional<HttpResponse> &response) {
    if (!response || response->status != 200)
        return problemOf(response);
    ZHICHA_ASSIGN(const cbor::Value value, cbor::decode(response->body));
    return value.map() != nullptr ? Result<cbor::Map>(*value.map()) : fail(Code::BadEncoding, "no map");
}

/** How many operations of a POST /operations were stored; the answer's receipts are the engines' to verify. */
Result<std::int64_t> storedIn(const cbor::Map &answer) {
    const auto runs = answer.find("runs");
    if (runs == answer.end() || runs->second.array() == nullptr)
        return fail(Code::BadEncoding, "an answer without runs");
    std::int64_t stored = 0;
    for (const cbor::Value &run : *runs->second.array()) {
        const cbor::Map *map = run.map();
        const auto status = map != nullptr ? map->find("status") : cbor::Map::const_iterator();
        if (map == nullptr || status == map->end() || status->second.text() == nullptr ||
            *status->second.text() != "stored")
            return fail(Code::ServerError, "a run was not stored");
        stored += static_cast<std::int64_t>(map->find("outcomes")->second.array()->size());
    }
    return stored;
}
} // namespace

Result<KeyNote> readNote(const StormOffice &office) {
    StormLink link(office.port);
    HttpRequest request;
    request.method = "GET";
    request.path = protocol::kKeysPath;
    request.beforeTrust = true;
    const auto response = link.exchange(request);
    if (!response || response->status != 200)
        return problemOf(response);
    return openKeyNote(response->body, office.fingerprint);
}

HttpRequest PreparedTablet::request(std::string method, std::string path, Bytes body) const {
    HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.body = std::move(body);
    request.trustedTlsKeys = m_office.tlsKeys;
    if (!request.body.empty())
        request.headers.push_back({"Content-Type", std::string(protocol::kCborType)});
    if (!m_token.empty())
        request.headers.push_back({"Authorization", "Bearer " + m_token});
    return request;
}

Status PreparedTablet::enrol(const std::string &code) {
    EnrolRequest asked;
    asked.code = code;
    asked.device = m_device.id();
    asked.signKey = m_device.key().publicKey();
    asked.boxKey = m_device.boxKey();
    asked.name = "平板";
    const Signature signature =
        m_device.key().signFor("enrol", enrolSignedContent(m_office.ledger, m_office.fingerprint, asked));
    const auto bytes = [](const auto &fixed) { return Bytes(fixed.begin(), fixed.end()); };
    const cbor::Map body{{"code", code},
                         {"device", asked.device},
                         {"sign_key", bytes(asked.signKey)},
                         {"box_key", bytes(asked.boxKey)},
                         {"name", asked.name},
                         {"signature", bytes(signature)}};
    const auto answer =
        answered(m_link.exchange(request("POST", std::string(protocol::kDevicesPath), cbor::encode(body))));
    return answer ? Status() : Status(answer.error());
}

Status PreparedTablet::signIn() {
    const auto path = std::string(protocol::kSessionsPath);
    ZHICHA_ASSIGN(const cbor::Map asked,
                  answered(m_link.exchange(request("POST", path, cbor::encode(cbor::Map{{"device", m_device.id()}})))));
    const Bytes challenge = *asked.find("challenge")->second.bytes();
    const Signature signature =
        m_device.key().signFor("session", sessionSignedContent(m_office.ledger, m_device.id(), challenge));
    ZHICHA_ASSIGN(const cbor::Map given,
                  answered(m_link.exchange(
                      request("POST", path,
                              cbor::encode(cbor::Map{{"device", m_device.id()},
                                                     {"challenge", challenge},
                                                     {"signature", Bytes(signature.begin(), signature.end())}})))));
    m_token = *given.find("token")->second.text();
    m_link.drop();
    return {};
}

void PreparedTablet::prepare(std::int64_t operations, const Uuid &site) {
    const Uuid check = m_device.newId();
    m_device.make("check.start", check, {{"site", site}, {"items", cbor::Array{}}, {"no_fix_reason", "室内"}});
    for (std::int64_t i = 1; i < operations; ++i) {
        m_device.make("finding.record", m_device.newId(),
                      {{"check", check}, {"severity", "minor"}, {"text", "护栏缺失 " + std::to_string(i)}});
        if (i % static_cast<std::int64_t>(kMaxRunOperations - 1) == 0)
            m_runs.push_back(*encodeRun(m_device.cutRun()));
    }
    m_findings = operations - 1;
    if (m_device.head().seq > 0 && (m_runs.empty() || decodeRun(m_runs.back())->bounds.last < m_device.head().seq))
        m_runs.push_back(*encodeRun(m_device.cutRun()));
}

StormTold PreparedTablet::send() {
    StormTold told;
    told.device = m_device.id();
    const double begun = nowS();
    const auto path = std::string(protocol::kOperationsPath);
    for (const Bytes &run : m_runs) {
        const Bytes body = cbor::encode(cbor::Array{run});
        for (int tries = 0;; ++tries) {
            const auto response = m_link.exchange(request("POST", path, body));
            const bool later = !response || response->status == 503 || response->status == 429;
            if (later && tries < kMostTries) {
                std::this_thread::sleep_for(kBusyPause);
                continue;
            }
            const auto answer = answered(response);
            const auto stored = answer ? storedIn(*answer) : Result<std::int64_t>(answer.error());
            if (!stored) {
                told.trouble = stored.error().detail;
                return told;
            }
            told.acknowledged += *stored;
            break;
        }
    }
    told.tookS = nowS() - begun;
    told.findings = m_findings;
    return told;
}

} // namespace zhicha::test
