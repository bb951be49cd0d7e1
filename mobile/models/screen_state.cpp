#include "mobile/models/screen_state.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace zhicha {

namespace {
constexpr std::string_view kPlaceKey = "screen_place";
constexpr std::string_view kInUseKey = "screen_in_use";
} // namespace

Result<std::size_t> ScreenState::adopt(PhotoIntake &photos) {
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> whole, photos.recover());
    std::size_t adopted = 0;
    for (const PhotoRecord &record : whole) {
        Bytes bytes;
        bytes.reserve(static_cast<std::size_t>(record.size));
        ZHICHA_TRY(PhotoIntake::read(m_store, record, 0, static_cast<std::uint64_t>(record.size),
                                     [&](ByteView piece) -> Status {
                                         bytes.insert(bytes.end(), piece.begin(), piece.end());
                                         return {};
                                     }));
        PhotoToAdd photo;
        photo.check = record.check;
        photo.to = record.check;
        // How it came is not known any more: nothing passes for a shot that cannot be shown to be one.
        photo.origin = "import";
        photo.importNote = "异常退出后找回";
        adopted += photos.add(photo, bytes) ? 1 : 0; // a check that is void or unknown: the file stays
    }
    return adopted;
}

Result<ScreenStart> ScreenState::start(PhotoIntake &photos) {
    ScreenStart start;
    const std::optional<Identity> &identity = m_store.identity();
    start.enrolled = identity && identity->enrolled;
    if (identity)
        start.personName = identity->personName;
    if (m_store.keyNote())
        start.ledgerName = m_store.keyNote()->name;
    ZHICHA_ASSIGN(const std::optional<Bytes> place, m_store.state().get(kPlaceKey));
    if (place)
        start.place = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char *>(place->data()),
                                                         static_cast<qsizetype>(place->size())))
                          .object()
                          .toVariantMap();
    ZHICHA_ASSIGN(const std::optional<Bytes> inUse, m_store.state().get(kInUseKey));
    start.endedWell = !inUse;
    if (start.enrolled) {
        ZHICHA_ASSIGN(start.photos, adopt(photos));
    }
    if (!start.endedWell) {
        ZHICHA_ASSIGN(const std::vector<Draft> drafts, m_store.drafts().all());
        start.drafts = drafts.size();
        for (const Draft &draft : drafts)
            start.stoppedAtMs = std::max(start.stoppedAtMs, draft.updatedMs);
    }
    ZHICHA_TRY(m_store.state().put(kInUseKey, Bytes{1}));
    return start;
}

Status ScreenState::noteEnd() {
    return m_store.state().remove(kInUseKey);
}

Status ScreenState::putPlace(const QVariantMap &place) {
    const QByteArray json = QJsonDocument(QJsonObject::fromVariantMap(place)).toJson(QJsonDocument::Compact);
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(json.constData());
    return m_store.state().put(kPlaceKey, ByteView(bytes, static_cast<std::size_t>(json.size())));
}

} // namespace zhicha
