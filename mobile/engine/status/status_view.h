#pragma once
// What the office has of this tablet's records, as the screens and `status` say it.
#include "mobile/engine/store/local_store.h"
#include "mobile/engine/sync/sync_state.h"

namespace zhicha {

/** One own operation at the office. */
struct OperationStatus {
    std::int64_t seq = 0;
    std::string kind;
    Uuid entity;
    enum class Stage { Recorded, Signed, Acknowledged } stage = Stage::Recorded; ///< Signed: in a run, on its way
    std::string outcome;           ///< applied, conflict, ineffective:<reason>, …; empty before an answer
    std::string refused;           ///< why the office did not take its run; empty otherwise
    std::int64_t log = 0;          ///< log number of its run's first operation; 0 without a receipt
    std::int64_t receivedAtMs = 0; ///< by the office's clock
};
[[nodiscard]] std::string_view stageName(OperationStatus::Stage stage);

struct StatusSummary {
    bool enrolled = false;
    std::string personName;
    std::string server;
    std::string state; ///< not_enrolled, in_step, pending, waiting, stopped
    SyncState sync;
    std::int64_t operations = 0;
    std::int64_t pendingOperations = 0;
    std::int64_t photos = 0;        ///< originals
    std::int64_t pendingPhotos = 0; ///< originals and previews on their way
    std::int64_t deliveredPhotos = 0;
    std::int64_t parkedPhotos = 0;
    std::int64_t parkedRuns = 0;
    std::int64_t troubled = 0; ///< own operations that are conflict, fork, refused or without effect
    std::int64_t breaks = 0;   ///< restores of the office that lost what it had received; sent again since
    Digest stateHash{};
    std::int64_t entities = 0;
};

/** How far one kind of file is. */
struct FileLane {
    std::int64_t all = 0;
    std::int64_t done = 0; ///< delivered; a preview: taken
    std::int64_t parked = 0;
    std::int64_t bytes = 0;
    std::int64_t sentBytes = 0;
    bool operator==(const FileLane &) const = default;
};

/** The summary's counts without walking over every record: for the line that is always on the screen. */
struct StatusBrief {
    bool enrolled = false;
    SyncState sync;
    std::int64_t records = 0;
    std::int64_t acknowledged = 0;
    FileLane previews;
    FileLane originals;
    std::int64_t troubled = 0;
    std::int64_t parkedRuns = 0;
    std::int64_t lastLog = 0;        ///< log number of the newest verified receipt; 0 without one
    std::int64_t lastReceivedMs = 0; ///< its time, by the office's clock

    /** How far this tablet's clock is behind the office's, by the last answer; nullopt before one. Negative: ahead. */
    std::optional<std::int64_t> clockBehindMs;

    [[nodiscard]] std::int64_t waitingRecords() const { return records - acknowledged; }
    [[nodiscard]] std::int64_t waitingPhotos() const { return originals.all - originals.done; }
};

/** Threads: the store's. */
class StatusView {
public:
    explicit StatusView(LocalStore &store) : m_store(store) {}
    Result<StatusSummary> summary();
    Result<StatusBrief> brief();
    /** All own ones, oldest first: for the command line; grows with the chain. */
    Result<std::vector<OperationStatus>> operations();
    Result<std::vector<OperationStatus>> operationsOf(const Uuid &check);
    /** Those that the office refused, or that are in conflict, forked or without effect. */
    Result<std::vector<OperationStatus>> troubledOperations();

private:
    class Stages;
    LocalStore &m_store;
};

} // namespace zhicha
