// checks: list, search, one check, its track and feed.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_feed.h"
#include "sync-server/office/console/check_list.h"
#include "sync-server/office/console/check_track.h"
#include "sync-server/office/papers/check_report.h"

namespace zhicha {

using nlohmann::json;

namespace {
using CheckReader = std::function<Result<json>(LedgerReader &, const CheckFile &)>;

/** Loads a check that the caller may see: not_yours for every other id, known or not. */
Result<json> withCheck(ConsoleCall &call, Resource resource, const CheckReader &read) {
    const auto id = uuidFromText(call.request.param("check"));
    return call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        auto file = id ? loadCheckFile(reader, *id) : Result<CheckFile>(fail(Code::NotFound, "no such check"));
        if (!file) {
            if (file.error().code == Code::NotFound && call.reach != Reach::All)
                return notYours(call, resource, Verb::Read);
            return file.error();
        }
        ZHICHA_ASSIGN(const bool seen, covers(call, reader, file->view.inspectors()));
        if (!seen)
            return notYours(call, resource, Verb::Read);
        return read(reader, *file);
    });
}

Result<Response> listAll(ConsoleCall &call) {
    return answerPage(call, readCheckQuery, listChecks);
}

Result<Response> getCheck(ConsoleCall &call) {
    call.audit = {"check_read", "check", std::string(call.request.param("check"))};
    const CheckPowers powers{mayUse(call.roles, Resource::Checks, Verb::Review) != Reach::None,
                             mayUse(call.roles, Resource::Checks, Verb::Comment) != Reach::None};
    ZHICHA_ASSIGN(const json out,
                  withCheck(call, Resource::Checks, [&](LedgerReader &reader, const CheckFile &file) -> Result<json> {
                      Names names(reader);
                      ZHICHA_ASSIGN(const std::optional<CheckIndexRow> row,
                                    reader.consoleIndex().checkIndex(file.view.id));
                      json answer = json::object();
                      if (row) {
                          ZHICHA_ASSIGN(answer, checkRowJson(names, *row));
                          answer["findings_count"] = answer["findings"];
                      }
                      ZHICHA_ASSIGN(const json detail, checkDetailJson(reader, names, file));
                      answer.update(detail);
                      answer["id"] = toText(file.view.id);
                      answer["state"] = std::string(checkStateName(file.view.state));
                      answer["may"] = mayDo(file, call.session->person, powers);
                      if (row && call.request.query.contains("view")) {
                          ZHICHA_ASSIGN(const ReadQuery read, readCheckQuery(call, reader));
                          ZHICHA_ASSIGN(const json around, neighboursOf(reader, read.query, *row));
                          answer.update(around);
                      }
                      return answer;
                  }));
    return jsonResponse(200, out);
}

/** The check as a PDF with its photos. */
Result<Response> getCheckReport(ConsoleCall &call) {
    call.audit = {"check_report", "check", std::string(call.request.param("check"))};
    Bytes pdf;
    const auto made =
        withCheck(call, Resource::Checks, [&](LedgerReader &reader, const CheckFile &file) -> Result<json> {
            ZHICHA_ASSIGN(pdf, checkReportPdf(reader, call.context.photos, file.view));
            return json();
        });
    ZHICHA_TRY(made ? Status() : Status(made.error()));
    return fileResponse(call, "check", pdf, "application/pdf", "pdf");
}

Result<Response> getTrack(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out,
                  withCheck(call, Resource::Checks, [&](LedgerReader &reader, const CheckFile &file) -> Result<json> {
                      Names names(reader);
                      return checkTrackJson(reader, names, file);
                  }));
    Response response = jsonResponse(200, out);
    response.mediaType = "application/geo+json";
    return response;
}

Result<Response> getFeed(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out,
                  withCheck(call, Resource::Checks, [&](LedgerReader &reader, const CheckFile &file) -> Result<json> {
                      Names names(reader);
                      return checkFeedJson(reader, names, file);
                  }));
    return jsonResponse(200, out);
}
} // namespace

void addCheckRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Checks, Verb::Read};
    gate.add("GET", "/checks", read, listAll);
    gate.add("POST", "/checks/search", read, listAll);
    gate.add("GET", "/checks/{check}", read, getCheck);
    gate.add("GET", "/checks/{check}/report", read, getCheckReport);
    gate.add("GET", "/checks/{check}/track", read, getTrack);
    gate.add("GET", "/checks/{check}/feed", read, getFeed);
}

} // namespace zhicha
