#pragma once
// One-time codes and the devices that they enrol (docs/PROTOCOL.md "Enrolment").
#include "sync-server/intake/intake.h"

namespace zhicha {

inline constexpr std::int64_t kCodeLifeMs = 10 * 60 * 1000;
inline constexpr std::size_t kCodeLength = 8;

/** Crockford's alphabet, upper case, `i l o` mapped; "" if a character is none of it or the length is wrong. */
[[nodiscard]] std::string normalizeCode(std::string_view code);

struct EnrolRequest {
    std::string code;
    Uuid device;
    PublicKey signKey{};
    std::array<std::uint8_t, 32> boxKey{};
    std::string name;
    Signature signature{};
};

struct EnrolAnswer {
    Uuid person;
    std::string personName;
    std::string checkpoint;
};

/** A fresh code for a person. Threads: the ledger's. */
[[nodiscard]] Result<std::string> makeEnrolCode(Intake &intake, const Uuid &person);
/** BadCode, AlreadyDone, BadSignature, InvalidArgument. The same code with the same keys repeats the same answer. */
[[nodiscard]] Result<EnrolAnswer> enrol(Intake &intake, const EnrolRequest &request);
/** What an enrolment's signature covers. */
[[nodiscard]] Bytes enrolSignedContent(const Uuid &ledger, const Digest &fingerprint, const EnrolRequest &request);

} // namespace zhicha
