#include "sync-server/office/qr_code.h"

#include <memory>
#include <qrencode.h>

namespace zhicha {

namespace {
constexpr std::size_t kMaxBytes = 1000;
constexpr int kQuietZone = 4;

struct FreeCode {
    void operator()(QRcode *code) const { QRcode_free(code); }
};
} // namespace

Result<std::string> qrCodeSvg(const std::string &text) {
    if (text.empty() || text.size() > kMaxBytes)
        return fail(Code::TooLarge, "a QR code holds 1 to 1000 bytes here");
    const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeData(
        static_cast<int>(text.size()), reinterpret_cast<const unsigned char *>(text.data()), 0, QR_ECLEVEL_M));
    if (!code)
        return fail(Code::Internal, "the QR code could not be made");
    const int side = code->width + 2 * kQuietZone;
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x) {
            const bool dark = (code->data[y * code->width + x] & 1) != 0;
            const bool before = x > 0 && (code->data[y * code->width + x - 1] & 1) != 0;
            if (!dark || before)
                continue;
            int run = 1;
            while (x + run < code->width && (code->data[y * code->width + x + run] & 1) != 0)
                ++run;
            path += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) + "h" +
                    std::to_string(run) + "v1h-" + std::to_string(run) + "z";
        }
    const std::string size = std::to_string(side);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size +
           "H0z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

} // namespace zhicha
