#include "sync-server/intake/presented.h"

#include "shared/protocol/presenting.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace zhicha {

namespace {
constexpr std::size_t kMaxSpans = 5000; ///< a report with more gaps than that is read by nobody

std::string shownSetting(std::int64_t leafIndex) {
    return "shown/" + std::to_string(leafIndex);
}

std::string codeWord(const Error &error) {
    return std::string(codeName(error.code));
}

std::int64_t numberOf(const std::optional<std::string> &text) {
    std::int64_t value = 0;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

/** The disk, not the run, is at fault: the request fails as a whole and comes again. */
bool isOfTheDisk(Code code) {
    return code == Code::DiskFull || code == Code::DiskError || code == Code::StoreDamaged ||
           code == Code::StoreLocked || code == Code::Internal;
}

/** Takes the runs of one presentation. */
class Taking {
public:
    Taking(Intake &intake, bool admitted) : m_intake(intake), m_ledger(intake.ledger()), m_admitted(admitted) {}

    Result<std::string> one(ByteView bytes) {
        const auto run = decodeRun(bytes);
        if (!run)
            return codeWord(run.error());
        const RunBounds &bounds = run->bounds;
        if (bounds.ledger != m_intake.keys().ledger || bounds.suite != kSuite1)
            return std::string(codeName(Code::BadEncoding));
        if (bounds.device == m_intake.keys().device())
            return std::string(protocol::kKnown); // nobody knows this generation's own words better
        ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(bounds.device));
        if (!chain)
            return std::string(codeName(Code::UnknownDevice));
        if (!chain->server && !m_admitted)
            return std::string(codeName(Code::SessionExpired));
        if (!runSignatureFits(bounds, chain->key, run->signature))
            return std::string(codeName(Code::BadSignature));
        auto taken = take(*chain, *run, bytes);
        if (!taken && !isOfTheDisk(taken.error().code))
            return codeWord(taken.error());
        return taken;
    }

private:
    Result<std::string> take(const ChainRecord &chain, const Run &run, ByteView bytes) {
        ZHICHA_ASSIGN(const std::set<std::int64_t> fresh, freshIn(run));
        if (fresh.empty())
            return std::string(protocol::kKnown);
        const bool whole = fresh.size() == run.elements.size();
        const bool continues = run.bounds.first == chain.head.seq + 1 && run.bounds.before == chain.head.h;
        if (!chain.server) {
            ZHICHA_ASSIGN(const bool differs, differsFromStored(chain, run));
            if (differs)
                return std::string(codeName(Code::ChainFork)); // its own tablet brings what there is to decide
            if (std::all_of(run.elements.begin(), run.elements.end(), [](const auto &e) { return hasBody(e); })) {
                ZHICHA_ASSIGN(const SubmitAnswer answer, m_intake.submit(chain.device, {toBytes(bytes)}));
                if (answer.runs.front().status == RunVerdict::Status::Stored)
                    return std::string(protocol::kTaken);
            }
        }
        ZHICHA_TRY(append(run, fresh, chain.server && whole && continues));
        return std::string(protocol::kTaken);
    }

    static bool hasBody(const RunElement &element) { return element.operation && element.operation->body; }

    /** Sequences whose operation is here with its body and is not in the ledger with one. */
    Result<std::set<std::int64_t>> freshIn(const Run &run) {
        std::set<std::int64_t> fresh;
        for (std::size_t i = 0; i < run.elements.size(); ++i) {
            const RunElement &element = run.elements[i];
            if (!hasBody(element))
                continue;
            const auto envelope = decodeEnvelope(element.operation->envelope);
            ZHICHA_ASSIGN(const std::optional<LogOperation> stored,
                          m_ledger.operationByDigest(envelope ? envelope->id : Uuid(), element.d));
            if (!stored || isHole(*stored))
                fresh.insert(run.bounds.first + static_cast<std::int64_t>(i));
        }
        return fresh;
    }

    Result<bool> differsFromStored(const ChainRecord &chain, const Run &run) {
        ZHICHA_ASSIGN(const std::vector<LogOperation> stored,
                      m_ledger.operationsOfChain(chain.device, 0, run.bounds.first, run.bounds.last));
        return std::any_of(stored.begin(), stored.end(), [&](const LogOperation &operation) {
            const auto at = static_cast<std::size_t>(operation.operation.seq - run.bounds.first);
            return operation.operation.d != run.elements[at].d;
        });
    }

    /** A tablet that the office does not know any more gets its chain back with the operation that enrolled it. */
    Status admitEnrolled(const Run &run) {
        for (const RunElement &element : run.elements) {
            const auto envelope = hasBody(element) ? decodeEnvelope(element.operation->envelope)
                                                   : Result<Envelope>(fail(Code::NotFound, ""));
            if (!envelope || envelope->kind != "device.enrol")
                continue;
            ZHICHA_ASSIGN(const std::optional<ChainRecord> known, m_ledger.chain(envelope->id));
            const auto body = known ? Result<Body>(fail(Code::AlreadyDone, "")) : decodeBody(*element.operation->body);
            const auto key = body ? body->fields.find("sign_key") : cbor::Map::const_iterator();
            const auto person = body ? body->fields.find("person") : cbor::Map::const_iterator();
            if (!body || key == body->fields.end() || person == body->fields.end() || key->second.bytes() == nullptr)
                continue;
            const auto signKey = fixedBytes<32>(*key->second.bytes());
            if (!signKey || !person->second.uuid())
                continue;
            ChainRecord record;
            record.device = envelope->id;
            record.person = person->second.uuid();
            record.key = *signKey;
            record.head = {0, chainStart(m_intake.keys().ledger, record.suite, record.device, record.key)};
            ZHICHA_TRY(m_ledger.putChain(record));
        }
        return {};
    }

    Status append(const Run &shown, const std::set<std::int64_t> &fresh, bool continues) {
        ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, m_intake.open());
        Run run = shown;
        std::string held;
        for (std::size_t i = 0; i < run.elements.size(); ++i) {
            const std::int64_t seq = run.bounds.first + static_cast<std::int64_t>(i);
            if (fresh.contains(seq))
                held += (held.empty() ? "" : ",") + std::to_string(seq);
            else
                run.elements[i].operation.reset(); // what the ledger has elsewhere stands there
        }
        ZHICHA_TRY(admitEnrolled(run));
        // Beside the chain, under a branch of its own, unless it simply goes on where the chain stands.
        const std::int64_t leaf = transaction->leafCount();
        const auto words = transaction->appendRun(run, run.bounds.first, continues ? 0 : -leaf);
        ZHICHA_TRY(words ? Status() : Status(words.error()));
        if (!continues)
            ZHICHA_TRY(m_ledger.putSetting(shownSetting(leaf), held));
        const auto committed = transaction->commit();
        return committed ? Status() : Status(committed.error());
    }

    Intake &m_intake;
    LedgerWriter &m_ledger;
    const bool m_admitted;
};

/** How large the earlier tree was, by a checkpoint that one of its own log keys signed; 0 if it is none. */
std::int64_t provenSize(const KeyNote &note, const std::string &checkpoint) {
    for (const KeyNote::Past &past : note.past)
        if (const auto opened = openCheckpoint(checkpoint, past.logKey);
            opened && opened->ledger == note.ledger && opened->generation == past.generation)
            return opened->size;
    return 0;
}

/** For the report: what of the earlier log came back. Claims beyond what the proven tree could hold are not counted. */
Status noteWhatCameBack(Intake &intake, const Presentation &shown, const std::vector<std::string> &words) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_ASSIGN(const bool open, reconciliationIsOpen(ledger));
    if (!open)
        return {};
    ZHICHA_ASSIGN(const std::optional<std::string> before, ledger.setting(kSeenLogsSetting));
    ZHICHA_ASSIGN(const std::optional<std::string> seen, ledger.setting(kSeenSizeSetting));
    const std::int64_t size = std::max(numberOf(seen), provenSize(intake.keys().note, shown.checkpoint));
    const std::int64_t most = size * static_cast<std::int64_t>(kMaxRunOperations);
    LogSpans spans = readLogSpans(before.value_or(""));
    const auto add = [&](std::int64_t first, std::int64_t count) {
        if (first >= 1 && count >= 1 && count <= static_cast<std::int64_t>(kMaxRunOperations) && first <= most &&
            spans.size() < kMaxSpans)
            addLogSpan(spans, first, first + count - 1);
    };
    for (const auto &[first, count] : shown.logs)
        add(first, count);
    for (std::size_t i = 0; i < shown.runs.size(); ++i)
        if (words[i] == protocol::kTaken || words[i] == protocol::kKnown)
            if (const auto run = decodeRun(shown.runs[i].run))
                add(shown.runs[i].log, static_cast<std::int64_t>(run->elements.size()));
    const std::string after = writeLogSpans(spans);
    if (after == before.value_or("") && size == numberOf(seen))
        return {};
    ZHICHA_TRY(ledger.begin());
    Status put = ledger.putSetting(kSeenLogsSetting, after);
    if (put)
        put = ledger.putSetting(kSeenSizeSetting, std::to_string(size));
    if (!put) {
        ledger.rollback();
        return put;
    }
    return ledger.commit();
}
} // namespace

Result<std::vector<std::string>> takePresented(Intake &intake, const Presentation &shown, bool admitted) {
    std::vector<std::string> words;
    const bool restored = !intake.keys().note.past.empty();
    Taking taking(intake, admitted);
    for (const ShownRun &run : shown.runs) {
        if (!restored) {
            words.emplace_back(protocol::kKnown); // there was no other origin that could hold more
            continue;
        }
        ZHICHA_ASSIGN(std::string word, taking.one(run.run));
        words.push_back(std::move(word));
    }
    if (restored && admitted)
        ZHICHA_TRY(noteWhatCameBack(intake, shown, words));
    return words;
}

bool isHole(const LogOperation &operation) {
    return operation.operation.bytes.envelope.empty() && !operation.operation.bytes.body;
}

Result<bool> holeIsNoted(LedgerReader &ledger, const LogOperation &operation) {
    if (operation.branch >= 0)
        return false;
    ZHICHA_ASSIGN(const std::optional<std::string> held, ledger.setting(shownSetting(-operation.branch)));
    const std::string seq = "," + std::to_string(operation.operation.seq) + ",";
    return held && ("," + *held + ",").find(seq) == std::string::npos;
}

Result<bool> reconciliationIsOpen(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::optional<std::string> open, ledger.setting(kReconcilingSetting));
    return open && !open->empty();
}

LogSpans readLogSpans(std::string_view text) {
    LogSpans spans;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        std::int64_t first = 0;
        std::int64_t last = 0;
        const char *end = one.data() + one.size();
        const auto [dash, bad] = std::from_chars(one.data(), end, first);
        if (bad == std::errc() && dash != end && *dash == '-' && std::from_chars(dash + 1, end, last).ec == std::errc())
            addLogSpan(spans, first, last);
    }
    return spans;
}

std::string writeLogSpans(const LogSpans &spans) {
    std::string out;
    for (const auto &[first, last] : spans)
        out += (out.empty() ? "" : ",") + std::to_string(first) + "-" + std::to_string(last);
    return out;
}

void addLogSpan(LogSpans &spans, std::int64_t first, std::int64_t last) {
    LogSpans out;
    for (const auto &[from, upto] : spans) {
        if (upto + 1 < first || from > last + 1) {
            out.emplace_back(from, upto);
        } else {
            first = std::min(first, from);
            last = std::max(last, upto);
        }
    }
    out.emplace_back(first, last);
    std::sort(out.begin(), out.end());
    spans = std::move(out);
}

} // namespace zhicha
