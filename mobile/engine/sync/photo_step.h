#pragma once
// Photos by tus: previews first, then originals, each resumed where the link broke (docs/PROTOCOL.md "Photos").
#include "mobile/engine/sync/sync_step.h"

namespace zhicha {

/** Sends every photo whose operation is acknowledged. One that does not go is parked or left for the next round, and
 *  never in the way of the others. A complete original is Sent: only the office's pulled word makes it delivered. */
class PhotoStep final : public SyncStep {
public:
    explicit PhotoStep(SyncContext &context) : m_context(context) {}
    void restart();
    Result<std::optional<HttpRequest>> next() override;
    Status onAnswer(const HttpResponse &response) override;
    void interrupted() override { m_ask = Ask::Head; }
    /** Originals whose last byte went out in this round: worth another pull. */
    [[nodiscard]] bool completedAny() const { return m_completed; }

private:
    enum class Ask { Head, Create, Chunk };
    HttpRequest tus(std::string method, std::string path, Bytes body = {}) const;
    [[nodiscard]] std::string pathOf(const PhotoRecord &photo) const;
    Result<std::optional<HttpRequest>> chunk();
    Status onHead(const HttpResponse &response);
    Status onCreated(const HttpResponse &response);
    Status onChunk(const HttpResponse &response);
    Status reached(std::int64_t offset);
    Status complete();
    Status refresh(PhotoRecord &photo);
    Status save(PhotoRecord &photo); ///< with the place that it has in the store by now
    /** Sets it aside: for good, or until the next round. */
    Status setAside(const Error &error, bool forGood);
    Result<bool> receivedKnown(const PhotoRecord &photo);

    SyncContext &m_context;
    std::optional<PhotoRecord> m_current;
    std::vector<Digest> m_skip; ///< set aside in this round
    Ask m_ask = Ask::Head;
    int m_conflicts = 0;
    bool m_completed = false;
};

} // namespace zhicha
