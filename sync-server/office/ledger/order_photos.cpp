#include "sync-server/office/ledger/order_photos.h"

#include "shared/crypto/digest.h"

#include <algorithm>

namespace zhicha {

namespace {
/** The drafts' table keeps it: the order in the person's place. */
constexpr const char *kBroughtForm = "order_photos";
constexpr std::size_t kDigestBytes = std::tuple_size_v<Digest>;

Result<Bytes> broughtFor(LedgerReader &ledger, const Uuid &order) {
    ZHICHA_ASSIGN(const std::optional<FormDraft> kept, ledger.accounts().draft(order, kBroughtForm, ""));
    return kept ? kept->content : Bytes();
}

bool contains(const Bytes &digests, const Digest &photo) {
    for (std::size_t at = 0; at + kDigestBytes <= digests.size(); at += kDigestBytes)
        if (std::equal(photo.begin(), photo.end(), digests.begin() + static_cast<std::ptrdiff_t>(at)))
            return true;
    return false;
}
} // namespace

std::string imageTypeOf(ByteView bytes) {
    constexpr std::array<std::uint8_t, 3> kJpeg{0xff, 0xd8, 0xff};
    constexpr std::array<std::uint8_t, 8> kPng{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    const auto begins = [&](const auto &magic) {
        return bytes.size() > magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
    };
    return begins(kJpeg) ? "image/jpeg" : begins(kPng) ? "image/png" : "";
}

Result<Digest> storeOrderPhoto(PhotoStore &photos, ByteView bytes) {
    if (bytes.size() > kLargestOrderPhoto)
        return fail(Code::TooLarge, "a photo has at most 10 MiB");
    if (imageTypeOf(bytes).empty())
        return fail(Code::InvalidArgument, "photo: JPEG or PNG");
    const Digest digest = sha256(bytes);
    ZHICHA_ASSIGN(const UploadState begun, photos.create(digest, bytes.size()));
    if (begun.complete)
        return digest;
    ZHICHA_ASSIGN(const std::unique_ptr<PhotoUpload> upload, photos.resume(digest, begun.offset));
    ZHICHA_TRY(upload->write(bytes.subspan(begun.offset)));
    const auto done = upload->finish();
    return done ? Result<Digest>(digest) : Result<Digest>(done.error());
}

Status noteBrought(LedgerWriter &ledger, const Uuid &order, const Digest &photo, std::int64_t nowMs) {
    ZHICHA_ASSIGN(Bytes digests, broughtFor(ledger, order));
    if (!contains(digests, photo))
        digests.insert(digests.end(), photo.begin(), photo.end());
    if (digests.size() > kMostBrought * kDigestBytes)
        return fail(Code::TooLarge, "photos: at most 60 are brought for one order");
    return ledger.accounts().putDraft(order, kBroughtForm, "", {std::move(digests), nowMs});
}

Result<bool> isBroughtFor(LedgerReader &ledger, const Uuid &order, const Digest &photo) {
    ZHICHA_ASSIGN(const Bytes digests, broughtFor(ledger, order));
    return contains(digests, photo);
}

std::vector<Digest> photosOfAnswer(const EntityRow &answer) {
    std::vector<Digest> out;
    const cbor::Value *list = answer.value("photos");
    if (list != nullptr && list->array() != nullptr)
        for (const cbor::Value &one : *list->array())
            if (const auto digest = one.digest())
                out.push_back(*digest);
    return out;
}

Result<bool> isPhotoOf(LedgerReader &ledger, const BookOrder &order, const std::optional<Digest> &photo) {
    if (!photo)
        return false;
    for (const BookOrderStep &step : order.steps) {
        if (step.kind != "answer")
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(step.id));
        const std::vector<Digest> named = row ? photosOfAnswer(*row) : std::vector<Digest>();
        if (std::find(named.begin(), named.end(), *photo) != named.end())
            return true;
    }
    return isBroughtFor(ledger, order.id, *photo);
}

Result<std::string> storedImageType(PhotoStore &photos, const Digest &photo) {
    constexpr std::uint64_t kEnough = 16;
    ZHICHA_ASSIGN(const UploadState state, photos.state(photo));
    if (!state.complete)
        return fail(Code::NotFound, "the photo is not here");
    Bytes head;
    ZHICHA_TRY(photos.read(photo, 0, std::min(kEnough, state.size), [&](ByteView piece) -> Status {
        head.insert(head.end(), piece.begin(), piece.end());
        return {};
    }));
    return imageTypeOf(head);
}

} // namespace zhicha
