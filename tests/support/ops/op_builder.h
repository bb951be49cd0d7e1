#pragma once
// Makes operations, chains and signed runs for tests: same seed, same bytes. Nothing is checked here, so that wrong
// operations can be made as easily as right ones.
#include "shared/oplog/run.h"

namespace zhicha::test {

/** A clock that moves only when told. */
class TestClock : public Clock {
public:
    explicit TestClock(std::int64_t startMs = 1'795'482'000'000) : m_nowMs(startMs) {} // 2026-11-24T01:00:00Z
    [[nodiscard]] std::int64_t nowMs() const override { return m_nowMs + m_wallErrorMs; }
    [[nodiscard]] std::int64_t monotonicUs() const override { return m_monotonicUs; }
    void advanceMs(std::int64_t ms) {
        m_nowMs += ms;
        m_monotonicUs += ms * 1000;
    }
    void setWallErrorMs(std::int64_t ms) { m_wallErrorMs = ms; } ///< how far the wall clock is ahead of the truth
    [[nodiscard]] std::int64_t trueMs() const { return m_nowMs; }

private:
    std::int64_t m_nowMs;
    std::int64_t m_monotonicUs = 1'000'000;
    std::int64_t m_wallErrorMs = 0;
};

/** Splitmix64; good enough for salts and ids of tests. */
class SeededRandom : public RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    void fill(std::span<std::uint8_t> out) override;

private:
    std::uint64_t m_state;
};

struct MadeOperation {
    Uuid device;
    std::int64_t seq = 0;
    Digest d{};
    OperationBytes bytes;
};

/** The bytes of an envelope without any check of what it says. */
[[nodiscard]] Bytes encodeEnvelopeUnchecked(const Envelope &envelope);
/** The same operation as somebody gets it who may not read its body. */
[[nodiscard]] MadeOperation withoutBody(MadeOperation operation);
/** {device hex: [seq, h]}, as check.sign and check.review name heads. */
[[nodiscard]] cbor::Value headsValue(const std::map<Uuid, ChainHead> &heads);

/** One chain with its key. A copy is a restored image of the tablet: let both go on and there is a fork.
 *  Owner: the test; the clock must outlive it. Threads: one. */
class TestDevice {
public:
    TestDevice(const Uuid &ledger, std::uint64_t seed, const TestClock &clock);

    /** Appends the next operation. `seen` = the base per merged field; fields of the body that it leaves out saw
     * nothing. Digests may be given in any order. An unknown kind or a body that does not fit is made all the same. */
    MadeOperation make(std::string_view kind, const Uuid &id, cbor::Map fields, Base seen = {});
    /** Appends these bytes as the next operation, right or wrong. */
    MadeOperation append(Bytes envelope, Bytes body);
    /** The envelope that make() would write next, for a test that wants to bend it. */
    [[nodiscard]] Envelope nextEnvelope(std::string_view kind, const Uuid &id) const;

    /** Signs what was made since the last cut. At least one operation and at most kMaxRunOperations. */
    Run cutRun();
    [[nodiscard]] Uuid newId(); ///< UUIDv7 of the clock and of the device's own randomness

    [[nodiscard]] const Uuid &id() const { return m_id; }
    [[nodiscard]] const Uuid &ledger() const { return m_ledger; }
    [[nodiscard]] const SigningKey &key() const { return m_key; }
    [[nodiscard]] PublicKey boxKey() const;
    [[nodiscard]] const ChainHead &head() const { return m_head; }
    void setActor(const Uuid &actor) { m_actor = actor; } ///< server chains name who acted
    void setAnchor(const Anchor &anchor) { m_anchor = anchor; }
    void setEstimateErrorMs(std::int64_t ms) { m_estimateErrorMs = ms; } ///< estimate = the true time + this
    /** The fields of the device.enrol that would admit this device; its id is id(). */
    [[nodiscard]] cbor::Map enrolFields(const Uuid &person) const;

private:
    Uuid m_ledger;
    SeededRandom m_random;
    const TestClock *m_clock;
    SigningKey m_key;
    Uuid m_id;
    std::optional<Uuid> m_actor;
    Anchor m_anchor;
    std::int64_t m_estimateErrorMs = 0;
    ChainHead m_head;
    ChainHead m_cutAt;
    std::vector<RunElement> m_uncut;
};

} // namespace zhicha::test
