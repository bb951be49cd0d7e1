#include "shared/base/error.h"

#include <cstdio>
#include <cstdlib>

namespace zhicha {

std::string_view codeName(Code code) {
    switch (code) {
    case Code::InvalidArgument:
        return "invalid_argument";
    case Code::BadEncoding:
        return "bad_encoding";
    case Code::TooLarge:
        return "too_large";
    case Code::UnknownKind:
        return "unknown_kind";
    case Code::BadOperation:
        return "bad_operation";
    case Code::BadPicture:
        return "bad_picture";
    case Code::WrongUsage:
        return "wrong_usage";
    case Code::NotYet:
        return "not_yet";
    case Code::BadSignature:
        return "bad_signature";
    case Code::UnknownDevice:
        return "unknown_device";
    case Code::RevokedDevice:
        return "revoked_device";
    case Code::WrongPin:
        return "wrong_pin";
    case Code::WrongServer:
        return "wrong_server";
    case Code::BadCode:
        return "bad_code";
    case Code::SessionExpired:
        return "session_expired";
    case Code::NotAllowed:
        return "not_allowed";
    case Code::ChainGap:
        return "chain_gap";
    case Code::ChainFork:
        return "chain_fork";
    case Code::BadProof:
        return "bad_proof";
    case Code::NotFound:
        return "not_found";
    case Code::Conflict:
        return "conflict";
    case Code::AlreadyDone:
        return "already_done";
    case Code::Ambiguous:
        return "ambiguous";
    case Code::DiskFull:
        return "disk_full";
    case Code::DiskError:
        return "disk_error";
    case Code::StoreDamaged:
        return "store_damaged";
    case Code::StoreLocked:
        return "store_locked";
    case Code::StoreNewer:
        return "store_newer";
    case Code::NetworkDown:
        return "network_down";
    case Code::Timeout:
        return "timeout";
    case Code::Busy:
        return "busy";
    case Code::OverQuota:
        return "over_quota";
    case Code::ServerError:
        return "server_error";
    case Code::OffsetMismatch:
        return "offset_mismatch";
    case Code::DigestMismatch:
        return "digest_mismatch";
    case Code::Stopped:
        return "stopped";
    case Code::Internal:
        return "internal";
    }
    return "internal";
}

void checkFailed(const char *condition, const char *file, int line) {
    std::fprintf(stderr, "zhicha: defect at %s:%d: %s does not hold; stopping before anything wrong is written\n", file,
                 line, condition);
    std::abort();
}

} // namespace zhicha
