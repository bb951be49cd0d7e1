#include "tests/storm/storm_link.h"

#include "shared/crypto/digest.h"

#include <sstream>

namespace zhicha::test {

bool StormLink::open() {
    if (m_client)
        return true;
    auto client = std::make_unique<RawClient>(m_port);
    if (!client->connected() || !client->startTls())
        return false;
    m_peer = sha256(client->peerKey());
    m_client = std::move(client);
    return true;
}

std::optional<HttpResponse> StormLink::exchange(const HttpRequest &request) {
    if (!open())
        return std::nullopt;
    // A known peer, as the tablet's own transport has it: looked at before a byte of the request is sent.
    if (!request.beforeTrust && std::find(request.trustedTlsKeys.begin(), request.trustedTlsKeys.end(), *m_peer) ==
                                    request.trustedTlsKeys.end())
        return std::nullopt;
    std::string head = request.method + " " + request.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const HttpHeader &header : request.headers)
        head += header.name + ": " + header.value + "\r\n";
    head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n";
    if (!m_client->send(head + std::string(textOf(request.body)))) {
        drop();
        return std::nullopt;
    }
    RawAnswer answer = m_client->read(request.method == "HEAD");
    if (answer.status == 0) {
        drop();
        return std::nullopt;
    }
    HttpResponse response;
    response.status = answer.status;
    response.peerTlsKey = m_peer;
    std::istringstream lines(answer.head);
    for (std::string line; std::getline(lines, line);)
        if (const auto colon = line.find(": "); colon != std::string::npos)
            response.headers.push_back({line.substr(0, colon), line.substr(colon + 2, line.find('\r') - colon - 2)});
    response.body = toBytes(viewOf(answer.body));
    if (answer.field("connection") == "close")
        drop();
    return response;
}

int StormLink::rude(std::string_view bytes, bool cut) {
    drop();
    if (!open())
        return 0;
    if (!m_client->send(bytes)) {
        drop();
        return 0;
    }
    if (cut) {
        m_client->reset();
        drop();
        return 0;
    }
    m_client->halfClose();
    const int status = m_client->read().status;
    drop();
    return status;
}

} // namespace zhicha::test
