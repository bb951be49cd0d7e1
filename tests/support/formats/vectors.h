#pragma once
// The files of tests/vectors, made from the samples: what a second implementation checks itself against.
#include "tests/support/formats/samples.h"

#include <nlohmann/json.hpp>

namespace zhicha::vectors {

using Json = nlohmann::ordered_json;

/** A CBOR value in JSON, types kept: {"int": "5"}, {"bytes": hex}, {"text": …}, {"bool": …}, {"null": null},
 *  {"array": […]}, {"map": [[key, value] …]} in the order of the encoding. Integers are text: JSON readers round them.
 */
[[nodiscard]] Json valueJson(const cbor::Value &value);
[[nodiscard]] Json envelopeJson(const Envelope &envelope);

/** Bytes that are no deterministic CBOR of the subset, each with its reason. */
struct RefusedBytes {
    std::string_view why;
    Bytes bytes;
};
[[nodiscard]] std::vector<RefusedBytes> refusedCbor();
[[nodiscard]] std::vector<cbor::Value> acceptedCbor();

[[nodiscard]] Json cborVectors();
[[nodiscard]] Json operationVectors();
[[nodiscard]] Json idVectors();
[[nodiscard]] Json chainVectors();
[[nodiscard]] Json runVectors();
[[nodiscard]] Json signatureVectors();
[[nodiscard]] Json treeVectors();
[[nodiscard]] Json checkpointVectors();
[[nodiscard]] Json keyNoteVectors();

/** File name → content, for all of the above. */
[[nodiscard]] std::vector<std::pair<std::string, std::string>> allFiles();

} // namespace zhicha::vectors
