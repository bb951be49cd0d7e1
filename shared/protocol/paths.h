#pragma once
// Paths, headers, media types and limits of the sync protocol, for both sides. docs/PROTOCOL.md says what they mean.
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace zhicha::protocol {

inline constexpr std::string_view kPrefix = "/api/v1";
inline constexpr std::string_view kKeysPath = "/api/v1/keys";
inline constexpr std::string_view kDevicesPath = "/api/v1/devices";
inline constexpr std::string_view kSessionsPath = "/api/v1/sessions";
inline constexpr std::string_view kOperationsPath = "/api/v1/operations";
inline constexpr std::string_view kProofPath = "/api/v1/checkpoints/proof"; ///< ?from=SIZE&to=SIZE
inline constexpr std::string_view kChangesPath = "/api/v1/changes";         ///< ?after=CURSOR
inline constexpr std::string_view kBlobsPath = "/api/v1/blobs";             ///< then /<digest in lower-case hex>

inline constexpr std::string_view kCborType = "application/cbor";
inline constexpr std::string_view kProblemType = "application/problem+json";
inline constexpr std::string_view kTusChunkType = "application/offset+octet-stream";

inline constexpr std::string_view kAuthorizationHeader = "Authorization";
inline constexpr std::string_view kBearerPrefix = "Bearer ";
inline constexpr std::string_view kRetryAfterHeader = "Retry-After"; ///< whole seconds
inline constexpr std::string_view kContentEncodingHeader = "Content-Encoding";
inline constexpr std::string_view kAcceptEncodingHeader = "Accept-Encoding";
inline constexpr std::string_view kZstdCoding = "zstd";

// tus 1.0.0, core and creation
inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusResumableHeader = "Tus-Resumable";
inline constexpr std::string_view kTusVersionHeader = "Tus-Version";
inline constexpr std::string_view kTusExtensionHeader = "Tus-Extension";
inline constexpr std::string_view kTusExtensions = "creation";
inline constexpr std::string_view kUploadOffsetHeader = "Upload-Offset";
inline constexpr std::string_view kUploadLengthHeader = "Upload-Length";
inline constexpr std::string_view kUploadMetadataHeader = "Upload-Metadata";
inline constexpr std::string_view kDigestMetadataKey = "sha256"; ///< base64 of the lower-case hex digest

// Limits. What one operation and one run may take stands in shared/oplog (64 KiB; 500 operations and 512 KiB), so that
// any run fits a request.
inline constexpr std::size_t kMaxRequestBytes = 1024 * 1024;      ///< as sent, compressed or not
inline constexpr std::size_t kMaxUnpackedBytes = 8 * 1024 * 1024; ///< of the same after zstd
inline constexpr std::size_t kMaxOperationsPerRun = 500;          ///< of one run
inline constexpr std::size_t kMaxBytesPerRun = 512 * 1024;        ///< of one run
inline constexpr std::size_t kMaxPreviewBytes = 64 * 1024;        ///< a preview is made on the tablet
inline constexpr std::int64_t kCodeLifeMs = 10 * 60 * 1000;       ///< of an enrolment code
inline constexpr std::int64_t kChallengeLifeMs = 2 * 60 * 1000;   ///< of a session challenge
inline constexpr std::int64_t kTokenLifeMs = 12 * 60 * 60 * 1000; ///< of a session token
inline constexpr std::int64_t kRetryFirstMs = 2 * 1000;           ///< then doubling
inline constexpr std::int64_t kRetryLongestMs = 15 * 60 * 1000;

// Outcome of one operation, as words of an answer and as keys of the table of problems.
inline constexpr std::string_view kApplied = "applied";
inline constexpr std::string_view kDuplicate = "duplicate";
inline constexpr std::string_view kConflict = "conflict";
inline constexpr std::string_view kFork = "fork";
inline constexpr std::string_view kIneffectivePrefix = "ineffective:"; ///< then the reason, itself a key

} // namespace zhicha::protocol
