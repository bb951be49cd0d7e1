#include "sync-server/cli/paper_command.h"

#include "shared/base/instant.h"
#include "shared/documents/docx.h"
#include "sync-server/office/papers/check_report.h"
#include "sync-server/office/papers/papers.h"

namespace zhicha {

namespace {
using Json = nlohmann::json;

class PaperCommand {
public:
    PaperCommand(CommandContext &context, const Arguments &arguments) : m_context(context), m_arguments(arguments) {}

    Result<CommandOutput> run() {
        ZHICHA_ASSIGN(const std::string what,
                      m_arguments.word(0, "issue, draft, show, revoke, receive, list or check"));
        if (what == "issue" || what == "draft")
            return order(what == "issue");
        if (what == "show")
            return show();
        if (what == "revoke")
            return revoke();
        if (what == "receive")
            return receive();
        if (what == "list")
            return list();
        if (what == "check")
            return check();
        return fail(Code::WrongUsage, "paper takes issue, draft, show, revoke, receive, list or check");
    }

private:
    Result<Actor> actor(LedgerReader &reader) const {
        Actor actor;
        if (m_arguments.has("as")) {
            ZHICHA_ASSIGN(actor.person, findPerson(reader, m_arguments.get("as")));
        }
        return actor;
    }

    Result<PaperOrder> readOrder() const {
        PaperOrder out;
        ZHICHA_ASSIGN(out.kind, m_arguments.word(1, "KIND"));
        ZHICHA_ASSIGN(out.subject, m_arguments.word(2, "SUBJECT"));
        out.day = m_arguments.get("on");
        out.signer = m_arguments.get("signer");
        out.meetingAt = m_arguments.get("meeting-at");
        out.meetingPlace = m_arguments.get("meeting-place");
        if (m_arguments.has("more"))
            out.more = {m_arguments.get("more")};
        if (m_arguments.has("id")) {
            out.id = uuidFromText(m_arguments.get("id"));
            if (!out.id)
                return fail(Code::WrongUsage, "--id takes a UUID");
        }
        return out;
    }

    Result<CommandOutput> order(bool issue) {
        ZHICHA_ASSIGN(const PaperOrder wanted, readOrder());
        const std::string today = shanghaiDay(m_context.access.clock().nowMs());
        LedgerBook book;
        ZHICHA_ASSIGN(PaperDraft draft,
                      m_context.access.look<PaperDraft>([&](LedgerReader &reader) -> Result<PaperDraft> {
                          ZHICHA_ASSIGN(const Actor who, actor(reader));
                          return draftPaper(reader, book, who, wanted, today);
                      }));
        if (!issue)
            return withFiles(paperContentJson({draft.paper, draft.restsOn}), draftAsShown(draft));
        ZHICHA_ASSIGN(Json json, m_context.access.ask<Json>([&](Intake &intake) -> Result<Json> {
            ZHICHA_ASSIGN(const Actor who, actor(intake.ledger()));
            return issuePaper(intake, who, draft);
        }));
        json["actor"] = m_arguments.get("as", "operator");
        ZHICHA_ASSIGN(const documents::Paper paper, issued(json["paper"].get<std::string>()));
        return withFiles(std::move(json), paper);
    }

    Result<documents::Paper> issued(const std::string &text) {
        return m_context.access.look<documents::Paper>([&](LedgerReader &reader) -> Result<documents::Paper> {
            ZHICHA_ASSIGN(const Uuid id, findPaper(reader, text));
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(id));
            return issuedPaper(reader, *row);
        });
    }

    Result<CommandOutput> show() {
        ZHICHA_ASSIGN(const std::string text, m_arguments.word(1, "PAPER"));
        ZHICHA_ASSIGN(Json json, m_context.access.look<Json>([&](LedgerReader &reader) -> Result<Json> {
            ZHICHA_ASSIGN(const Uuid id, findPaper(reader, text));
            return paperDetail(reader, id);
        }));
        ZHICHA_ASSIGN(const documents::Paper paper, issued(text));
        return withFiles(std::move(json), paper);
    }

    Result<CommandOutput> withFiles(Json json, const documents::Paper &paper) const {
        CommandOutput output{std::move(json), {}, false, {}};
        if (m_arguments.has("pdf")) {
            ZHICHA_ASSIGN(Bytes pdf, paperPdf(paper));
            output.files.push_back({m_arguments.get("pdf"), std::move(pdf)});
        }
        if (m_arguments.has("docx")) {
            ZHICHA_ASSIGN(Bytes docx, documents::writeDocx(paper));
            output.files.push_back({m_arguments.get("docx"), std::move(docx)});
        }
        return output;
    }

    Result<CommandOutput> revoke() {
        ZHICHA_ASSIGN(const std::string paper, m_arguments.word(1, "PAPER"));
        ZHICHA_ASSIGN(const std::string by, m_arguments.option("by"));
        ZHICHA_ASSIGN(const std::string reason, m_arguments.option("reason"));
        return ask([&](Intake &intake, const Actor &who) { return revokePaper(intake, who, paper, by, reason); });
    }

    Result<CommandOutput> receive() {
        ZHICHA_ASSIGN(const std::string paper, m_arguments.word(1, "PAPER"));
        ZHICHA_ASSIGN(const std::string unit, m_arguments.option("unit"));
        return ask([&](Intake &intake, const Actor &who) { return receivePaper(intake, who, paper, unit); });
    }

    Result<CommandOutput> ask(const std::function<Result<Json>(Intake &, const Actor &)> &work) {
        ZHICHA_ASSIGN(Json json, m_context.access.ask<Json>([&](Intake &intake) -> Result<Json> {
            ZHICHA_ASSIGN(const Actor who, actor(intake.ledger()));
            return work(intake, who);
        }));
        json["actor"] = m_arguments.get("as", "operator");
        return CommandOutput{std::move(json), {}, false, {}};
    }

    /** The report of one check, with its photos. */
    Result<CommandOutput> check() {
        ZHICHA_ASSIGN(const std::string text, m_arguments.word(1, "CHECK"));
        ZHICHA_ASSIGN(const std::string file, m_arguments.option("pdf"));
        CommandOutput output;
        ZHICHA_ASSIGN(Bytes pdf, m_context.access.look<Bytes>([&](LedgerReader &reader) -> Result<Bytes> {
            ZHICHA_ASSIGN(const Uuid id, findCheck(reader, text));
            ZHICHA_ASSIGN(const CheckView view, CheckLoader(reader).load(id));
            output.json = {{"check", toText(id)}, {"missing_photos", view.missingPhotos.size()}};
            return checkReportPdf(reader, m_context.photos, view);
        }));
        output.files.push_back({file, std::move(pdf)});
        return output;
    }

    Result<CommandOutput> list() {
        ZHICHA_ASSIGN(Json json, m_context.access.look<Json>([&](LedgerReader &reader) -> Result<Json> {
            PaperQuery query;
            query.state = m_arguments.get("state");
            if (m_arguments.has("kind")) {
                const PaperKind *kind = findPaperKind(m_arguments.get("kind"));
                if (kind == nullptr)
                    return fail(Code::WrongUsage, "no kind of paper is called " + m_arguments.get("kind"));
                query.kind = kind->name;
            }
            if (m_arguments.has("unit")) {
                ZHICHA_ASSIGN(query.unit,
                              findEntity(reader, m_context.access.keys().ledger, "unit", m_arguments.get("unit")));
            }
            if (m_arguments.has("item")) {
                ZHICHA_ASSIGN(query.item,
                              findEntity(reader, m_context.access.keys().ledger, "item", m_arguments.get("item")));
            }
            return listPapers(reader, query);
        }));
        return CommandOutput{std::move(json), {}, false, {}};
    }

    CommandContext &m_context;
    const Arguments &m_arguments;
};
} // namespace

Result<CommandOutput> paperCommand(CommandContext &context, const Arguments &arguments) {
    return PaperCommand(context, arguments).run();
}

} // namespace zhicha
