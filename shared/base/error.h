#pragma once
// What can go wrong, as values. Codes are switched on; their words (Chinese and English, what is safe, what to do next,
// who can lift it) stand in one table, shared/protocol/problems.cpp.
#include <string>
#include <string_view>
#include <utility>

namespace zhicha {

enum class Code {
    // input and format
    InvalidArgument, ///< a caller's value is outside what the function takes
    BadEncoding,     ///< bytes are not the deterministic CBOR (or JSON, note, …) that they should be
    TooLarge,        ///< over a limit that is stated beside the function
    UnknownKind,     ///< an operation of a kind that this version does not know
    BadOperation,    ///< envelope or body has the wrong shape for its kind
    BadPicture,      ///< not a JPEG or PNG that can be kept
    WrongUsage,      ///< a command line or request that makes no sense
    NotYet,          ///< a feature that a later version brings
    // trust
    BadSignature,   ///< a signature does not verify
    UnknownDevice,  ///< no such device is enrolled
    RevokedDevice,  ///< the device was revoked
    WrongPin,       ///< the store does not open with this PIN or passphrase
    WrongServer,    ///< the server's key or fingerprint is not the one expected
    BadCode,        ///< enrolment code unknown, used by other keys, or past its time
    SessionExpired, ///< the session token is too old or was never valid
    NotAllowed,     ///< the role does not permit it
    // chain and log
    ChainGap,  ///< the run does not continue the chain; carries the sequence expected
    ChainFork, ///< same device and sequence, other content
    BadProof,  ///< inclusion, consistency or receipt does not verify
    // ledger
    NotFound,    ///< no such entity
    Conflict,    ///< the value shown has changed since it was read, or several values stand
    AlreadyDone, ///< same id, other content; or done before
    Ambiguous,   ///< a name that fits several
    // disk and network
    DiskFull,
    DiskError,
    StoreDamaged,
    StoreLocked,
    StoreNewer,
    NetworkDown,
    Timeout,
    Busy,
    OverQuota,
    ServerError,
    OffsetMismatch, ///< an upload continues at another offset than the server holds
    DigestMismatch, ///< bytes do not have the digest that they were announced with
    Stopped,        ///< asked to stop
    Internal,       ///< a defect of ours; the text says where
};

[[nodiscard]] std::string_view codeName(Code code);

enum class Retry { Never, Later, AfterUser };

/** code + what was being done and to what (never answers, photos or names) + whether trying again can help. */
struct Error {
    Code code = Code::Internal;
    std::string detail;
    Retry retry = Retry::Never;
};

/** A defect of ours, on in release too: prints the place and aborts, so that no wrong row is ever written. */
[[noreturn]] void checkFailed(const char *condition, const char *file, int line);

} // namespace zhicha

#define ZHICHA_CHECK(condition)                                                                                        \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            ::zhicha::checkFailed(#condition, __FILE__, __LINE__);                                                     \
    } while (false)
