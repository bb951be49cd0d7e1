#include "shared/base/sources.h"

#include "shared/base/error.h"

#include <cerrno>
#include <ctime>
#include <fstream>
#include <sys/random.h>

namespace zhicha {

namespace {
class SystemClock final : public Clock {
public:
    SystemClock() {
        std::ifstream file("/proc/sys/kernel/random/boot_id");
        if (!std::getline(file, m_boot))
            m_boot = "unknown";
    }
    [[nodiscard]] std::int64_t nowMs() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    }
    [[nodiscard]] std::int64_t monotonicUs() const override {
        using namespace std::chrono;
        return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
    }
    [[nodiscard]] std::int32_t offsetMinutes() const override {
        const std::time_t now = std::time(nullptr);
        std::tm local{};
        localtime_r(&now, &local);
        return static_cast<std::int32_t>(local.tm_gmtoff / 60);
    }
    [[nodiscard]] std::string bootId() const override { return m_boot; }

private:
    std::string m_boot;
};

class SystemRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override {
        while (!out.empty()) {
            const ssize_t got = getrandom(out.data(), out.size(), 0);
            if (got < 0) {
                ZHICHA_CHECK(errno == EINTR);
                continue;
            }
            out = out.subspan(static_cast<std::size_t>(got));
        }
    }
};
} // namespace

Clock &systemClock() {
    static auto *clock = new SystemClock;
    return *clock;
}
RandomSource &systemRandom() {
    static auto *random = new SystemRandom;
    return *random;
}

} // namespace zhicha
