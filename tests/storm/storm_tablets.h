#pragma once
// The three sorts of tablets in a storm: whole ones (the engine of zhicha-field with a store of its own), prepared ones
// (chain, runs and signatures made beforehand, so that the load program costs little), and hostile ones.
#include "mobile/engine/record/recorder.h"
#include "mobile/engine/sync/sync_machine.h"
#include "shared/files/posix_disk.h"
#include "tests/storm/storm_link.h"
#include "tests/support/ops/op_builder.h"

#include <atomic>

namespace zhicha::test {

struct StormOffice {
    std::uint16_t port = 0;
    Uuid ledger;
    Digest fingerprint{};
    std::vector<Digest> tlsKeys; ///< of the note, once one was read
};

/** What a tablet was told. */
struct StormTold {
    Uuid device;
    std::int64_t acknowledged = 0; ///< operations
    std::int64_t findings = 0;     ///< among them
    double tookS = 0;              ///< from its start to the answer that acknowledges the last
    std::string stateHash;         ///< of a whole tablet, in step
    std::string trouble;           ///< empty = all went as it should
};

/** GET /keys, verified by the fingerprint. */
[[nodiscard]] Result<KeyNote> readNote(const StormOffice &office);

/** Owner: one thread at a time. */
class PreparedTablet {
public:
    PreparedTablet(const StormOffice &office, std::uint64_t seed, const TestClock &clock)
        : m_office(office), m_device(office.ledger, seed, clock), m_link(office.port) {}
    Status enrol(const std::string &code);
    Status signIn();
    void prepare(std::int64_t operations, const Uuid &site);
    /** Sends what was prepared, again where the server is busy, until every operation is acknowledged. */
    StormTold send();

    [[nodiscard]] const TestDevice &device() const { return m_device; }
    [[nodiscard]] const std::string &token() const { return m_token; }
    [[nodiscard]] const std::vector<Bytes> &runs() const { return m_runs; }
    [[nodiscard]] HttpRequest request(std::string method, std::string path, Bytes body) const;
    [[nodiscard]] StormLink &link() { return m_link; }

private:
    const StormOffice &m_office;
    TestDevice m_device;
    StormLink m_link;
    std::string m_token;
    std::vector<Bytes> m_runs;
    std::int64_t m_findings = 0;
};

/** Owner: one thread at a time. Holds a store in a folder of its own. */
class WholeTablet {
public:
    [[nodiscard]] static Result<std::unique_ptr<WholeTablet>> open(const StormOffice &office, const std::string &folder,
                                                                   std::uint64_t seed);
    Status enrol(const std::string &code); ///< and pulls what is there
    Status prepare(std::int64_t operations, const Uuid &site);
    StormTold send();
    /** Once more, so that it has everything that the office said meanwhile. */
    StormTold settle();

private:
    WholeTablet(const StormOffice &office, std::uint64_t seed)
        : m_office(office), m_link(office.port), m_random(seed) {}
    Status sync(double patienceS);
    StormTold told(const Status &synced, double tookS);

    const StormOffice &m_office;
    StormLink m_link;
    SeededRandom m_random;
    std::unique_ptr<PosixDisk> m_disk;
    std::unique_ptr<LocalStore> m_store;
    std::optional<Recorder> m_recorder;
    std::int64_t m_findings = 0;
};

/** What hostile tablets did and how it was answered. */
struct HostileCount {
    std::atomic<std::int64_t> requests{0};
    std::atomic<std::int64_t> refused{0};
    std::atomic<std::int64_t> cut{0};
    std::atomic<std::int64_t> faults{0};   ///< answers 5xx other than "busy"
    std::atomic<std::int64_t> accepted{0}; ///< a lie that was taken
};
/** Attacks with this tablet's own session until told to stop. `victim`: another tablet, whose runs it tries to send. */
void attack(PreparedTablet &tablet, const PreparedTablet &victim, std::uint64_t seed, const std::atomic<bool> &over,
            HostileCount &count);

} // namespace zhicha::test
