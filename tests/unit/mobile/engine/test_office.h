#pragma once
// An office in a test: the real keys, receipts, tree and checkpoints of shared/oplog, and answers that a test can bend.
#include "mobile/engine/sync/sync_machine.h"
#include "shared/oplog/receipt.h"
#include "tests/support/ops/op_builder.h"

namespace zhicha::test {

struct OfficePhoto {
    std::int64_t size = -1; ///< -1: nothing begun
    Bytes bytes;
};

/** Owner: the test. Threads: one. Knows the chain of the tablet that enrolled last and as many others as the test
 * makes. */
class TestOffice {
    const TestClock &m_clock; // first: the others are made with them
    SeededRandom m_random{99};
    SigningKey m_root;

public:
    explicit TestOffice(const TestClock &clock);

    HttpResponse handle(const HttpRequest &request);
    /** One operation of the server chain, as a run of its own in the log. */
    MadeOperation append(std::string_view kind, const Uuid &id, cbor::Map fields);
    /** A run of any chain into the log, as others brought it. */
    void publish(const Run &run);
    void publishBytes(Bytes run);
    /** The key note as it would be signed now. */
    [[nodiscard]] Bytes signedNote() const;
    [[nodiscard]] Digest fingerprint() const { return fingerprintOf(m_root.publicKey()); }
    /** A site for the tablet to go to. */
    Uuid addSite(const std::string &code);

    // What a test may bend
    std::function<void(const HttpRequest &, HttpResponse &)> tamper; ///< the last word on every answer
    std::function<void(std::vector<Receipt> &)> tamperReceipts;
    std::string refuse;          ///< code: refuses every run
    bool forgetReceived = false; ///< keeps photos.received back
    int mismatches = 0;          ///< so many uploads end in 460
    std::size_t pageSize = 2;
    std::string person = "p1"; ///< whose code it is that the next tablet enrols with
    std::string personName = "督查员甲";

    // What a test may look at
    std::vector<RunBounds> runsSeen;
    std::vector<std::string> requests; ///< "POST /api/v1/operations"
    std::map<Digest, OfficePhoto> photos;
    std::map<std::int64_t, Digest> tabletOperations; ///< seq → d, what is stored
    KeyNote note;
    SigningKey logKey;
    TestDevice server;
    Uuid ledger;

private:
    HttpResponse enrol(const cbor::Map &body);
    HttpResponse session(const cbor::Map &body);
    HttpResponse operations(const HttpRequest &request);
    HttpResponse changes(const HttpRequest &request);
    HttpResponse proof(const HttpRequest &request);
    HttpResponse blob(const HttpRequest &request);
    cbor::Value storeRun(const Run &run);
    void addLeaf(Leaf leaf);
    [[nodiscard]] std::string checkpoint();

    MemoryMerkleNodes m_nodes;
    std::vector<Leaf> m_leaves;
    std::vector<std::pair<std::int64_t, Bytes>> m_log; ///< runs that the tablet may see
    std::int64_t m_nextLog = 1;
    Uuid m_tablet;
    PublicKey m_tabletKey{};
    Digest m_tabletHead{};
    std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> m_tabletRuns; ///< first, last → leaf
    std::map<Digest, Uuid> m_photoChecks;
};

/** Runs the machine until it has nothing to ask. */
void pump(SyncMachine &machine, TestOffice &office, int most = 10'000);

} // namespace zhicha::test
