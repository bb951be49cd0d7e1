#include "tests/unit/mobile/engine/test_office.h"

#include "mobile/engine/sync/answer.h"
#include "shared/crypto/digest.h"

#include <charconv>

namespace zhicha::test {

namespace {
HttpResponse cborResponse(cbor::Map map) {
    HttpResponse response;
    response.status = 200;
    response.headers.push_back({"Content-Type", "application/cbor"});
    response.body = cbor::encode(std::move(map));
    response.loopbackPlain = true;
    return response;
}

HttpResponse plainResponse(int status, std::vector<HttpHeader> headers = {}) {
    HttpResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.loopbackPlain = true;
    return response;
}

HttpResponse problem(int status, const std::string &code) {
    HttpResponse response = plainResponse(status, {{"Content-Type", "application/problem+json"}});
    response.body = toBytes(viewOf(R"({"type":"about:blank","code":")" + code + R"("})"));
    return response;
}

std::string headerOf(const HttpRequest &request, std::string_view name) {
    for (const HttpHeader &header : request.headers)
        if (header.name == name)
            return header.value;
    return {};
}

std::int64_t queryNumber(const std::string &path, const std::string &key, std::int64_t other) {
    const std::size_t at = path.find(key + "=");
    if (at == std::string::npos)
        return other;
    std::int64_t number = other;
    std::from_chars(path.data() + at + key.size() + 1, path.data() + path.size(), number);
    return number;
}
} // namespace

TestOffice::TestOffice(const TestClock &clock)
    : m_clock(clock), m_root(SigningKey::generate(m_random)), logKey(SigningKey::generate(m_random)),
      server(newUuid(clock, m_random), 7, clock), ledger(server.ledger()) {
    note.ledger = ledger;
    note.name = "测试市";
    note.issuedAtMs = clock.trueMs();
    note.logKey = logKey.publicKey();
    note.serverDevice = server.id();
    note.serverKey = server.key().publicKey();
    append("ledger.open", ledger,
           {{"name", "测试市"},
            {"suite", 1},
            {"root_key", Bytes(m_root.publicKey().begin(), m_root.publicKey().end())},
            {"level", "内部"}});
}

Bytes TestOffice::signedNote() const {
    return signKeyNote(note, m_root);
}

std::string TestOffice::checkpoint() {
    Checkpoint checkpoint;
    checkpoint.ledger = ledger;
    checkpoint.generation = note.generation;
    checkpoint.size = static_cast<std::int64_t>(m_leaves.size());
    checkpoint.root = merkleRoot(m_nodes, checkpoint.size).value();
    checkpoint.timeMs = m_clock.trueMs();
    return signCheckpoint(checkpoint, logKey);
}

void TestOffice::addLeaf(Leaf leaf) {
    leaf.ledger = ledger;
    leaf.receivedAtMs = m_clock.trueMs();
    ZHICHA_CHECK(merkleAppend(m_nodes, static_cast<std::int64_t>(m_leaves.size()), leafHash(leaf)).has_value());
    m_leaves.push_back(leaf);
}

void TestOffice::publishBytes(Bytes run) {
    m_log.emplace_back(m_nextLog, std::move(run));
    ++m_nextLog;
}

void TestOffice::publish(const Run &run) {
    Leaf leaf;
    leaf.device = run.bounds.device;
    leaf.first = run.bounds.first;
    leaf.last = run.bounds.last;
    leaf.h = run.bounds.h;
    leaf.log = m_nextLog;
    m_log.emplace_back(m_nextLog, encodeRun(run).value());
    m_nextLog += static_cast<std::int64_t>(run.elements.size());
    addLeaf(leaf);
}

MadeOperation TestOffice::append(std::string_view kind, const Uuid &id, cbor::Map fields) {
    const MadeOperation made = server.make(kind, id, std::move(fields));
    publish(server.cutRun());
    return made;
}

Uuid TestOffice::addSite(const std::string &code) {
    const Uuid unit = derivedId(ledger, "unit", "u1");
    const Uuid site = derivedId(ledger, "site", code);
    append("site.put", site,
           {{"code", code},
            {"name", "现场"},
            {"unit", unit},
            {"lat", 182'500'000},
            {"lon", 1'095'000'000},
            {"radius_mm", 200'000},
            {"crs", "WGS-84"}});
    return site;
}

HttpResponse TestOffice::handle(const HttpRequest &request) {
    const std::string path = request.path.substr(0, request.path.find('?'));
    requests.push_back(request.method + " " + path);
    HttpResponse response;
    const auto body = cbor::decode(request.body);
    const cbor::Map fields = body && body->map() != nullptr ? *body->map() : cbor::Map{};
    if (path == "/api/v1/keys") {
        response = cborResponse({});
        response.body = signedNote();
    } else if (path == "/api/v1/devices") {
        response = enrol(fields);
    } else if (path == "/api/v1/sessions") {
        response = session(fields);
    } else if (headerOf(request, "Authorization") != "Bearer token") {
        response = problem(401, "session_expired");
    } else if (path == "/api/v1/operations") {
        response = operations(request);
    } else if (path == "/api/v1/changes") {
        response = changes(request);
    } else if (path == "/api/v1/checkpoints/proof") {
        response = proof(request);
    } else {
        response = blob(request);
    }
    if (tamper)
        tamper(request, response);
    return response;
}

HttpResponse TestOffice::enrol(const cbor::Map &body) {
    AnswerReader in(body);
    const std::string code = in.text("code");
    m_tablet = Uuid{in.fixed<16>("device")};
    m_tabletKey = in.fixed<32>("sign_key");
    const auto box = in.bytes("box_key");
    const Signature signature = in.fixed<64>("signature");
    const Bytes covered = cbor::encode(cbor::Array{ledger, code, m_tablet, in.bytes("sign_key"), box, fingerprint()});
    if (!in.ok() || code != "ABCD1234" || !verifyFor(m_tabletKey, "enrol", covered, signature))
        return problem(403, "bad_code");
    const Uuid owner = derivedId(ledger, "person", person);
    append("device.enrol", m_tablet,
           {{"person", owner}, {"name", in.text("name")}, {"sign_key", in.bytes("sign_key")}, {"box_key", box}});
    m_tabletHead = chainStart(ledger, kSuite1, m_tablet, m_tabletKey);
    return cborResponse(
        {{"person", owner}, {"name", personName}, {"checkpoint", checkpoint()}, {"time", m_clock.trueMs()}});
}

HttpResponse TestOffice::session(const cbor::Map &body) {
    AnswerReader in(body);
    if (!body.contains("signature"))
        return cborResponse({{"challenge", Bytes{1, 2, 3}}, {"time", m_clock.trueMs()}});
    const Bytes covered = cbor::encode(cbor::Array{ledger, m_tablet, in.bytes("challenge")});
    if (!verifyFor(m_tabletKey, "session", covered, in.fixed<64>("signature")))
        return problem(401, "bad_signature");
    return cborResponse({{"token", "token"},
                         {"expires_at", m_clock.trueMs() + 12 * 3600 * 1000},
                         {"upload_only", false},
                         {"time", m_clock.trueMs()}});
}

cbor::Value TestOffice::storeRun(const Run &run) {
    const auto next = static_cast<std::int64_t>(tabletOperations.size()) + 1;
    cbor::Map entry{{"first", run.bounds.first}, {"last", run.bounds.last}};
    if (!refuse.empty()) {
        entry["status"] = "refused";
        entry["code"] = refuse;
        entry["detail"] = "";
        return entry;
    }
    if (run.bounds.first > next) {
        entry["status"] = "gap";
        entry["code"] = "chain_gap";
        entry["next"] = next;
        return entry;
    }
    const auto key = std::pair(run.bounds.first, run.bounds.last);
    cbor::Array outcomes;
    for (std::size_t i = 0; i < run.elements.size(); ++i) {
        const std::int64_t seq = run.bounds.first + static_cast<std::int64_t>(i);
        outcomes.emplace_back(tabletOperations.contains(seq) && !m_tabletRuns.contains(key) ? "duplicate" : "applied");
        if (!tabletOperations.contains(seq)) {
            tabletOperations[seq] = run.elements[i].d;
            m_tabletHead = chainNext(m_tabletHead, run.elements[i].d);
            ++m_nextLog;
            const auto body = decodeBody(*run.elements[i].operation->body);
            if (body && body->fields.contains("sha256"))
                for (const char *field : {"sha256", "preview"})
                    if (const auto it = body->fields.find(std::string_view(field)); it != body->fields.end())
                        m_photoChecks[*it->second.digest()] = *body->fields.find("check")->second.uuid();
        }
    }
    if (!m_tabletRuns.contains(key)) {
        m_tabletRuns[key] = m_leaves.size();
        addLeaf({ledger, m_tablet, run.bounds.first, run.bounds.last, run.bounds.h, m_nextLog, 0});
    }
    entry["status"] = "stored";
    entry["outcomes"] = std::move(outcomes);
    return entry;
}

HttpResponse TestOffice::operations(const HttpRequest &request) {
    const auto list = cbor::decode(request.body);
    cbor::Array entries;
    std::vector<std::pair<std::int64_t, std::int64_t>> keys;
    for (const cbor::Value &value : *list->array()) {
        const auto run = decodeRun(*value.bytes());
        ZHICHA_CHECK(run.has_value() && runSignatureFits(run->bounds, m_tabletKey, run->signature));
        runsSeen.push_back(run->bounds);
        keys.emplace_back(run->bounds.first, run->bounds.last);
        entries.push_back(storeRun(*run));
    }
    const auto size = static_cast<std::int64_t>(m_leaves.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        cbor::Map entry = *entries[i].map();
        if (*entry.find("status")->second.text() != "stored")
            continue;
        const auto index = static_cast<std::int64_t>(m_tabletRuns.at(keys[i]));
        std::vector<Receipt> receipts{
            {m_leaves[static_cast<std::size_t>(index)], index, inclusionProof(m_nodes, index, size).value()}};
        if (tamperReceipts)
            tamperReceipts(receipts);
        cbor::Array values;
        for (const Receipt &receipt : receipts)
            values.push_back(receiptValue(receipt));
        entry["receipts"] = std::move(values);
        entries[i] = std::move(entry);
    }
    return cborResponse({{"runs", std::move(entries)},
                         {"checkpoint", checkpoint()},
                         {"next", static_cast<std::int64_t>(tabletOperations.size()) + 1},
                         {"head", m_tabletHead},
                         {"time", m_clock.trueMs()}});
}

HttpResponse TestOffice::proof(const HttpRequest &request) {
    const std::int64_t from = queryNumber(request.path, "from", 0);
    const std::int64_t to = queryNumber(request.path, "to", static_cast<std::int64_t>(m_leaves.size()));
    cbor::Array hashes;
    const std::vector<Digest> path = consistencyProof(m_nodes, from, to).value();
    for (const Digest &hash : path)
        hashes.emplace_back(hash);
    return cborResponse({{"from", from}, {"to", to}, {"proof", std::move(hashes)}, {"checkpoint", checkpoint()}});
}

HttpResponse TestOffice::changes(const HttpRequest &request) {
    const auto from = static_cast<std::size_t>(queryNumber(request.path, "after", 0));
    cbor::Array runs;
    const std::size_t end = std::min(m_log.size(), from + pageSize);
    for (std::size_t i = from; i < end; ++i)
        runs.push_back(cbor::Array{m_log[i].first, m_log[i].second});
    return cborResponse({{"runs", std::move(runs)},
                         {"cursor", std::to_string(end)},
                         {"more", end < m_log.size()},
                         {"checkpoint", checkpoint()},
                         {"time", m_clock.trueMs()}});
}

HttpResponse TestOffice::blob(const HttpRequest &request) {
    if (request.method == "POST") {
        const std::string metadata = headerOf(request, "Upload-Metadata").substr(7);
        const auto digest = digestFromHex(textOf(*fromBase64(metadata)));
        if (!m_photoChecks.contains(*digest))
            return problem(404, "not_found");
        photos[*digest] = {std::stoll(headerOf(request, "Upload-Length")), {}};
        return plainResponse(201, {{"Upload-Offset", "0"}});
    }
    const auto digest = digestFromHex(request.path.substr(request.path.rfind('/') + 1));
    OfficePhoto &photo = photos[*digest];
    if (photo.size < 0)
        return plainResponse(404);
    if (request.method == "HEAD")
        return plainResponse(200, {{"Upload-Offset", std::to_string(photo.bytes.size())},
                                   {"Upload-Length", std::to_string(photo.size)}});
    if (headerOf(request, "Upload-Offset") != std::to_string(photo.bytes.size()))
        return problem(409, "offset_mismatch");
    zhicha::append(photo.bytes, request.body);
    if (static_cast<std::int64_t>(photo.bytes.size()) == photo.size) {
        if (sha256(photo.bytes) != *digest || mismatches > 0) {
            --mismatches;
            photo = {};
            return problem(460, "digest_mismatch");
        }
        if (!forgetReceived)
            append("photos.received", server.newId(),
                   {{"check", m_photoChecks[*digest]}, {"digests", cbor::Array{*digest}}});
    }
    return plainResponse(204, {{"Upload-Offset", std::to_string(photo.bytes.size())}});
}

void pump(SyncMachine &machine, TestOffice &office, int most) {
    for (int i = 0; i < most; ++i) {
        const auto request = machine.next();
        if (!request)
            return;
        machine.onResponse(office.handle(*request));
    }
    ZHICHA_CHECK(false && "the machine never rests");
}

} // namespace zhicha::test
