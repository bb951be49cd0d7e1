#pragma once
// Filters of lists as they come in a query or a search's body, and who may see which rows.
#include "sync-server/http/resources/console/console_call.h"
#include "sync-server/office/console/check_list.h"

namespace zhicha {

struct ReadQuery {
    CheckListQuery query;
    std::string text; ///< names filters and order, for the cursor
};
/** InvalidArgument with the field. The reach of the call narrows it to what the person may see. */
[[nodiscard]] Result<ReadQuery> readCheckQuery(ConsoleCall &call, LedgerReader &reader);

struct ReadFindingQuery {
    FindingListQuery query;
    std::string text;
};
[[nodiscard]] Result<ReadFindingQuery> readFindingQuery(ConsoleCall &call, LedgerReader &reader);

/** Answers one page of a list: reads the filters, then the rows. */
template <typename Read, typename Query>
Result<Response> answerPage(ConsoleCall &call, Result<Read> (*read)(ConsoleCall &, LedgerReader &),
                            Result<ListPage> (*list)(LedgerReader &, const Query &, std::string_view, std::string_view,
                                                     std::int64_t)) {
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    ZHICHA_ASSIGN(const nlohmann::json out,
                  call.access.look<nlohmann::json>([&](LedgerReader &reader) -> Result<nlohmann::json> {
                      ZHICHA_ASSIGN(const Read asked, read(call, reader));
                      ZHICHA_ASSIGN(ListPage page, list(reader, asked.query, asked.text, call.query("after"), limit));
                      return listJson(reader, std::move(page));
                  }));
    return jsonResponse(200, out);
}

/** Whether the call's reach covers a check with these people. */
[[nodiscard]] Result<bool> covers(ConsoleCall &call, LedgerReader &reader, const std::vector<Uuid> &people);
/** not_yours with the roles that may, the same whether the thing exists or not. */
[[nodiscard]] Error notYours(ConsoleCall &call, Resource resource, Verb verb);

/** [from, to] as Shanghai days in the query: half-open instants. */
Status readPeriod(ConsoleCall &call, std::optional<std::int64_t> &fromMs, std::optional<std::int64_t> &untilMs);

/** Runs an operation of the office: its answer with `operation`, `log` and `outcome`, and the lists up to date. */
[[nodiscard]] Result<Response> operate(ConsoleCall &call, const std::function<Result<nlohmann::json>(Intake &)> &work);

/** The newest entry of the ledger that the writer was shown: {"base":{"log"}} of the body. */
[[nodiscard]] Result<std::int64_t> shownLog(ConsoleCall &call);

/** A file to keep, called "<what>-<id>.<ending>" by the first digits of that parameter's id alone: neither unit nor
 *  title is in a name that lies about in somebody's downloads. */
[[nodiscard]] Response fileResponse(const ConsoleCall &call, const std::string &what, const Bytes &bytes,
                                    const std::string &type, const std::string &ending);

/** The id of what a request makes: the same for a repeated key, so that a crash in between makes nothing twice. */
[[nodiscard]] Uuid idOfRequest(const ConsoleCall &call);

} // namespace zhicha
