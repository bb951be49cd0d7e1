// Row 1: operations over TLS, verified, durable, folded and in the tree, against plain inserts of the same rows. One
// process: listener and ledger thread as `serve` has them, and eight tablets in threads with runs made beforehand.
#include "sync-server/http/listener.h"
#include "sync-server/http/resources/tablet/tablet_resource.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"
#include "tests/bench/bench_office.h"
#include "tests/bench/raw_rows.h"
#include "tests/support/http/raw_client.h"

#include <atomic>
#include <latch>
#include <thread>

namespace {
using namespace zhicha;
using namespace zhicha::bench;

constexpr std::size_t kTablets = 8;
constexpr std::size_t kRunsPerRequest =
    4; // what fits a request without compression at this size of operation, and more

struct Client {
    std::string head;
    std::vector<Bytes> bodies;
};

std::vector<Client> prepare(BenchOffice &office, LedgerWriter &ledger, std::size_t each) {
    std::vector<Client> clients(kTablets);
    for (std::size_t i = 0; i < kTablets; ++i) {
        clients[i].head = "POST /api/v1/operations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                          office.token(ledger, i) + "\r\nContent-Type: application/cbor\r\nContent-Encoding: zstd\r\n";
        const std::vector<Bytes> runs = office.makeRuns(i, i * each, each);
        for (std::size_t at = 0; at < runs.size(); at += kRunsPerRequest) {
            const std::size_t end = std::min(runs.size(), at + kRunsPerRequest);
            clients[i].bodies.push_back(packed(requestBody(
                {runs.begin() + static_cast<std::ptrdiff_t>(at), runs.begin() + static_cast<std::ptrdiff_t>(end)})));
        }
    }
    return clients;
}

void send(Client &client, std::uint16_t port, std::latch &ready) {
    test::RawClient connection(port);
    needed(connection.connected() && connection.startTls(), "no connection");
    ready.arrive_and_wait();
    for (const Bytes &body : client.bodies) {
        const bool sent =
            connection.send(client.head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n") &&
            connection.send(textOf(body));
        const test::RawAnswer answer = connection.read();
        needed(sent && answer.status == 200 && answer.body.find("refused") == std::string::npos,
               "a run was not stored");
    }
}
} // namespace

int main(int argc, char **argv) {
    const auto count = static_cast<std::size_t>(option(argc, argv, "operations", 32'000));
    title("1 operations over TLS, verified, durable, folded, in the tree");
    BenchOffice office(kTablets);
    std::vector<Client> clients;
    std::int64_t before = 0;
    {
        const auto ledger = office.openWriter();
        clients = prepare(office, *ledger, count / kTablets);
        before = need(ledger->lastLog());
    }
    const Took rawTook = rawInserts(office.folder() / "raw.db", count);
    const double raw = static_cast<double>(count) / rawTook.wallS;
    const auto access = need(ThreadedAccess::start([&] { return openSqliteLedger(office.options()); },
                                                   [&] { return openSqliteLedgerReader(office.options()); },
                                                   office.keys(), systemClock(), systemRandom()));
    Router router;
    Metrics metrics;
    AccessLog log([](std::string_view) {});
    addTabletRoutes(router, *access);
    ListenerSettings settings;
    settings.tlsFiles = {office.tls().certificatePem, office.tls().privateKeyPem};
    const auto listener = need(Listener::start(settings, router, metrics, log, systemClock()));
    std::latch ready(kTablets + 1);
    std::vector<std::thread> threads;
    for (Client &client : clients)
        threads.emplace_back([&] { send(client, listener->port(), ready); });
    ready.arrive_and_wait();
    const double cpu = processCpuS();
    const double took = seconds([&] {
        for (std::thread &thread : threads)
            thread.join();
    });
    const double used = processCpuS() - cpu;
    listener->stop();
    const auto stored = access->look<std::int64_t>([](LedgerReader &reader) { return reader.lastLog(); });
    needed(stored && *stored - before == static_cast<std::int64_t>(count), "not every operation is in the ledger");
    const double rate = static_cast<double>(count) / took;
    line("operations", static_cast<double>(count), "");
    line("over TLS, to the receipt", rate, "/s");
    line("baseline: plain inserts of the same rows", raw, "/s");
    line("processor time of one operation, both sides", used * 1e6 / static_cast<double>(count), "us");
    line("processor time of one plain insert", rawTook.cpuS * 1e6 / static_cast<double>(count), "us");
    verdict("ratio", rate / raw, "", 0.5, true);
    verdict("operations a second", rate, "/s", 20'000, true);
    return 0;
}
