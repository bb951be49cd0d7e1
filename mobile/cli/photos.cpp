#include "mobile/cli/photos.h"

#include "mobile/cli/output.h"
#include "mobile/engine/capture/picture_probe.h"

#include <filesystem>

namespace zhicha::cli {

Result<std::vector<Bytes>> readPhotos(const Arguments &arguments) {
    std::vector<Bytes> pictures;
    for (const std::string &path : arguments.values("photo")) {
        ZHICHA_ASSIGN(Bytes picture, readOutside(path));
        if (const Status keepable = checkKeepable(probePicture(picture)); !keepable)
            return fail(keepable.error().code, path + ": " + keepable.error().detail, Retry::AfterUser);
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

Result<nlohmann::json> addPhotos(Session &session, const Arguments &arguments, const std::vector<Bytes> &pictures,
                                 const Uuid &check, const Uuid &to) {
    const std::vector<std::string> paths = arguments.values("photo");
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        PhotoToAdd photo;
        photo.check = check;
        photo.to = to;
        photo.howTaken = arguments.optional("how-taken").value_or("unstated");
        photo.origin = "import";
        photo.importNote = std::filesystem::path(paths[i]).filename().string();
        ZHICHA_ASSIGN(const PhotoAdded added, session.photos().add(photo, pictures[i]));
        if (!added.trouble.empty())
            say("照片已原样保存，但：" + added.trouble + " / " + paths[i] + ": kept as it is, but: " + added.trouble);
        list.push_back({{"photo", toText(added.photo)},
                        {"sha256", toHex(added.sha256)},
                        {"size", added.size},
                        {"type", added.type},
                        {"preview", added.preview},
                        {"trouble", added.trouble}});
    }
    return list;
}

} // namespace zhicha::cli
