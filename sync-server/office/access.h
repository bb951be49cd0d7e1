#pragma once
// How many threads share one ledger: writes go one after the other to the thread that owns the writer, reads to readers
// of their own. The simulation and the sub-commands use the direct form, in one thread.
#include "sync-server/intake/intake.h"

#include <functional>

namespace zhicha {

class LedgerAccess {
public:
    virtual ~LedgerAccess() = default;
    /** Runs `work` with the writer and waits for it. */
    virtual Status write(const std::function<Status(Intake &)> &work) = 0;
    /** Runs `work` with a reader; may run beside others. */
    virtual Status read(const std::function<Status(LedgerReader &)> &work) = 0;
    [[nodiscard]] virtual const ServerKeys &keys() const = 0;
    [[nodiscard]] virtual const Clock &clock() const = 0;
    [[nodiscard]] virtual RandomSource &random() = 0;

    /** The value of a write. */
    template <typename T>
    Result<T> ask(const std::function<Result<T>(Intake &)> &work) {
        return hold<T>([&](const auto &store) { return write([&](Intake &intake) { return store(work(intake)); }); });
    }
    template <typename T>
    Result<T> look(const std::function<Result<T>(LedgerReader &)> &work) {
        return hold<T>(
            [&](const auto &store) { return read([&](LedgerReader &reader) { return store(work(reader)); }); });
    }

private:
    template <typename T, typename Run>
    Result<T> hold(const Run &run) {
        std::optional<T> value;
        ZHICHA_TRY(run([&](Result<T> result) -> Status {
            if (!result)
                return std::move(result).error();
            value.emplace(std::move(*result));
            return {};
        }));
        return *std::move(value);
    }
};

/** In the caller's thread, on one connection. */
class DirectAccess final : public LedgerAccess {
public:
    explicit DirectAccess(Intake &intake) : m_intake(intake) {}
    Status write(const std::function<Status(Intake &)> &work) override { return work(m_intake); }
    Status read(const std::function<Status(LedgerReader &)> &work) override { return work(m_intake.ledger()); }
    [[nodiscard]] const ServerKeys &keys() const override { return m_intake.keys(); }
    [[nodiscard]] const Clock &clock() const override { return m_intake.clock(); }
    [[nodiscard]] RandomSource &random() override { return m_intake.random(); }

private:
    Intake &m_intake;
};

using OpenWriter = std::function<Result<std::unique_ptr<LedgerWriter>>()>;
using OpenReader = std::function<Result<std::unique_ptr<LedgerReader>>()>;

/** One ledger thread and a pool of readers. Owner: `serve`. */
class ThreadedAccess final : public LedgerAccess {
public:
    [[nodiscard]] static Result<std::unique_ptr<ThreadedAccess>> start(OpenWriter openWriter, OpenReader openReader,
                                                                       const ServerKeys &keys, const Clock &clock,
                                                                       RandomSource &random);
    ~ThreadedAccess() override; ///< finishes what is queued
    Status write(const std::function<Status(Intake &)> &work) override;
    Status read(const std::function<Status(LedgerReader &)> &work) override;
    [[nodiscard]] const ServerKeys &keys() const override;
    [[nodiscard]] const Clock &clock() const override;
    [[nodiscard]] RandomSource &random() override;

private:
    class Impl;
    explicit ThreadedAccess(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace zhicha
