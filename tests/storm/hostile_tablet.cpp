#include "shared/protocol/paths.h"
#include "tests/storm/storm_tablets.h"

namespace zhicha::test {

namespace {
/** Attacks of one hostile tablet, drawn from a seed. Each is something that a sound server refuses or ignores. */
class Attacker {
public:
    Attacker(PreparedTablet &tablet, const PreparedTablet &victim, std::uint64_t seed, HostileCount &count)
        : m_tablet(tablet), m_victim(victim), m_random(seed), m_count(count) {}

    void once() {
        switch (below(11)) {
        case 0:
            return lie(cbor::encode(cbor::Array{m_victim.runs().front()})); // another's run under one's own session
        case 1:
            return lie(cbor::encode(cbor::Array{bent()}));
        case 2:
            return lie(noise(1 + below(60'000)));
        case 3:
            return lie(cbor::encode(cbor::Array{Bytes(), cbor::Value("x"), std::int64_t{-1}}));
        case 4:
            return get(std::string(protocol::kChangesPath) + "?after=" + toHex(noise(40)));
        case 5:
            return get(std::string(protocol::kProofPath) + "?from=999999999&to=1");
        case 6:
            return get("/api/v1/../../../etc/passwd");
        case 7:
            return rude("POST " + std::string(protocol::kOperationsPath) +
                            " HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\nAuthorization: Bearer " +
                            m_tablet.token() + "\r\n\r\n" + std::string(2000, 'x'),
                        true);
        case 8:
            return rude("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n", false);
        case 9:
            return rude(std::string(textOf(noise(300))) + "\r\n\r\n", false);
        default:
            return stranger();
        }
    }

private:
    std::size_t below(std::size_t n) {
        const auto bytes = m_random.array<4>();
        return ((std::size_t{bytes[0]} << 24) | (std::size_t{bytes[1]} << 16) | (std::size_t{bytes[2]} << 8) |
                bytes[3]) %
               n;
    }
    Bytes noise(std::size_t size) {
        Bytes out(size);
        m_random.fill(out);
        return out;
    }
    /** Its own run with a bit turned. */
    Bytes bent() {
        Bytes run = m_tablet.runs().front();
        run[below(run.size())] ^= static_cast<std::uint8_t>(1u << below(8));
        return run;
    }
    void note(int status) {
        ++m_count.requests;
        m_count.faults += status >= 500 && status != 503 ? 1 : 0;
        m_count.refused += status >= 400 && status < 500 ? 1 : 0;
        m_count.cut += status == 0 ? 1 : 0;
    }
    /** A body of operations that must not be stored; 200 is fine if it says so of each run. */
    void lie(const Bytes &body) {
        const auto response =
            m_tablet.link().exchange(m_tablet.request("POST", std::string(protocol::kOperationsPath), body));
        note(response ? response->status : 0);
        if (!response || response->status != 200)
            return;
        const auto value = cbor::decode(response->body);
        const cbor::Map *map = value ? value->map() : nullptr;
        const auto runs = map != nullptr ? map->find("runs") : cbor::Map::const_iterator();
        if (map == nullptr || runs == map->end() || runs->second.array() == nullptr)
            return;
        for (const cbor::Value &run : *runs->second.array()) {
            const auto status = run.map()->find("status");
            m_count.accepted += status->second.text() != nullptr && *status->second.text() == "stored" ? 1 : 0;
        }
    }
    void get(const std::string &path) {
        const auto response = m_tablet.link().exchange(m_tablet.request("GET", path, {}));
        note(response ? response->status : 0);
        m_count.accepted += response && response->status == 200 ? 1 : 0;
    }
    void rude(const std::string &bytes, bool cut) {
        const int status = m_tablet.link().rude(bytes, cut);
        note(status);
        m_count.accepted += status == 200 ? 1 : 0;
    }
    void stranger() {
        HttpRequest request = m_tablet.request("POST", std::string(protocol::kOperationsPath),
                                               cbor::encode(cbor::Array{m_victim.runs().front()}));
        request.headers.back().value = "Bearer " + toHex(noise(48));
        const auto response = m_tablet.link().exchange(request);
        note(response ? response->status : 0);
        m_count.accepted += response && response->status == 200 ? 1 : 0;
    }

    PreparedTablet &m_tablet;
    const PreparedTablet &m_victim;
    SeededRandom m_random;
    HostileCount &m_count;
};
} // namespace

void attack(PreparedTablet &tablet, const PreparedTablet &victim, std::uint64_t seed, const std::atomic<bool> &over,
            HostileCount &count) {
    Attacker attacker(tablet, victim, seed, count);
    while (!over)
        attacker.once();
}

} // namespace zhicha::test
