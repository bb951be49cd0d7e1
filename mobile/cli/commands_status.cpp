// status, sites.
#include "mobile/cli/command_table.h"
#include "mobile/cli/output.h"
#include "mobile/cli/status_text.h"
#include "mobile/engine/status/open_questions.h"
#include "shared/base/instant.h"
#include "shared/protocol/paths.h"

#include <iostream>

namespace zhicha::cli {

namespace {
void printOperation(const OperationStatus &operation) {
    std::cout << "  #" << operation.seq << ' ' << operation.kind << ' ' << toText(operation.entity) << "  "
              << stageName(operation.stage);
    if (operation.log > 0)
        std::cout << ", log " << operation.log;
    if (!operation.outcome.empty())
        std::cout << ", " << operation.outcome;
    if (!operation.refused.empty())
        std::cout << ", refused: " << operation.refused;
    std::cout << '\n';
    // What does not simply hold says so in words, with what to do next.
    const bool plain = operation.outcome.empty() || operation.outcome == protocol::kApplied ||
                       operation.outcome == protocol::kDuplicate;
    if (!plain)
        std::cout << "      " << wordsOf(operation.outcome) << '\n';
    if (!operation.refused.empty())
        std::cout << "      " << wordsOf(operation.refused) << '\n';
}

void printPhoto(const PhotoRecord &photo) {
    std::cout << "  " << toHex(photo.digest).substr(0, 16) << (photo.preview ? " preview " : " original ")
              << photo.sentBytes << '/' << photo.size << "  " << photoStateName(photo.state);
    if (!photo.problem.empty())
        std::cout << "  " << wordsOf(photo.problem);
    std::cout << '\n';
}

nlohmann::json questionJson(const OpenQuestion &question) {
    nlohmann::json json{{"check", toText(question.check)}, {"question", toText(question.question)},
                        {"text", question.text},           {"site", question.siteName},
                        {"asked_by", question.askedBy},    {"asked_at", toRfc3339(question.askedAtMs)}};
    if (question.dueMs)
        json["due_at"] = toRfc3339(*question.dueMs);
    return json;
}

void printQuestion(const OpenQuestion &question) {
    std::cout << "  退回待答 / to answer: " << question.text << "  (check " << toText(question.check) << ", question "
              << toText(question.question);
    if (question.dueMs)
        std::cout << ", due " << toRfc3339(*question.dueMs);
    std::cout << ")\n";
}

nlohmann::json parkedJson(const ParkedRun &run) {
    return {{"log", run.log}, {"code", run.code}, {"detail", run.detail}};
}
} // namespace

Result<nlohmann::json> runStatus(Session &session, const Arguments &) {
    StatusView view(session.store());
    ZHICHA_ASSIGN(const StatusSummary summary, view.summary());
    nlohmann::json json = summaryJson(summary);
    json["operations_list"] = nlohmann::json::array();
    json["photos"] = nlohmann::json::array();
    json["adoptable"] = nlohmann::json::array();
    json["parked_runs"] = nlohmann::json::array();
    json["questions"] = nlohmann::json::array();
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> photos, session.store().photos().all());
    ZHICHA_ASSIGN(const std::vector<ParkedRun> parked, session.store().runs().parked());
    std::vector<OperationStatus> operations;
    std::vector<OpenQuestion> questions;
    if (summary.enrolled) {
        ZHICHA_ASSIGN(operations, view.operations());
        ZHICHA_ASSIGN(questions, openQuestions(session.store()));
    }
    for (const OpenQuestion &question : questions)
        json["questions"].push_back(questionJson(question));
    for (const OperationStatus &operation : operations)
        json["operations_list"].push_back(operationJson(operation));
    for (const PhotoRecord &photo : photos)
        json[photo.state == PhotoState::Capturing ? "adoptable" : "photos"].push_back(photoJson(photo));
    for (const ParkedRun &run : parked)
        json["parked_runs"].push_back(parkedJson(run));
    if (session.json)
        return json;
    std::cout << statusLine(summary) << '\n';
    for (const OpenQuestion &question : questions)
        printQuestion(question);
    for (const OperationStatus &operation : operations)
        printOperation(operation);
    for (const PhotoRecord &photo : photos)
        printPhoto(photo);
    for (const ParkedRun &run : parked)
        std::cout << "  run at log " << run.log << " set aside: " << wordsOf(run.code) << '\n';
    return json;
}

Result<nlohmann::json> runSites(Session &session, const Arguments &) {
    nlohmann::json list = nlohmann::json::array();
    for (const EntityType type : {EntityType::Site, EntityType::SiteProposal})
        ZHICHA_TRY(session.store().entities().forEachOfType(type, [&](const Uuid &id, const EntityRow &row) -> Status {
            nlohmann::json site{{"id", toText(id)},
                                {"code", row.text("code")},
                                {"name", row.text("name")},
                                {"proposed", type == EntityType::SiteProposal}};
            if (const auto lat = row.integer("lat"))
                site["lat"] = static_cast<double>(*lat) / 1e7;
            if (const auto lon = row.integer("lon"))
                site["lon"] = static_cast<double>(*lon) / 1e7;
            if (const auto radius = row.integer("radius_mm"))
                site["radius_m"] = static_cast<double>(*radius) / 1000;
            if (const auto unit = row.uuid("unit")) {
                ZHICHA_ASSIGN(const std::optional<EntityRow> known, session.store().entities().row(*unit));
                site["unit"] = known ? known->text("code") : toText(*unit);
            }
            if (!session.json)
                std::cout << row.text("code") << "  " << row.text("name") << "  " << toText(id) << '\n';
            list.push_back(std::move(site));
            return {};
        }));
    return nlohmann::json{{"sites", list}};
}

} // namespace zhicha::cli
