#pragma once
// A ledger in a folder of its own, encrypted as one with a key file is, and tablets enrolled through the product's own
// door.
#include "sync-server/http/tls_identity.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/store/ledger_store.h"
#include "tests/bench/rows.h"
#include "tests/support/ops/op_builder.h"
#include "tests/support/temp_folder.h"

namespace zhicha::bench {

/** Owner: one benchmark; everything goes with it. Threads: one, but for what openWriter and openReader gave. */
class BenchOffice {
public:
    explicit BenchOffice(std::size_t tablets);

    [[nodiscard]] std::unique_ptr<LedgerWriter> openWriter() const;
    [[nodiscard]] const LedgerStoreOptions &options() const { return m_options; }
    [[nodiscard]] const ServerKeys &keys() const { return m_keys; }
    [[nodiscard]] const TlsIdentity &tls() const { return m_tls; }
    [[nodiscard]] const test::TempFolder &folder() const { return m_folder; }
    [[nodiscard]] std::size_t tabletCount() const { return m_tablets.size(); }
    [[nodiscard]] const Uuid &device(std::size_t tablet) const { return m_tablets[tablet].id(); }
    /** A session token of the tablet, good for 12 hours. */
    [[nodiscard]] std::string token(LedgerWriter &ledger, std::size_t tablet);
    /** The next runs of the tablet's chain: `count` findings, 500 operations a run, with the rows from `firstRow` on.
     *  With photos, each finding is followed by its photo's operation. */
    std::vector<Bytes> makeRuns(std::size_t tablet, std::uint64_t firstRow, std::size_t count, bool photos = false);
    /** The same for whole checks of five findings each, started at one of 500 sites and, but for each twentieth,
     *  finished. `firstRow` and `count` are multiples of five. */
    std::vector<Bytes> makeChecks(std::size_t tablet, std::uint64_t firstRow, std::size_t count);
    /** Units, sites and items that the checks name. */
    void putPlaces(Intake &intake) const;
    [[nodiscard]] Uuid siteOf(std::uint64_t row) const;
    [[nodiscard]] const Uuid &person(std::size_t tablet) const { return m_persons[tablet % m_persons.size()]; }

private:
    void enrolTablet(Intake &intake, const Uuid &person);

    test::TempFolder m_folder;
    test::TestClock m_clock;
    SigningKey m_root;
    TlsIdentity m_tls;
    ServerKeys m_keys;
    LedgerStoreOptions m_options;
    std::vector<test::TestDevice> m_tablets;
    std::vector<Uuid> m_persons;
};

/** A body of POST /operations. */
[[nodiscard]] Bytes requestBody(const std::vector<Bytes> &runs);
/** As the tablet's transport packs it before it sends. */
[[nodiscard]] Bytes packed(ByteView body);

} // namespace zhicha::bench
