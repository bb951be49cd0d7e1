#include "sync-server/office/ledger/photo_reuse.h"

#include "sync-server/office/ledger/order_photos.h"
#include "sync-server/office/ledger/photo_look.h"

#include <algorithm>
#include <set>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::size_t kLookBytes = 32 + 16 + 8;
constexpr std::size_t kLooksOfARow = 200;
constexpr std::size_t kMostOriginal = std::size_t{64} * 1024 * 1024;

std::string looksSetting(std::size_t row) {
    return "photo_looks/" + std::to_string(row);
}

Result<Bytes> looksRow(LedgerReader &ledger, std::size_t row) {
    ZHICHA_ASSIGN(const std::optional<std::string> text, ledger.setting(looksSetting(row)));
    return text ? fromHex(*text).value_or(Bytes()) : Bytes();
}

void addLook(Bytes &out, const KeptLook &look) {
    out.insert(out.end(), look.photo.begin(), look.photo.end());
    out.insert(out.end(), look.source.bytes.begin(), look.source.bytes.end());
    for (int shift = 56; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(look.look >> shift));
}

KeptLook lookAt(const Bytes &row, std::size_t at) {
    KeptLook out;
    const auto begin = row.begin() + static_cast<std::ptrdiff_t>(at);
    std::copy(begin, begin + 32, out.photo.begin());
    std::copy(begin + 32, begin + 48, out.source.bytes.begin());
    for (std::size_t i = 48; i < kLookBytes; ++i)
        out.look = out.look << 8 | row[at + i];
    return out;
}

Result<std::optional<std::uint64_t>> lookOfStored(PhotoStore &photos, const Digest &photo) {
    const auto state = photos.state(photo);
    if (!state || !state->complete || state->size > kMostOriginal)
        return std::optional<std::uint64_t>();
    Bytes bytes;
    bytes.reserve(state->size);
    ZHICHA_TRY(photos.read(photo, 0, state->size, [&](ByteView piece) -> Status {
        bytes.insert(bytes.end(), piece.begin(), piece.end());
        return {};
    }));
    return photoLook(bytes);
}

/** {"order"|"check": {"id","number"?}} */
Result<json> sourceJson(LedgerReader &ledger, const Uuid &source) {
    json out{{"id", toText(source)}};
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(source));
    if (row && row->type == EntityType::Order) {
        out["number"] = row->text("number");
        return json{{"order", out}};
    }
    ZHICHA_ASSIGN(const std::optional<std::string> number, ledger.setting("numbered/" + toText(source)));
    if (number)
        out["number"] = *number;
    return json{{"check", out}};
}

/** Photos that earlier answers to the same order named. */
Result<std::set<Digest>> earlierPhotos(LedgerReader &ledger, const BookOrder &order, const BookOrderStep &answer) {
    std::set<Digest> out;
    for (const BookOrderStep &step : order.steps) {
        if (step.kind != "answer" || step.log >= answer.log)
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(step.id));
        for (const Digest &photo : row ? photosOfAnswer(*row) : std::vector<Digest>())
            out.insert(photo);
    }
    return out;
}

Status keepBrought(LedgerWriter &ledger, const Uuid &order, const Digest &photo, const std::vector<KeptLook> &fresh,
                   std::int64_t nowMs) {
    ZHICHA_TRY(ledger.begin());
    Status kept = noteBrought(ledger, order, photo, nowMs);
    if (kept)
        kept = keepLooks(ledger, fresh);
    if (kept)
        return ledger.commit();
    ledger.rollback();
    return kept;
}
} // namespace

Result<std::vector<KeptLook>> keptLooks(LedgerReader &ledger) {
    std::vector<KeptLook> out;
    for (std::size_t n = 0;; ++n) {
        ZHICHA_ASSIGN(const Bytes row, looksRow(ledger, n));
        for (std::size_t at = 0; at + kLookBytes <= row.size(); at += kLookBytes)
            out.push_back(lookAt(row, at));
        if (row.size() < kLooksOfARow * kLookBytes)
            return out;
    }
}

Status keepLooks(LedgerWriter &ledger, const std::vector<KeptLook> &fresh) {
    ZHICHA_ASSIGN(const std::vector<KeptLook> known, keptLooks(ledger));
    std::set<std::pair<Digest, Uuid>> there;
    for (const KeptLook &look : known)
        there.emplace(look.photo, look.source);
    std::size_t n = known.size() / kLooksOfARow;
    ZHICHA_ASSIGN(Bytes row, looksRow(ledger, n));
    for (const KeptLook &look : fresh) {
        if (!there.emplace(look.photo, look.source).second)
            continue;
        addLook(row, look);
        ZHICHA_TRY(ledger.putSetting(looksSetting(n), toHex(row)));
        if (row.size() == kLooksOfARow * kLookBytes) {
            row.clear();
            ++n;
        }
    }
    return {};
}

Result<std::vector<KeptLook>> looksOfFinding(LedgerReader &ledger, PhotoStore &photos, const Uuid &finding) {
    std::vector<KeptLook> out;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(finding));
    if (!row || !row->check)
        return out;
    ZHICHA_ASSIGN(const std::vector<KeptLook> known, keptLooks(ledger));
    ZHICHA_TRY(ledger.forEachRowOfCheck(*row->check, [&](const RowRecord &record) -> Status {
        const cbor::Value *sha = record.row.value("sha256");
        const auto photo = sha != nullptr ? sha->digest() : std::nullopt;
        if (record.row.type != EntityType::Photo || record.row.uuid("to") != finding || !photo)
            return {};
        const auto same = [&](const KeptLook &one) { return one.photo == *photo && one.source == *row->check; };
        if (std::any_of(known.begin(), known.end(), same))
            return {};
        ZHICHA_ASSIGN(const std::optional<std::uint64_t> look, lookOfStored(photos, *photo));
        if (look)
            out.push_back({*photo, *row->check, *look});
        return {};
    }));
    return out;
}

Result<Digest> bringOrderPhoto(LedgerAccess &access, PhotoStore &photos, const BookOrder &order, ByteView bytes) {
    ZHICHA_ASSIGN(const Digest photo, storeOrderPhoto(photos, bytes));
    ZHICHA_ASSIGN(std::vector<KeptLook> fresh, access.look<std::vector<KeptLook>>([&](LedgerReader &reader) {
        return looksOfFinding(reader, photos, order.finding);
    }));
    if (const auto look = photoLook(bytes))
        fresh.push_back({photo, order.id, *look});
    const std::int64_t now = access.clock().nowMs();
    ZHICHA_TRY(access.write([&](Intake &intake) { return keepBrought(intake.ledger(), order.id, photo, fresh, now); }));
    return photo;
}

Result<json> reuseOfPhoto(LedgerReader &ledger, const BookOrder &order, const BookOrderStep &answer,
                          const Digest &photo, const std::vector<KeptLook> &looks) {
    ZHICHA_ASSIGN(const std::set<Digest> earlier, earlierPhotos(ledger, order, answer));
    std::map<Uuid, int> nearest; ///< by source; 0 with the same bytes is told apart below
    std::set<Uuid> same;
    ZHICHA_ASSIGN(const std::vector<PhotoExpectation> places, ledger.photoExpectations(photo));
    for (const PhotoExpectation &place : places)
        if (place.check != order.id && !place.preview)
            same.insert(place.check);
    if (earlier.contains(photo))
        same.insert(order.id);
    const auto own = std::find_if(looks.begin(), looks.end(), [&](const KeptLook &one) { return one.photo == photo; });
    for (const KeptLook &other : looks) {
        if (own == looks.end() || other.photo == photo || same.contains(other.source) ||
            (other.source == order.id && !earlier.contains(other.photo)))
            continue;
        const int distance = lookDistance(own->look, other.look);
        if (distance > kNearLook)
            continue;
        const auto [at, added] = nearest.emplace(other.source, distance);
        at->second = std::min(at->second, distance);
    }
    json out = json::array();
    for (const Uuid &source : same) {
        ZHICHA_ASSIGN(json one, sourceJson(ledger, source));
        one["same"] = true;
        out.push_back(std::move(one));
    }
    for (const auto &[source, distance] : nearest) {
        ZHICHA_ASSIGN(json one, sourceJson(ledger, source));
        one["same"] = false;
        one["distance"] = distance;
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace zhicha
