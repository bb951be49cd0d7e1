#pragma once
// A QR code (ISO/IEC 18004) as a picture for a page: enrolment of a tablet, the secret of an authenticator app.
#include "shared/base/result.h"

namespace zhicha {

/** An SVG of square points, black on white with its quiet zone of 4, without size: the page gives one. Error level M.
 *  TooLarge for more than 1000 bytes. */
[[nodiscard]] Result<std::string> qrCodeSvg(const std::string &text);

} // namespace zhicha
