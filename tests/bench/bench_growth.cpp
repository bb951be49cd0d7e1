// Rows 2 and 7: 1,000 operations against a large ledger and a small one, and the fold of a whole log again, in memory
// and into the store. --ledger N sets the size of the large one (1000000 is the target's; 100000 unless told).
#include "sync-server/office/rebuild.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"
#include "tests/bench/bench_office.h"
#include "tests/bench/figures.h"
#include "tests/unit/shared/ledger/memory_store.h"

#include <nlohmann/json.hpp>

namespace {
using namespace zhicha;
using namespace zhicha::bench;

constexpr std::size_t kStep = 1000;
constexpr std::size_t kRepeats = 9;

class Growth {
public:
    Growth() : m_office(1), m_ledger(m_office.openWriter()) {
        m_intake = std::make_unique<Intake>(*m_ledger, m_office.keys(), systemClock(), systemRandom());
    }
    void growTo(std::uint64_t operations) {
        while (m_rows < operations)
            submit(m_office.makeRuns(0, m_rows, 4 * kStep), 4 * kStep);
    }
    /** One request with 1,000 operations: the middle of several, by the clock and by processor time. */
    Took steps() {
        std::vector<double> wall, cpu;
        for (std::size_t i = 0; i < kRepeats; ++i) {
            const Took took = submit(m_office.makeRuns(0, m_rows, kStep), kStep);
            wall.push_back(took.wallS);
            cpu.push_back(took.cpuS);
        }
        return {median(wall), median(cpu)};
    }
    LedgerWriter &ledger() { return *m_ledger; }
    const ServerKeys &keys() { return m_office.keys(); }

private:
    Took submit(const std::vector<Bytes> &runs, std::size_t rows) {
        const Took took = measure([&] {
            const auto answer = need(m_intake->submit(m_office.device(0), runs));
            for (const RunVerdict &verdict : answer.runs)
                needed(verdict.status == RunVerdict::Status::Stored, "a run was not stored");
        });
        m_rows += rows;
        return took;
    }

    BenchOffice m_office;
    std::unique_ptr<LedgerWriter> m_ledger;
    std::unique_ptr<Intake> m_intake;
    std::uint64_t m_rows = 0;
};

void measureGrowth(Growth &growth, std::uint64_t large) {
    title("2 1,000 operations against a small and a large ledger");
    growth.growTo(10'000);
    growth.steps(); // warm: statements prepared, caches filled
    const Took small = growth.steps();
    growth.growTo(large);
    const Took big = growth.steps();
    line("against 10,000", small.wallS * 1000, "ms");
    line("  of processor time", small.cpuS * 1000, "ms");
    line(("against " + std::to_string(large)).c_str(), big.wallS * 1000, "ms");
    line("  of processor time", big.cpuS * 1000, "ms");
    verdict("seconds against the large one", big.wallS, "s", 0.1, false);
    verdict("times the small one", big.wallS / small.wallS, "", 1.2, false);
    verdict("times the small one, processor time", big.cpuS / small.cpuS, "", 1.2, false);
}

struct Fold {
    Took took;
    double operations = 0;
};

Fold foldInMemory(Growth &growth) {
    test::MemoryStore store(growth.keys().ledger);
    std::vector<test::MadeOperation> operations;
    done(growth.ledger().forEachChain([&](const ChainRecord &chain) -> Status {
        DeviceFacts facts;
        facts.enrolled = !chain.server;
        facts.server = chain.server;
        facts.generation = chain.generation;
        store.setFacts(chain.device, facts);
        return {};
    }));
    done(growth.ledger().forEachOperation(1, [&](const LogOperation &op) -> Status {
        operations.push_back({op.operation.device, op.operation.seq, op.operation.d, op.operation.bytes});
        return {};
    }));
    const Took took = measure([&] {
        for (std::size_t at = 0; at < operations.size(); at += kStep) {
            const auto end = std::min(operations.size(), at + kStep);
            store.receive({operations.begin() + static_cast<std::ptrdiff_t>(at),
                           operations.begin() + static_cast<std::ptrdiff_t>(end)});
        }
    });
    return {took, static_cast<double>(operations.size())};
}

void measureRebuild(Growth &growth) {
    title("7 the fold of the whole log again");
    const double count = static_cast<double>(need(growth.ledger().lastLog()));
    const Fold memory = foldInMemory(growth);
    const Took took = measure([&] {
        const auto answer = need(rebuildLedger(growth.ledger()));
        needed(answer["same"].get<bool>(), "the state is another one");
    });
    line("operations", count, "");
    line("in memory, a second of processor time", memory.operations / memory.took.cpuS, "/s");
    line("into the store, a second of processor time", count / took.cpuS, "/s");
    verdict("in memory", memory.operations / memory.took.wallS, "/s", 100'000, true);
    verdict("into the store", count / took.wallS, "/s", 40'000, true);
}
} // namespace

int main(int argc, char **argv) {
    Growth growth;
    measureGrowth(growth, static_cast<std::uint64_t>(option(argc, argv, "ledger", 100'000)));
    measureRebuild(growth);
    return 0;
}
