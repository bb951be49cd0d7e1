#include "mobile/engine/status/status_view.h"
#include "mobile/engine/sync/enrol_step.h"
#include "tests/storm/storm_tablets.h"

#include <chrono>
#include <sys/stat.h>
#include <thread>

namespace zhicha::test {

namespace {
constexpr PasswordCost kCheap{1, 8192};
constexpr double kPatienceS = 120;
constexpr std::int64_t kLongestPauseMs = 500; ///< a storm's tablets are asked again sooner than people would wait

double clockS() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
} // namespace

Result<std::unique_ptr<WholeTablet>> WholeTablet::open(const StormOffice &office, const std::string &folder,
                                                       std::uint64_t seed) {
    ::mkdir(folder.c_str(), 0700);
    std::unique_ptr<WholeTablet> tablet(new WholeTablet(office, seed));
    ZHICHA_ASSIGN(tablet->m_disk, PosixDisk::open(folder));
    StoreOptions options;
    options.databasePath = folder + "/store.db";
    options.cost = kCheap;
    ZHICHA_ASSIGN(tablet->m_store, LocalStore::openOrCreate(options, *tablet->m_disk, "246810", tablet->m_random));
    tablet->m_recorder.emplace(*tablet->m_store, systemClock(), tablet->m_random);
    return tablet;
}

Status WholeTablet::sync(double patienceS) {
    SyncMachine machine(*m_store, systemClock(), m_random);
    const double until = clockS() + patienceS;
    while (clockS() < until) {
        const std::optional<HttpRequest> request = machine.next();
        if (request) {
            const auto response = m_link.exchange(*request);
            if (response)
                machine.onResponse(*response);
            else
                machine.onFailure(TransportFailure::NetworkDown);
            continue;
        }
        if (machine.state() == SyncMachine::State::Done)
            return machine.troubles().empty() ? Status() : Status(machine.troubles().front());
        if (machine.state() == SyncMachine::State::Stopped)
            return *machine.error();
        std::this_thread::sleep_for(std::chrono::milliseconds(
            std::clamp<std::int64_t>(machine.waitUntilMs() - systemClock().nowMs(), 1, kLongestPauseMs)));
        machine.start();
    }
    return fail(Code::Timeout, "a tablet never rests");
}

Status WholeTablet::enrol(const std::string &code) {
    const Enrolment enrolment{"https://127.0.0.1:" + std::to_string(m_office.port), code, m_office.fingerprint, "平板"};
    ZHICHA_TRY(beginEnrolment(*m_store, enrolment, systemClock(), m_random));
    return sync(kPatienceS);
}

Status WholeTablet::prepare(std::int64_t operations, const Uuid &site) {
    CheckStart start;
    start.site = site;
    start.noFixReason = "室内";
    ZHICHA_ASSIGN(const Uuid check, m_recorder->startCheck(start));
    for (std::int64_t i = 1; i < operations; ++i) {
        FindingRecorded finding;
        finding.check = check;
        finding.severity = "minor";
        finding.text = "井盖破损 " + std::to_string(i);
        const auto recorded = m_recorder->recordFinding(finding);
        ZHICHA_TRY(recorded ? Status() : Status(recorded.error()));
    }
    m_findings = operations - 1;
    return {};
}

StormTold WholeTablet::told(const Status &synced, double tookS) {
    StormTold told;
    told.device = m_store->identity()->device;
    told.tookS = tookS;
    told.trouble = synced ? "" : synced.error().detail;
    const auto acknowledged = m_store->acknowledged();
    const auto head = m_store->chainHead();
    const auto summary = StatusView(*m_store).summary();
    if (!acknowledged || !head || !summary) {
        told.trouble = "the store cannot be read";
        return told;
    }
    told.acknowledged = *acknowledged;
    told.stateHash = toHex(summary->stateHash);
    told.findings = m_findings;
    if (told.trouble.empty() && *acknowledged != head->seq)
        told.trouble = "not everything is acknowledged";
    return told;
}

StormTold WholeTablet::send() {
    const double begun = clockS();
    const Status synced = sync(kPatienceS);
    return told(synced, clockS() - begun);
}

StormTold WholeTablet::settle() {
    const double begun = clockS();
    const Status synced = sync(kPatienceS);
    return told(synced, clockS() - begun);
}

} // namespace zhicha::test
