#include "mobile/engine/sync/present_step.h"

#include "mobile/engine/sync/answer.h"
#include "mobile/engine/sync/sync_tuning.h"
#include "shared/protocol/presenting.h"

namespace zhicha {

namespace {
/** The run as it was signed, with what this tablet holds of it. nullopt if what is stored does not lead to its head:
 *  two branches of a fork meet in it, and its own tablet has to bring them. */
Result<std::optional<Bytes>> encodedAgain(LocalStore &store, const PulledRun &pulled) {
    Run run;
    run.bounds = pulled.bounds;
    run.bounds.ledger = store.identity()->ledger;
    run.signature = pulled.signature;
    const auto count = static_cast<std::size_t>(run.bounds.last - run.bounds.first + 1);
    if (count > kMaxRunOperations)
        return std::optional<Bytes>();
    std::vector<std::vector<RunElement>> places(count);
    ZHICHA_TRY(store.operations().elements(
        run.bounds.device, run.bounds.first, run.bounds.last, [&](std::int64_t seq, RunElement element) -> Status {
            places[static_cast<std::size_t>(seq - run.bounds.first)].push_back(std::move(element));
            return {};
        }));
    // One of the branches all along: the first that came, or the one that came last.
    for (const bool last : {false, true}) {
        run.elements.clear();
        Digest h = run.bounds.before;
        for (const std::vector<RunElement> &place : places) {
            if (place.empty())
                return std::optional<Bytes>();
            run.elements.push_back(last ? place.back() : place.front());
            h = chainNext(h, run.elements.back().d);
        }
        if (h != run.bounds.h)
            continue;
        ZHICHA_ASSIGN(Bytes bytes, encodeRun(run));
        return std::optional(std::move(bytes));
    }
    return std::optional<Bytes>();
}

HttpRequest presentation(HttpRequest request, cbor::Array runs, cbor::Array logs, std::string checkpoint) {
    request.body = cbor::encode(
        cbor::Map{{"runs", std::move(runs)}, {"logs", std::move(logs)}, {"checkpoint", std::move(checkpoint)}});
    request.headers.push_back({"Content-Type", std::string(protocol::kCborType)});
    return request;
}

/** One word for each run; nullopt if the answer does not fit what was shown. */
Result<std::vector<std::string>> wordsOf(const HttpResponse &response, std::size_t count) {
    ZHICHA_ASSIGN(const cbor::Map map, cborAnswer(response));
    AnswerReader answer(map);
    std::vector<std::string> words;
    for (const cbor::Value &word : answer.array("results")) {
        if (word.text() == nullptr)
            return AnswerReader::wrongShape("POST /presented");
        words.push_back(*word.text());
    }
    if (!answer.ok() || words.size() != count)
        return AnswerReader::wrongShape("POST /presented");
    return words;
}
} // namespace

void PresentStep::restart() {
    m_batch.clear();
    m_left = 0;
    m_taught = false;
    m_logsTold = false;
    m_done = false;
}

Result<std::optional<HttpRequest>> PresentStep::next() {
    LocalStore &store = m_context.store;
    ZHICHA_ASSIGN(const std::optional<cbor::Value> wanted, store.state().value(statekey::kPresent));
    if (m_done || m_context.uploadOnly || !wanted || wanted->integer() == nullptr)
        return std::optional<HttpRequest>();
    const std::int64_t generation = *wanted->integer();
    m_batch.clear();
    cbor::Array runs;
    std::size_t bytes = 0;
    ZHICHA_ASSIGN(const std::vector<PulledRun> unseen,
                  store.runs().unseenSince(generation, m_left, protocol::kMaxRunsPerRequest));
    for (const PulledRun &pulled : unseen) {
        ZHICHA_ASSIGN(std::optional<Bytes> encoded, encodedAgain(store, pulled));
        if (!encoded) {
            ++m_left;
            continue;
        }
        if (bytes > 0 && bytes + encoded->size() > tuning::kMaxSendBytes)
            break;
        bytes += encoded->size() + 16;
        runs.push_back(cbor::Array{pulled.log, *std::move(encoded)});
        m_batch.push_back(pulled);
    }
    cbor::Array logs;
    std::string checkpoint;
    if (!m_logsTold) {
        ZHICHA_ASSIGN(const std::vector<StoredReceipt> receipts, store.runs().receiptsBefore(generation, 1000));
        for (const StoredReceipt &receipt : receipts)
            logs.push_back(cbor::Array{receipt.log, receipt.last - receipt.first + 1});
        ZHICHA_ASSIGN(checkpoint, store.runs().newestCheckpointBefore(generation));
    }
    if (m_batch.empty() && (m_logsTold || logs.empty())) {
        m_done = true;
        if (m_left == 0)
            ZHICHA_TRY(store.state().remove(statekey::kPresent));
        return std::optional<HttpRequest>();
    }
    m_logsTold = true;
    return std::optional(presentation(m_context.authorized("POST", std::string(protocol::kPresentedPath)),
                                      std::move(runs), std::move(logs), std::move(checkpoint)));
}

Status PresentStep::onAnswer(const HttpResponse &response) {
    ZHICHA_ASSIGN(const std::vector<std::string> words, wordsOf(response, m_batch.size()));
    LocalStore &store = m_context.store;
    ZHICHA_ASSIGN(const std::optional<cbor::Value> wanted, store.state().value(statekey::kPresent));
    const std::int64_t generation = wanted && wanted->integer() != nullptr ? *wanted->integer() : 0;
    ZHICHA_ASSIGN(Transaction transaction, store.begin());
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == codeName(Code::UnknownDevice) || words[i] == codeName(Code::NotFound)) {
            ++m_left; // whoever enrolled that tablet has not come back yet
            continue;
        }
        m_taught = m_taught || words[i] == protocol::kTaken;
        if (words[i] != protocol::kTaken && words[i] != protocol::kKnown)
            m_context.troubles.push_back(
                fail(Code::BadProof, "the restored office did not take a run that it had given out: " + words[i]));
        ZHICHA_TRY(store.runs().noteSeen(m_batch[i].bounds, generation));
    }
    m_batch.clear();
    return transaction.commit();
}

Result<std::optional<HttpRequest>> EnrolmentShownStep::next() {
    if (!m_asked || m_shown)
        return std::optional<HttpRequest>();
    m_shown = true;
    LocalStore &store = m_context.store;
    const Uuid device = store.identity()->device;
    std::optional<std::pair<Uuid, std::int64_t>> place;
    ZHICHA_TRY(store.operations().ofEntity(device, [&](StoredOperation operation) -> Status {
        const auto envelope = decodeEnvelope(operation.bytes.envelope);
        if (envelope && envelope->kind == "device.enrol")
            place = std::pair(operation.device, operation.seq);
        return {};
    }));
    if (!place)
        return std::optional<HttpRequest>();
    ZHICHA_ASSIGN(const std::optional<PulledRun> pulled, store.runs().pulledCovering(place->first, place->second));
    if (!pulled)
        return std::optional<HttpRequest>();
    ZHICHA_ASSIGN(std::optional<Bytes> encoded, encodedAgain(store, *pulled));
    if (!encoded)
        return std::optional<HttpRequest>();
    HttpRequest request;
    request.method = "POST";
    request.path = protocol::kPresentedPath;
    return std::optional(presentation(std::move(request), {cbor::Array{pulled->log, *std::move(encoded)}}, {}, {}));
}

Status EnrolmentShownStep::onAnswer(const HttpResponse &response) {
    // Whatever was said of it: the session that follows shows whether this tablet is known.
    const auto words = wordsOf(response, 1);
    return words ? Status() : Status(words.error());
}

} // namespace zhicha
