#pragma once
// What an answer of the office says: its CBOR, or why there is none.
#include "mobile/engine/sync/http_message.h"
#include "shared/oplog/cbor.h"

namespace zhicha {

/** The map of a 200 answer in CBOR.
 *  Errors: the code of a problem document, or of the status; NetworkDown (Later) when it is not the office that
 * answers: a captive portal's page, a redirect, a body that does not decode. */
[[nodiscard]] Result<cbor::Map> cborAnswer(const HttpResponse &response);
/** The error of an answer that is no success. Never fails. */
[[nodiscard]] Error errorOf(const HttpResponse &response);
/** Milliseconds that Retry-After asks for; 0 without one. */
[[nodiscard]] std::int64_t retryAfterMs(const HttpResponse &response);

/** Fields of an answer's map; after the first one that is missing or of another type, ok() is false. */
class AnswerReader {
public:
    explicit AnswerReader(const cbor::Map &map) : m_map(map) {}
    [[nodiscard]] bool ok() const { return m_ok; }
    std::int64_t integer(std::string_view key);
    std::string text(std::string_view key);
    Bytes bytes(std::string_view key);
    bool boolean(std::string_view key);
    const cbor::Array &array(std::string_view key);
    template <std::size_t N>
    std::array<std::uint8_t, N> fixed(std::string_view key) {
        const auto value = fixedBytes<N>(bytes(key));
        m_ok = m_ok && value.has_value();
        return value.value_or(std::array<std::uint8_t, N>{});
    }
    /** The error for an answer whose shape is not the protocol's. */
    [[nodiscard]] static Error wrongShape(std::string_view what);

private:
    const cbor::Value *find(std::string_view key);
    const cbor::Map &m_map;
    bool m_ok = true;
};

} // namespace zhicha
