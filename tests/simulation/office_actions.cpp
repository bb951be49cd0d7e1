// What the office does meanwhile: the same functions as its commands.
#include "sync-server/office/amend.h"
#include "sync-server/office/conflicts.h"
#include "sync-server/office/review.h"
#include "tests/simulation/history.h"

#include <nlohmann/json.hpp>

namespace zhicha::test {

namespace {
class Officer {
public:
    explicit Officer(World &world) : m_world(world), m_dice(world.dice), m_intake(world.office.intake()) {}

    Status act() {
        switch (m_dice.below(7)) {
        case 0:
        case 1:
            return amend();
        case 2:
        case 3:
            return decide();
        case 4:
            return takeBack();
        case 5:
            return review();
        default:
            return close();
        }
    }

private:
    static Status done(const Result<nlohmann::json> &result) { return result ? Status() : Status(result.error()); }

    std::optional<std::string> anyOf(EntityType type) {
        std::vector<Uuid> found;
        const Status read = m_intake.ledger().forEachRow(std::nullopt, [&](const RowRecord &record) {
            if (record.row.type == type)
                found.push_back(record.entity);
            return Status();
        });
        return read && !found.empty() ? std::optional(toText(m_dice.pick(found))) : std::nullopt;
    }
    Status amend() {
        const auto finding = anyOf(EntityType::Finding);
        if (!finding)
            return {};
        FindingAmendment amendment;
        amendment.finding = *finding;
        amendment.text = "核定" + std::to_string(m_dice.below(4));
        if (m_dice.coin())
            amendment.severity = "critical";
        amendment.reason = "统一表述";
        return done(amendFinding(m_intake, m_actor, amendment));
    }
    Status decide() {
        ZHICHA_ASSIGN(const nlohmann::json list, listConflicts(m_intake.ledger()));
        const auto &conflicts = list.at("conflicts");
        if (conflicts.empty())
            return {};
        const auto &conflict = conflicts.at(static_cast<std::size_t>(m_dice.below(static_cast<int>(conflicts.size()))));
        const auto &values = conflict.at("values");
        const auto &value =
            values.at(static_cast<std::size_t>(m_dice.below(static_cast<int>(values.size())))).at("value");
        Decision decision;
        decision.entity = conflict.at("entity").get<std::string>();
        decision.field = conflict.at("field").get<std::string>();
        decision.value = value.is_string() ? value.get<std::string>() : value.is_boolean() ? value.dump() : "";
        decision.reason = "以现场为准";
        return done(decideConflict(m_intake, m_actor, decision));
    }
    Status takeBack() {
        constexpr std::array types{EntityType::Finding, EntityType::Answer, EntityType::Photo, EntityType::Check};
        const auto entity = anyOf(m_dice.pick(types));
        return entity ? done(voidEntity(m_intake, m_actor, *entity, "误录", m_dice.coin())) : Status();
    }
    Status review() {
        const auto check = anyOf(EntityType::Check);
        if (!check)
            return {};
        ReviewRequest request;
        request.check = *check;
        request.accept = m_dice.coin();
        if (!request.accept)
            request.questions.push_back({"请补充照片", std::nullopt, std::nullopt});
        return done(reviewCheck(m_intake, m_actor, request));
    }
    Status close() {
        const auto check = anyOf(EntityType::Check);
        return check && m_dice.below(4) == 0 ? done(closeCheck(m_intake, m_actor, *check, "平板损坏")) : Status();
    }

    World &m_world;
    Dice &m_dice;
    Intake &m_intake;
    const Actor m_actor;
};

bool isOfTheStore(Code code) {
    return code == Code::Internal || code == Code::StoreDamaged || code == Code::DiskError || code == Code::DiskFull ||
           code == Code::BadOperation || code == Code::BadEncoding;
}
} // namespace

void actAtOffice(World &world) {
    if (world.office.disk.crashed())
        return;
    const Status acted = Officer(world).act();
    world.say("office: " + (acted ? std::string("done") : acted.error().detail));
    if (!acted && isOfTheStore(acted.error().code) && world.officeFaultAt == 0 && acted.error().code != Code::DiskFull)
        world.unexpected("the office", acted.error());
}

} // namespace zhicha::test
