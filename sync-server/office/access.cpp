#include "sync-server/office/access.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace zhicha {

class ThreadedAccess::Impl {
public:
    Impl(OpenReader openReader, const ServerKeys &keys, const Clock &clock, RandomSource &random)
        : m_keys(keys), m_clock(clock), m_random(random), m_openReader(std::move(openReader)) {}

    ~Impl() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }

    /** Opens the writer on its own thread, which is the only one to use it. */
    Status start(OpenWriter openWriter) {
        std::promise<Status> opened;
        auto result = opened.get_future();
        m_thread = std::thread([this, openWriter = std::move(openWriter), &opened] {
            auto writer = openWriter();
            if (!writer) {
                opened.set_value(writer.error());
                return;
            }
            opened.set_value({});
            run(openWriter, std::move(*writer));
        });
        return result.get();
    }

    Status write(const std::function<Status(Intake &)> &work) {
        std::packaged_task<Status(Intake &)> task(work);
        auto done = task.get_future();
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                return fail(Code::Stopped, "the server is stopping", Retry::Later);
            m_queue.push_back(std::move(task));
        }
        m_wake.notify_one();
        return done.get();
    }

    Status read(const std::function<Status(LedgerReader &)> &work) {
        std::unique_ptr<LedgerReader> reader;
        {
            const std::lock_guard lock(m_readerMutex);
            if (!m_readers.empty()) {
                reader = std::move(m_readers.back());
                m_readers.pop_back();
            }
        }
        if (!reader) {
            ZHICHA_ASSIGN(reader, m_openReader());
        }
        Status status = work(*reader);
        const std::lock_guard lock(m_readerMutex);
        m_readers.push_back(std::move(reader));
        return status;
    }

    const ServerKeys &m_keys;
    const Clock &m_clock;
    RandomSource &m_random;

private:
    /** The next piece of work; nullopt when stopping and nothing is left. */
    std::optional<std::packaged_task<Status(Intake &)>> next() {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        if (m_queue.empty())
            return std::nullopt;
        auto task = std::move(m_queue.front());
        m_queue.pop_front();
        return task;
    }

    void run(const OpenWriter &openWriter, std::unique_ptr<LedgerWriter> writer) {
        auto intake = std::make_unique<Intake>(*writer, m_keys, m_clock, m_random);
        while (auto task = next()) {
            (*task)(*intake);
            if (!writer->needsReopen())
                continue;
            // A write or sync failed. What is really there shows only a fresh open; until one succeeds, the old
            // connection goes on refusing every transaction, so nothing wrong is ever acknowledged.
            auto again = openWriter();
            if (!again)
                continue;
            intake.reset();
            writer = std::move(*again);
            intake = std::make_unique<Intake>(*writer, m_keys, m_clock, m_random);
        }
    }

    OpenReader m_openReader;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::packaged_task<Status(Intake &)>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
    std::mutex m_readerMutex;
    std::vector<std::unique_ptr<LedgerReader>> m_readers;
};

ThreadedAccess::ThreadedAccess(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ThreadedAccess::~ThreadedAccess() = default;

Result<std::unique_ptr<ThreadedAccess>> ThreadedAccess::start(OpenWriter openWriter, OpenReader openReader,
                                                              const ServerKeys &keys, const Clock &clock,
                                                              RandomSource &random) {
    auto impl = std::make_unique<Impl>(std::move(openReader), keys, clock, random);
    ZHICHA_TRY(impl->start(std::move(openWriter)));
    return std::unique_ptr<ThreadedAccess>(new ThreadedAccess(std::move(impl)));
}

Status ThreadedAccess::write(const std::function<Status(Intake &)> &work) {
    return m_impl->write(work);
}
Status ThreadedAccess::read(const std::function<Status(LedgerReader &)> &work) {
    return m_impl->read(work);
}
const ServerKeys &ThreadedAccess::keys() const {
    return m_impl->m_keys;
}
const Clock &ThreadedAccess::clock() const {
    return m_impl->m_clock;
}
RandomSource &ThreadedAccess::random() {
    return m_impl->m_random;
}

} // namespace zhicha
