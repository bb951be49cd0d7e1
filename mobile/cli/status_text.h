#pragma once
// The one line that always says where the sync stands, and the same as JSON.
#include "mobile/engine/status/status_view.h"

#include <nlohmann/json.hpp>

namespace zhicha::cli {

[[nodiscard]] std::string statusLine(const StatusSummary &summary);
[[nodiscard]] nlohmann::json summaryJson(const StatusSummary &summary);
[[nodiscard]] nlohmann::json operationJson(const OperationStatus &operation);
[[nodiscard]] nlohmann::json photoJson(const PhotoRecord &photo);

} // namespace zhicha::cli
