#pragma once
// Security keys as browsers speak of them: for which host, of which page, and what one answered.
#include "sync-server/http/resources/console/console_call.h"

namespace zhicha {

inline constexpr std::int64_t kTouchTimeoutMs = 60'000;

/** The host of the request without its port; "" where it is a number, for which browsers make no keys. */
[[nodiscard]] std::string rpIdOf(const Request &request);
/** "https://host:port" of the page that asks. */
[[nodiscard]] std::string originOf(const Request &request);
/** The keys of a list that were made for this host: [{"id","type"}]. */
[[nodiscard]] nlohmann::json keyList(const std::vector<SecurityKey> &keys, const std::string &rpId);
[[nodiscard]] Result<Bytes> binaryOf(ConsoleCall &call, const nlohmann::json &object, const char *name);

struct KeyAnswer {
    Bytes credential;
    Assertion assertion;
};
/** {"id","client_data_json","authenticator_data","signature"}: InvalidArgument with the field. */
[[nodiscard]] Result<KeyAnswer> keyAnswerOf(ConsoleCall &call, const nlohmann::json &given);

} // namespace zhicha
