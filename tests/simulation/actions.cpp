// What inspectors do: the recorder's calls, over what the tablet itself knows.
#include "shared/crypto/digest.h"
#include "tests/simulation/history.h"

namespace zhicha::test {

namespace {
constexpr std::array kSeverities{"minor", "major", "critical"};
constexpr std::array kValues{"yes", "partly", "no", "none"};
constexpr std::array kQuestions{"carried_out", "rectified", "satisfied"};
constexpr std::array kSaid{"kept", "explain", "not_kept"};

/** The refusals that a sound recorder gives to a person; anything else needs a fault. */
bool isRefusal(Code code) {
    return code == Code::NotFound || code == Code::NotAllowed || code == Code::Conflict || code == Code::UnknownDevice;
}

class Inspector {
public:
    Inspector(World &world, SimTablet &tablet)
        : m_world(world), m_tablet(tablet), m_dice(world.dice), m_recorder(*tablet.recorder) {}

    Status act() {
        m_check = anyOf(EntityType::Check, std::nullopt);
        if (!m_check || m_dice.below(10) == 0)
            return m_dice.below(3) == 0 ? join() : start();
        switch (m_dice.below(14)) {
        case 0:
        case 1:
            return answer();
        case 2:
        case 3:
            return find();
        case 4:
        case 5:
        case 6:
            return amend();
        case 7:
            return takeBack();
        case 8:
        case 9:
            return photograph();
        case 10:
            return done(m_recorder.note(*m_check, text()));
        case 11:
            return count();
        case 12:
            return m_dice.coin() ? done(m_recorder.finishCheck(*m_check))
                                 : done(m_recorder.signCheck(*m_check, std::nullopt));
        default:
            return m_dice.coin() ? reply() : join();
        }
    }

private:
    static Status done(Result<Uuid> result) { return result ? Status() : Status(std::move(result).error()); }
    std::string text() { return "隐患" + std::to_string(m_dice.below(6)); }

    std::optional<Uuid> anyOf(EntityType type, const std::optional<Uuid> &check) {
        std::vector<Uuid> found;
        const Status read = m_tablet.store->entities().forEachOfType(type, [&](const Uuid &id, const EntityRow &row) {
            if (!check || row.check == *check)
                found.push_back(id);
            return Status();
        });
        return read && !found.empty() ? std::optional(m_dice.pick(found)) : std::nullopt;
    }
    Status start() {
        CheckStart start;
        start.site = m_world.office.sites()[static_cast<std::size_t>(m_dice.below(2))];
        if (m_dice.coin())
            start.items.push_back(m_world.office.items()[static_cast<std::size_t>(m_dice.below(2))]);
        start.noFixReason = "室内";
        return done(m_recorder.startCheck(start));
    }
    /** Of a check that another tablet has: with its invite if it may give one, else by the list. */
    Status join() {
        SimTablet &other = *m_dice.pick(m_world.tablets);
        if (&other == &m_tablet || !other.running() || other.disk.crashed())
            return {};
        std::vector<Uuid> checks;
        const Status read =
            other.store->entities().forEachOfType(EntityType::Check, [&](const Uuid &id, const EntityRow &) {
                checks.push_back(id);
                return Status();
            });
        if (!read || checks.empty())
            return {};
        const Uuid check = m_dice.pick(checks);
        std::optional<Bytes> invite;
        if (m_dice.coin())
            if (auto made = other.recorder->makeInvite(check, 600'000))
                invite = std::move(*made);
        return done(m_recorder.joinCheck(check, invite));
    }
    Status answer() {
        if (m_dice.below(4) == 0)
            return done(m_recorder.attest(*m_check, 1 + m_dice.below(6), m_dice.pick(kSaid), std::nullopt));
        AnswerGiven given;
        given.check = *m_check;
        if (m_dice.coin())
            given.item = m_world.office.items()[static_cast<std::size_t>(m_dice.below(2))];
        given.question = m_dice.pick(kQuestions);
        if (m_dice.below(4) != 0)
            given.value = m_dice.pick(kValues);
        if (!given.value || m_dice.coin())
            given.note = text();
        return done(m_recorder.answer(given));
    }
    Status find() {
        FindingRecorded finding;
        finding.check = *m_check;
        finding.severity = m_dice.pick(kSeverities);
        finding.text = text();
        return done(m_recorder.recordFinding(finding));
    }
    Status amend() {
        const auto finding = anyOf(EntityType::Finding, std::nullopt);
        if (!finding)
            return {};
        FindingAmended amended;
        if (m_dice.coin())
            amended.severity = m_dice.pick(kSeverities);
        if (!amended.severity || m_dice.coin())
            amended.text = text();
        return done(m_recorder.amendFinding(*finding, amended));
    }
    Status takeBack() {
        constexpr std::array types{EntityType::Finding, EntityType::Answer, EntityType::Photo, EntityType::Check,
                                   EntityType::Note};
        const auto entity = anyOf(m_dice.pick(types), std::nullopt);
        if (!entity)
            return {};
        const auto taken = m_recorder.voidEntity(*entity, m_dice.below(3) != 0, "误录");
        const bool nothingToUndo = !taken && taken.error().code == Code::AlreadyDone;
        return nothingToUndo ? Status() : done(taken);
    }
    Status count() {
        auto totals = m_recorder.tallyOf(*m_check);
        if (!totals)
            return std::move(totals).error();
        totals->satisfied = std::max<std::int64_t>(0, totals->satisfied + m_dice.below(3));
        totals->neutral = std::max<std::int64_t>(0, totals->neutral);
        totals->dissatisfied = std::max<std::int64_t>(0, totals->dissatisfied + m_dice.below(2));
        const auto counted = m_recorder.tally(*m_check, *totals);
        return counted ? Status() : Status(counted.error());
    }
    Status reply() {
        std::vector<Uuid> questions;
        ZHICHA_ASSIGN(const auto reviews, m_tablet.store->entities().ofCheck(*m_check, EntityType::Review));
        for (const KnownEntity &review : reviews)
            if (const cbor::Value *asked = review.row.value("questions"); asked != nullptr && asked->array() != nullptr)
                for (const cbor::Value &question : *asked->array())
                    questions.push_back(*question.map()->find("id")->second.uuid());
        if (questions.empty())
            return {};
        return done(m_recorder.reply(*m_check, m_dice.pick(questions), text()));
    }

    /** Bytes that begin as a JPEG does: kept as evidence, broken or not. Now and then more than one chunk. */
    Bytes picture() {
        if (!m_world.pictures.empty() && m_dice.below(6) == 0) { // the same one again
            auto it = m_world.pictures.begin();
            std::advance(it, m_dice.below(static_cast<int>(m_world.pictures.size())));
            return it->second;
        }
        const int size = m_dice.below(25) == 0 ? 600'000 + m_dice.below(200'000) : 100 + m_dice.below(6000);
        Bytes bytes{0xff, 0xd8, 0xff, 0xe0};
        Dice noise(m_dice.next());
        while (static_cast<int>(bytes.size()) < size) {
            const std::uint64_t word = noise.next();
            for (int i = 0; i < 8; ++i)
                bytes.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
        }
        return bytes;
    }
    Status photograph() {
        if (m_dice.below(4) == 0) {
            const auto photo = anyOf(EntityType::Photo, std::nullopt);
            const auto row =
                photo ? m_tablet.store->entities().row(*photo) : Result<std::optional<EntityRow>>(std::nullopt);
            const bool placeable = row && *row && (*row)->check;
            return placeable ? m_tablet.photos->place(*photo, *(*row)->check, std::nullopt) : Status();
        }
        PhotoToAdd photo;
        photo.check = *m_check;
        photo.to = anyOf(EntityType::Finding, m_check).value_or(*m_check);
        const Bytes bytes = picture();
        m_world.pictures[sha256(bytes)] = bytes;
        const auto added = m_tablet.photos->add(photo, bytes);
        if (added)
            m_world.say("photo " + toHex(added->sha256).substr(0, 8) + " of check " + toText(*m_check));
        return added ? Status() : Status(added.error());
    }

    World &m_world;
    SimTablet &m_tablet;
    Dice &m_dice;
    Recorder &m_recorder;
    std::optional<Uuid> m_check;
};
} // namespace

void record(World &world, SimTablet &tablet) {
    if (!tablet.running() || tablet.disk.crashed() || !tablet.store->identity() || !tablet.store->identity()->enrolled)
        return;
    const std::size_t before = tablet.saved.size();
    const Status recorded = Inspector(world, tablet).act();
    ++world.records;
    const bool disturbed = tablet.disk.crashed() || tablet.faultAt != 0 || tablet.full;
    if (!recorded && !isRefusal(recorded.error().code) && !disturbed)
        world.unexpected("recording on tablet " + std::to_string(tablet.number), recorded.error());
    if (tablet.disk.crashed())
        return;
    if (const Status same = tablet.audit(); !same && tablet.faultAt == 0)
        world.findings.add(same.error().detail);
    noteTold(world, tablet);
    if (!recorded && tablet.saved.size() != before)
        world.findings.add("8 saved: a refused call has left an operation");
    world.say("tablet " + std::to_string(tablet.number) + " records: " +
              (recorded ? std::to_string(tablet.saved.size() - before) + " more" : recorded.error().detail));
}

} // namespace zhicha::test
