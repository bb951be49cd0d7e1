// photos: facts, preview and original.
#include "sync-server/http/resources/blob_download.h"
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/check_chains.h"
#include "sync-server/office/console/check_detail.h"

#include <set>

namespace zhicha {

using nlohmann::json;

namespace {
struct FoundPhoto {
    Digest digest{};
    std::vector<PhotoExpectation> places; ///< those that the caller may see
    std::vector<PhotoExpectation> everywhere;
};

/** A photo is seen through a check that the caller may see; as original or as preview. */
Result<FoundPhoto> findPhoto(ConsoleCall &call, LedgerReader &reader, bool preview) {
    FoundPhoto found;
    const auto digest = digestFromHex(call.request.param("photo"));
    if (!digest)
        return notYours(call, Resource::Photos, Verb::Read);
    found.digest = *digest;
    ZHICHA_ASSIGN(found.everywhere, reader.photoExpectations(*digest));
    for (const PhotoExpectation &place : found.everywhere) {
        if (place.preview != preview)
            continue;
        const auto view = CheckLoader(reader).load(place.check);
        if (!view)
            continue;
        ZHICHA_ASSIGN(const bool seen, covers(call, reader, view->inspectors()));
        if (seen)
            found.places.push_back(place);
    }
    if (found.places.empty())
        return call.reach == Reach::All ? Error(fail(Code::NotFound, "no such photo"))
                                        : notYours(call, Resource::Photos, Verb::Read);
    return found;
}

const RowRecord *photoRecord(const CheckFile &file, const Digest &digest) {
    const RowRecord *found = nullptr;
    for (const RowRecord &record : file.view.rows)
        if (const cbor::Value *sha = record.row.value("sha256");
            record.row.type == EntityType::Photo && sha != nullptr && sha->digest() == digest)
            if (found == nullptr || found->row.isVoid())
                found = &record;
    return found;
}

/** Where else the same bytes were announced, by whom and when. */
Result<json> reuseJson(LedgerReader &reader, Names &names, const Digest &digest, const PhotoExpectation &place) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> owner, reader.rowOf(place.check));
    if (owner && owner->type == EntityType::Order)
        return json{{"order", toText(place.check)}, {"number", owner->text("number")}};
    json entry{{"check", toText(place.check)}};
    ZHICHA_ASSIGN(const std::optional<std::string> number, reader.setting("numbered/" + toText(place.check)));
    if (number)
        entry["number"] = *number;
    ZHICHA_ASSIGN(entry["actor"], names.author(place.device, std::nullopt, false));
    entry["by"] = entry["actor"]["name"];
    ZHICHA_ASSIGN(entry["device_name"], names.deviceName(place.device));
    ZHICHA_ASSIGN(const CheckFile other, loadCheckFile(reader, place.check));
    const RowRecord *record = photoRecord(other, digest);
    if (const FileOperation *birth = record != nullptr ? other.birth(record->row) : nullptr)
        entry["at"] = toRfc3339(birth->bounds.receivedMs);
    return entry;
}

Result<json> factsOf(ConsoleCall &call, LedgerReader &reader) {
    ZHICHA_ASSIGN(const FoundPhoto photo, findPhoto(call, reader, false));
    ZHICHA_ASSIGN(const std::optional<Uuid> wanted, call.queryId("check"));
    Uuid check = photo.places.front().check;
    for (const PhotoExpectation &place : photo.places)
        if (wanted && place.check == *wanted)
            check = place.check;
    ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(reader, check));
    const RowRecord *record = photoRecord(file, photo.digest);
    if (record == nullptr)
        return fail(Code::NotFound, "no such photo");
    Names names(reader);
    ZHICHA_ASSIGN(json out, photoRowJson(reader, file, *record));
    const auto state = call.context.photos.state(photo.digest);
    if (state && !state->complete) {
        out["state"] = "arriving";
        out["arrived_bytes"] = state->offset;
    }
    if (const cbor::Value *preview = record->row.value("preview"); preview != nullptr && preview->bytes() != nullptr)
        out["preview_digest"] = toHex(*preview->bytes());
    if (const FileOperation *birth = file.birth(record->row)) {
        ZHICHA_ASSIGN(out["maker"], authorJson(names, *birth));
        out["device"] = toText(birth->device);
        ZHICHA_ASSIGN(out["device_name"], names.deviceName(birth->device));
        out["seq"] = birth->seq;
        out["receipt"] = {{"log", birth->bounds.receiptLog}, {"received_at", toRfc3339(birth->bounds.receivedMs)}};
        ZHICHA_ASSIGN(out["signed"], isSigned(reader, *birth));
    }
    out["reuse"] = json::array();
    for (const PhotoExpectation &place : photo.everywhere) {
        if (place.check == check || place.preview)
            continue;
        ZHICHA_ASSIGN(const json entry, reuseJson(reader, names, photo.digest, place));
        out["reuse"].push_back(entry);
    }
    out["mismatches"] = json::array();
    for (const FileOperation &operation : file.operations) {
        const auto sha = operation.fields.find("sha256");
        const auto got = operation.fields.find("got");
        if (operation.kind == "photo.mismatch" && sha != operation.fields.end() && got != operation.fields.end() &&
            sha->second.digest() == photo.digest)
            out["mismatches"].push_back(
                {{"got", plainJson(got->second)}, {"at", toRfc3339(operation.bounds.receivedMs)}});
    }
    return out;
}

Result<Response> getPhoto(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) { return factsOf(call, reader); }));
    return jsonResponse(200, out);
}

Result<Response> bytesOf(ConsoleCall &call, const Digest &digest, const std::string &type) {
    return showBlob(call.context.photos, digest, call.request, type);
}

Result<Response> getOriginal(ConsoleCall &call) {
    call.audit = {"photo_read", "photo", std::string(call.request.param("photo"))};
    Digest digest{};
    std::string type = "application/octet-stream";
    const Status looked = call.access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(const FoundPhoto photo, findPhoto(call, reader, false));
        digest = photo.digest;
        ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(reader, photo.places.front().check));
        if (const RowRecord *record = photoRecord(file, digest))
            type = record->row.text("type");
        return {};
    });
    ZHICHA_TRY(looked);
    if (type != "image/jpeg" && type != "image/png")
        type = "application/octet-stream";
    return bytesOf(call, digest, type);
}

Result<Response> getPreview(ConsoleCall &call) {
    std::optional<Digest> preview;
    const Status looked = call.access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(const FoundPhoto photo, findPhoto(call, reader, false));
        ZHICHA_ASSIGN(const CheckFile file, loadCheckFile(reader, photo.places.front().check));
        const RowRecord *record = photoRecord(file, photo.digest);
        const cbor::Value *digest = record != nullptr ? record->row.value("preview") : nullptr;
        preview = digest != nullptr ? digest->digest() : std::nullopt;
        return {};
    });
    ZHICHA_TRY(looked);
    if (!preview)
        return fail(Code::NotFound, "there is no preview of this photo");
    return bytesOf(call, *preview, "image/jpeg");
}
} // namespace

void addPhotoRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Photos, Verb::Read};
    gate.add("GET", "/photos/{photo}", read, getPhoto);
    gate.add("GET", "/photos/{photo}/preview", read, getPreview);
    gate.add("GET", "/photos/{photo}/original", read, getOriginal);
}

} // namespace zhicha
