#include "mobile/engine/sync/photo_step.h"

#include "mobile/engine/record/photo_intake.h"
#include "mobile/engine/sync/answer.h"
#include "mobile/engine/sync/sync_tuning.h"
#include "shared/base/plant.h"

#include <algorithm>
#include <charconv>

namespace zhicha {

namespace {
constexpr int kMaxConflicts = 3; ///< per photo and round: somebody else sends the same photo

std::optional<std::int64_t> offsetOf(const HttpResponse &response) {
    const std::string_view text = response.header(protocol::kUploadOffsetHeader);
    std::int64_t offset = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (text.empty() || bad != std::errc() || end != text.data() + text.size() || offset < 0)
        return std::nullopt;
    return offset;
}

/** Not about this photo: the connection, the session or the whole office. */
bool isOfTheRound(const HttpResponse &response, const Error &error) {
    return error.code == Code::SessionExpired || error.code == Code::Busy || error.code == Code::NetworkDown ||
           error.code == Code::RevokedDevice || (response.status >= 500 && response.status != 507);
}
} // namespace

void PhotoStep::restart() {
    m_current.reset();
    m_skip.clear();
    m_ask = Ask::Head;
    m_completed = false;
}

std::string PhotoStep::pathOf(const PhotoRecord &photo) const {
    return std::string(protocol::kBlobsPath) + "/" + toHex(photo.digest);
}

HttpRequest PhotoStep::tus(std::string method, std::string path, Bytes body) const {
    HttpRequest request = m_context.authorized(std::move(method), std::move(path));
    request.headers.push_back({std::string(protocol::kTusResumableHeader), std::string(protocol::kTusVersion)});
    request.body = std::move(body);
    return request;
}

Result<std::optional<HttpRequest>> PhotoStep::next() {
    for (;;) {
        if (!m_current) {
            ZHICHA_ASSIGN(const std::int64_t acknowledged, m_context.store.acknowledged());
            ZHICHA_ASSIGN(m_current, m_context.store.photos().nextWaiting(acknowledged, m_skip));
            m_ask = Ask::Head;
            m_conflicts = 0;
            if (!m_current)
                return std::optional<HttpRequest>();
        }
        if (m_ask == Ask::Head)
            return std::optional(tus("HEAD", pathOf(*m_current)));
        if (m_ask == Ask::Create) {
            HttpRequest request = tus("POST", std::string(protocol::kBlobsPath));
            request.headers.push_back({std::string(protocol::kUploadLengthHeader), std::to_string(m_current->size)});
            request.headers.push_back(
                {std::string(protocol::kUploadMetadataHeader),
                 std::string(protocol::kDigestMetadataKey) + " " + toBase64(viewOf(toHex(m_current->digest)))});
            return std::optional(std::move(request));
        }
        ZHICHA_ASSIGN(std::optional<HttpRequest> request, chunk());
        if (request)
            return request;
    }
}

/** nullopt: the photo cannot be read here and was set aside. */
Result<std::optional<HttpRequest>> PhotoStep::chunk() {
    const PhotoRecord &photo = *m_current;
    const auto first = static_cast<std::uint64_t>(photo.sentBytes);
    const auto last = static_cast<std::uint64_t>(std::min(photo.size, photo.sentBytes + tuning::kChunkBytes));
    Bytes bytes;
    const Status read = PhotoIntake::read(m_context.store, photo, first, last, [&](ByteView piece) -> Status {
        append(bytes, piece);
        return {};
    });
    if (!read) {
        ZHICHA_TRY(setAside(read.error(), true));
        return std::optional<HttpRequest>();
    }
    HttpRequest request = tus("PATCH", pathOf(photo), std::move(bytes));
    request.headers.push_back({"Content-Type", std::string(protocol::kTusChunkType)});
    request.headers.push_back({std::string(protocol::kUploadOffsetHeader), std::to_string(photo.sentBytes)});
    return std::optional(std::move(request));
}

Status PhotoStep::onAnswer(const HttpResponse &response) {
    if (response.status >= 300 && !(m_ask == Ask::Head && response.status == 404)) {
        const Error error = errorOf(response);
        if (isOfTheRound(response, error)) {
            m_ask = Ask::Head;
            return error;
        }
        if (response.status == 460) { // the office deleted what it had; twice more, then somebody has to look
            m_current->sentBytes = 0;
            m_current->problem = codeName(Code::DigestMismatch);
            if (++m_current->mismatches >= tuning::kMaxMismatches)
                return setAside(fail(Code::DigestMismatch, "three times"), true);
            m_ask = Ask::Head;
            return save(*m_current);
        }
        if (response.status == 409 && m_ask == Ask::Chunk && m_conflicts++ < kMaxConflicts) {
            m_ask = Ask::Head; // it holds another offset: ask for it
            return {};
        }
        return setAside(error, false);
    }
    switch (m_ask) {
    case Ask::Head:
        return onHead(response);
    case Ask::Create:
        return onCreated(response);
    case Ask::Chunk:
        return onChunk(response);
    }
    return {};
}

Status PhotoStep::onHead(const HttpResponse &response) {
    if (response.status == 404) {
        m_ask = Ask::Create;
        return {};
    }
    const auto offset = offsetOf(response);
    if (!offset)
        return fail(Code::NetworkDown, "HEAD of a photo: something else than the office answers here", Retry::Later);
    return reached(*offset);
}

Status PhotoStep::onCreated(const HttpResponse &response) {
    return response.status == 201 ? reached(offsetOf(response).value_or(0))
                                  : Status(fail(Code::NetworkDown, "POST of a photo: no 201", Retry::Later));
}

Status PhotoStep::onChunk(const HttpResponse &response) {
    const auto offset = offsetOf(response);
    if (response.status != 204 || !offset)
        return fail(Code::NetworkDown, "PATCH of a photo: something else than the office answers here", Retry::Later);
    if (*offset <= m_current->sentBytes)
        return setAside(fail(Code::OffsetMismatch, "the office took nothing of a chunk"), false);
    return reached(*offset);
}

Status PhotoStep::reached(std::int64_t offset) {
    if (offset > m_current->size)
        return setAside(fail(Code::OffsetMismatch, "the office holds more than the photo has"), false);
    m_current->sentBytes = offset;
    if (offset == m_current->size)
        return complete();
    m_ask = Ask::Chunk;
    return save(*m_current);
}

/** The same picture may have been taken for another check since it was looked up here. */
Status PhotoStep::refresh(PhotoRecord &photo) {
    ZHICHA_ASSIGN(const std::optional<PhotoRecord> now, m_context.store.photos().find(photo.digest));
    if (now) {
        photo.seq = now->seq;
        photo.check = now->check;
        photo.preview = now->preview;
    }
    return {};
}

Status PhotoStep::save(PhotoRecord &photo) {
    ZHICHA_TRY(refresh(photo));
    ZHICHA_ASSIGN(const std::int64_t acknowledged, m_context.store.acknowledged());
    const bool atTheOffice = photo.state == PhotoState::Sent || photo.state == PhotoState::Delivered;
    if (atTheOffice && photo.seq > acknowledged)
        photo.state = PhotoState::Waiting; // the office cannot speak of that check yet: it is asked about once more
    return m_context.store.photos().update(photo);
}

Status PhotoStep::complete() {
    PhotoRecord photo = *std::move(m_current);
    m_current.reset();
    ZHICHA_TRY(refresh(photo));
    photo.problem.clear();
    photo.state = PhotoState::Sent;
    ZHICHA_ASSIGN(const bool word, receivedKnown(photo));
    if (photo.preview || word || plant("photo_delivered_early"))
        photo.state = PhotoState::Delivered;
    else
        m_completed = true;
    return save(photo);
}

/** The office's word may have been pulled before: of a photo taken twice, or in a new origin. */
Result<bool> PhotoStep::receivedKnown(const PhotoRecord &photo) {
    ZHICHA_ASSIGN(const std::vector<KnownEntity> words,
                  m_context.store.entities().ofCheck(photo.check, EntityType::Received));
    return std::any_of(words.begin(), words.end(), [&](const KnownEntity &word) {
        const cbor::Value *digests = word.row.value("digests");
        return digests != nullptr && digests->array() != nullptr &&
               std::any_of(digests->array()->begin(), digests->array()->end(),
                           [&](const cbor::Value &digest) { return digest.digest() == photo.digest; });
    });
}

Status PhotoStep::setAside(const Error &error, bool forGood) {
    PhotoRecord photo = *std::move(m_current);
    m_current.reset();
    m_skip.push_back(photo.digest);
    photo.problem = codeName(error.code);
    if (forGood)
        photo.state = PhotoState::Parked;
    m_context.troubles.push_back(error);
    return save(photo);
}

} // namespace zhicha
