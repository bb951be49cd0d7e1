#include "mobile/models/search_reader.h"

#include "mobile/models/check_reading.h"
#include "mobile/models/page_controller.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

namespace zhicha {

namespace {
constexpr int kChecksOfAPiece = 20; ///< some 20 ms on the store's thread

int stampOf(const CheckReading &check) {
    switch (check.state) {
    case CheckState::Void:
        return static_cast<int>(ui::Stamp::Voided);
    case CheckState::ConflictOpen:
        return static_cast<int>(ui::Stamp::Disputed);
    case CheckState::Returned:
        return static_cast<int>(ui::Stamp::Returned);
    default:
        return static_cast<int>(check.finished ? ui::Stamp::Finished : ui::Stamp::Checking);
    }
}

void addLine(SearchIndex::Entry &entry, const std::string &utf8) {
    const QString line = text::fromUtf8(utf8).simplified();
    if (!line.isEmpty())
        entry.lines.append(line);
}

SearchIndex::Entry entryOf(const CheckReading &check) {
    SearchIndex::Entry entry;
    entry.check = textOf(check.id);
    entry.site = text::fromUtf8(check.siteName);
    entry.atMs = check.startedAtMs;
    entry.stamp = stampOf(check);
    entry.finished = check.finished;
    entry.returned = check.state == CheckState::Returned;
    for (const FindingReading &finding : check.findings) {
        if (finding.isVoid)
            continue;
        entry.grave = entry.grave || finding.severity == "critical";
        addLine(entry, finding.text);
    }
    for (const ItemReading &item : check.items) {
        addLine(entry, item.number + ' ' + item.title);
        for (const AnswerReading &answer : item.answers)
            addLine(entry, answer.note);
    }
    addLine(entry, check.siteName);
    addLine(entry, check.number);
    addLine(entry, check.unitName);
    return entry;
}
} // namespace

Result<SearchReader::Piece> SearchReader::piece(LocalStore &store) {
    const ChangeMark before = m_mark;
    Status done = takeChanges(store);
    for (int left = kChecksOfAPiece; left > 0 && done && !m_pending.empty(); --left) {
        done = readOne(store, *m_pending.begin());
        if (done)
            m_pending.erase(m_pending.begin());
    }
    if (!done) {
        m_mark = before;
        return done.error();
    }
    Piece piece;
    piece.more = !m_pending.empty();
    // Each look at what there is copies the list: it doubles from one to the next.
    if (piece.more && m_entries.size() < 2 * m_shown)
        return piece;
    m_shown = std::max<std::size_t>(m_entries.size(), 1);
    auto index = std::make_shared<SearchIndex>();
    index->complete = !piece.more;
    for (const auto &[id, entry] : m_entries)
        index->entries.push_back(entry);
    piece.index = std::move(index);
    return piece;
}

Status SearchReader::takeChanges(LocalStore &store) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    const bool underWay = !m_pending.empty(); // drafts are looked at once a round, or it would never end
    const auto changes = store.entities().changes().since(m_mark);
    bool all = !changes;
    for (const EntityChange &change : changes.value_or(std::vector<EntityChange>())) {
        // Their names stand in the entries of many checks.
        all = all || change.type == EntityType::Site || change.type == EntityType::Unit ||
              change.type == EntityType::Item;
        m_pending.insert(change.check.value_or(change.entity));
    }
    if (all) {
        m_shown = 0;
        ZHICHA_ASSIGN(const std::vector<OwnCheck> own, store.ownChecks().all(identity.device));
        for (const OwnCheck &check : own)
            m_pending.insert(check.id);
    }
    if (underWay && !all)
        return {};
    m_pending.insert(m_drafted.begin(), m_drafted.end());
    m_drafted.clear();
    ZHICHA_ASSIGN(const std::vector<Draft> drafts, store.drafts().all());
    for (const Draft &draft : drafts)
        if (draft.check)
            m_drafted.insert(*draft.check);
    m_pending.insert(m_drafted.begin(), m_drafted.end());
    return {};
}

Status SearchReader::readOne(LocalStore &store, const Uuid &check) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    ZHICHA_ASSIGN(const std::optional<OwnCheck> own, store.ownChecks().find(identity.device, check));
    if (!own) { // a colleague's, a void one, or no check at all
        m_entries.erase(check);
        return {};
    }
    ZHICHA_ASSIGN(const CheckReading reading, readCheck(store, check));
    m_entries[check] = std::make_shared<const SearchIndex::Entry>(entryOf(reading));
    return {};
}

} // namespace zhicha
