// Goal (invariant 12): a reader with a cursor misses nothing, and sees nothing out of its scope, while tablets write,
// the office writes and scopes are granted between any two of its pages. Method: random schedules from a seed; readers
// on a connection of their own; what each should have is worked out from the log by the words of the protocol.
#include "tests/unit/sync-server/intake/changes_reader.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Schedule : public OfficeFixture, public testing::WithParamInterface<int> {
protected:
    std::uint64_t below(std::uint64_t limit) { return m_dice.next() % limit; }

    void step() {
        TestDevice &tablet = m_tablets[below(m_tablets.size())];
        switch (below(9)) {
        case 0:
            m_checks.push_back(startCheck(tablet));
            break;
        case 1:
        case 2:
            if (!m_checks.empty())
                for (std::uint64_t i = 0; i <= below(30); ++i)
                    addFinding(tablet, m_checks[below(m_checks.size())], "x");
            break;
        case 3:
            if (!m_checks.empty())
                tablet.make("check.join", tablet.newId(),
                            {{"check", m_checks[below(m_checks.size())]}, {"by", "list"}});
            break;
        case 4:
        case 5:
            if (tablet.head().seq > m_sent[tablet.id()]) {
                m_sent[tablet.id()] = tablet.head().seq;
                send(tablet);
            }
            break;
        case 6:
            officeWrites(below(4) == 0 ? 480 : 3);
            break;
        case 7:
            if (!m_checks.empty()) {
                const bool ends = below(3) == 0;
                append({{ends ? "scope.end" : "scope.grant",
                         newUuid(m_clock, m_random),
                         {{"device", tablet.id()},
                          {"entity", m_checks[below(m_checks.size())]},
                          {ends ? "reason" : "why", "x"}}}});
            }
            break;
        default:
            m_readers[below(m_readers.size())]->readOne();
        }
    }

    void officeWrites(std::uint64_t count) {
        std::vector<ServerOperation> operations;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::string code = "u" + std::to_string(below(1000));
            operations.push_back({"unit.put",
                                  derivedId(m_keys.ledger, "unit", code),
                                  {{"code", code}, {"name", "x"}, {"group", "county"}, {"vice_mayor", "y"}}});
            if (below(40) == 0 && !m_checks.empty())
                operations.push_back({"scope.grant",
                                      newUuid(m_clock, m_random),
                                      {{"device", m_tablets[below(m_tablets.size())].id()},
                                       {"entity", m_checks[below(m_checks.size())]},
                                       {"why", "x"}}});
        }
        append(std::move(operations));
    }

    /** Scope by the words of the protocol, from the log alone: the checks, and since when each is not read any more (0
     * = it is). */
    std::map<Uuid, std::int64_t> scopeOf(const Uuid &device) {
        std::map<Uuid, std::int64_t> scope;
        for (const LogOperation &operation : log()) {
            if (operation.kind == "check.start" && operation.operation.device == device &&
                operation.outcome == "applied")
                scope[operation.entity] = 0;
            if (operation.kind != "scope.grant" && operation.kind != "scope.end")
                continue;
            const EntityRow row = rowOf(operation.entity);
            if (row.uuid("device") != device)
                continue;
            const auto known = scope.find(*row.uuid("entity"));
            if (operation.kind == "scope.grant")
                scope[*row.uuid("entity")] = 0;
            else if (known != scope.end() && known->second == 0)
                known->second = operation.log;
        }
        return scope;
    }

    SeededRandom m_dice{static_cast<std::uint64_t>(GetParam()) * 7919 + 1};
    std::vector<TestDevice> m_tablets{enrolled(person("甲", "inspector", "一组"), 1),
                                      enrolled(person("乙", "inspector", "一组"), 2),
                                      enrolled(person("丙", "inspector"), 3)};
    std::vector<std::unique_ptr<LedgerReader>> m_connections;
    std::vector<std::unique_ptr<ChangesReader>> m_readers;
    std::vector<Uuid> m_checks;
    std::map<Uuid, std::int64_t> m_sent;
};

TEST_P(Schedule, inv12_cursorReaderMissesNothing) {
    for (const TestDevice &tablet : m_tablets) {
        m_connections.push_back(reader());
        m_readers.push_back(std::make_unique<ChangesReader>(*m_connections.back(), m_keys.ledger, tablet.id()));
    }
    for (int i = 0; i < 120 && !HasFatalFailure(); ++i)
        step();
    for (std::size_t r = 0; r < m_readers.size(); ++r) {
        m_readers[r]->readAll();
        const Uuid device = m_tablets[r].id();
        const std::map<Uuid, std::int64_t> scope = scopeOf(device);
        for (const LogOperation &operation : log()) {
            const bool server = operation.operation.device == m_keys.device();
            const KindInfo *kind = findKind(operation.kind);
            const auto granted = operation.check ? scope.find(*operation.check) : scope.end();
            const std::int64_t ended = granted != scope.end() ? granted->second : 0;
            bool visible = granted != scope.end() && ended == 0;
            if (server && !operation.check)
                visible = true;
            if (kind->entity == EntityType::Scope)
                visible = rowOf(operation.entity).uuid("device") == device;
            const bool got = m_readers[r]->got().contains(operation.operation.d);
            if (operation.operation.device == device || (ended > 0 && operation.log < ended))
                continue; // its own: it has them; what came before an end may have come in time
            EXPECT_EQ(got, visible) << "ZHICHA seed " << GetParam() << " reader " << r << " log " << operation.log
                                    << ' ' << operation.kind;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Schedule, testing::Range(0, 12));
} // namespace
