#include "sync-server/cli/commands.h"

#include "shared/base/instant.h"
#include "sync-server/cli/erase_command.h"
#include "sync-server/cli/paper_command.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/office/amend.h"
#include "sync-server/office/backup.h"
#include "sync-server/office/checkpoint_file.h"
#include "sync-server/office/checks_export.h"
#include "sync-server/office/conflicts.h"
#include "sync-server/office/console/geo_export.h"
#include "sync-server/office/console/index_keeper.h"
#include "sync-server/office/courier.h"
#include "sync-server/office/devices.h"
#include "sync-server/office/export_file.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/import_file.h"
#include "sync-server/office/ledger/item_sheet.h"
#include "sync-server/office/people.h"
#include "sync-server/office/rebuild.h"
#include "sync-server/office/reconcile.h"
#include "sync-server/office/review.h"

namespace zhicha {

namespace {
using Output = Result<CommandOutput>;
using Json = nlohmann::json;

/** Who acts: the operator of the machine, or with --as a person whose roles are checked. */
Result<Actor> actorOf(Intake &intake, const Arguments &arguments) {
    Actor actor;
    if (arguments.has("as")) {
        ZHICHA_ASSIGN(actor.person, findPerson(intake.ledger(), arguments.get("as")));
    }
    return actor;
}

Output write(CommandContext &context, const Arguments &arguments,
             const std::function<Result<Json>(Intake &, const Actor &)> &work) {
    ZHICHA_ASSIGN(Json json, context.access.ask<Json>([&](Intake &intake) -> Result<Json> {
        ZHICHA_ASSIGN(const Actor actor, actorOf(intake, arguments));
        return work(intake, actor);
    }));
    json["actor"] = arguments.get("as", "operator");
    return CommandOutput{std::move(json), {}, false};
}

Output look(CommandContext &context, const std::function<Result<Json>(LedgerReader &)> &work) {
    ZHICHA_ASSIGN(Json json, context.access.look<Json>(work));
    return CommandOutput{std::move(json), {}, false};
}

std::optional<std::string> optional(const Arguments &arguments, const std::string &name) {
    return arguments.has(name) ? std::optional(arguments.get(name)) : std::nullopt;
}

Output userAdd(CommandContext &context, const Arguments &arguments) {
    if (arguments.words.empty() || arguments.words[0] != "add")
        return fail(Code::WrongUsage, "user add DIR --name N --role R");
    NewPerson person;
    ZHICHA_ASSIGN(person.name, arguments.option("name"));
    ZHICHA_ASSIGN(person.role, arguments.option("role"));
    person.unit = optional(arguments, "unit");
    person.code = optional(arguments, "code");
    person.team = optional(arguments, "team");
    if (arguments.has("id")) {
        person.id = uuidFromText(arguments.get("id"));
        if (!person.id)
            return fail(Code::WrongUsage, "--id takes a UUID");
    }
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return addPerson(intake, actor, person); });
}

Output enrolCode(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string name, arguments.option("inspector"));
    return write(context, arguments, [&](Intake &intake, const Actor &actor) -> Result<Json> {
        ZHICHA_ASSIGN(const Json person, findOrCreateInspector(intake, actor, name));
        const auto id = uuidFromText(person["person"].get<std::string>());
        ZHICHA_ASSIGN(const std::string code, makeEnrolCode(intake, *id));
        ZHICHA_ASSIGN(const PublicKey root, claimedRootKey(intake.keys().signedNote));
        const std::string fingerprint = toHex(fingerprintOf(root));
        return Json{{"code", code},       {"server", context.server},   {"fingerprint", fingerprint},
                    {"pin", fingerprint}, {"person", person["person"]}, {"name", person["name"]}};
    });
}

/** Bulk registration: with a faulty cell nothing is registered, and the command fails. */
Output importSheet(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::vector<documents::Sheet> sheets, documents::readWorkbook(viewOf(context.input)));
    LedgerBook book;
    ZHICHA_ASSIGN(CommandOutput out, write(context, arguments, [&](Intake &intake, const Actor &actor) {
                      const LedgerAct act{intake, book, actor, newUuid(intake.clock(), intake.random())};
                      return registerSheet(act, sheets, arguments.has("dry-run"));
                  }));
    out.failed = out.json["problem_count"] != 0;
    return out;
}

Output importFile(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string name, arguments.word(0, "FILE"));
    if (name.ends_with(".xlsx"))
        return importSheet(context, arguments);
    return write(context, arguments, [&](Intake &intake, const Actor &actor) {
        return importLedgerFile(intake, actor, context.input, arguments.has("dry-run"));
    });
}

/** The whole ledger as a table, or with --month that month's ranking. */
Output exportSheet(CommandContext &context, const Arguments &arguments) {
    const std::int64_t nowMs = context.access.clock().nowMs();
    const auto month = rules::monthFromText(arguments.get("month"));
    if (arguments.has("month") && !month)
        return fail(Code::WrongUsage, "--month takes YYYY-MM");
    ZHICHA_ASSIGN(Bytes file, context.access.look<Bytes>([&](LedgerReader &reader) -> Result<Bytes> {
        LedgerBook book;
        return book.look<Bytes>(reader, dayOfInstant(nowMs), [&](const Book &at) -> Result<Bytes> {
            const SheetNote note{"operator", nowMs, {}};
            ItemListQuery query;
            query.order = ItemOrder::Number;
            query.scope.all = true;
            return month ? rankingSheet(reader, at, *month, query.scope, note) : itemSheet(reader, at, query, note);
        });
    }));
    const std::string path = arguments.get("xlsx");
    return CommandOutput{{{"file", path}, {"bytes", file.size()}}, {}, false, {{path, std::move(file)}}};
}

/** GeoJSON of the whole ledger; of checks and findings what their lists show. */
Output exportGeo(CommandContext &context, const std::string &layer) {
    EventHub hub;
    IndexKeeper keeper(context.access, hub, context.photos);
    ZHICHA_TRY(keeper.catchUp());
    return look(context, [&](LedgerReader &reader) -> Result<Json> {
        CheckListQuery checks;
        checks.view = CheckListQuery::View::All;
        if (layer == "sites")
            return sitesGeoJson(reader, std::nullopt, std::nullopt, std::nullopt);
        if (layer == "tracks")
            return tracksGeoJson(reader, checks, std::nullopt);
        if (layer == "findings")
            return findingsGeoJson(reader, {}, std::nullopt);
        return fail(Code::WrongUsage, "--geojson takes sites, tracks or findings");
    });
}

Output exportFile(CommandContext &context, const Arguments &arguments) {
    if (arguments.has("geojson"))
        return exportGeo(context, arguments.get("geojson"));
    if (arguments.has("xlsx"))
        return exportSheet(context, arguments);
    if (arguments.has("checks"))
        return look(context, [&](LedgerReader &reader) {
            return exportChecks(reader, [&](const Digest &photo) {
                const auto state = context.photos.state(photo);
                return state.has_value() && state->complete;
            });
        });
    ZHICHA_ASSIGN(std::string text,
                  context.access.look<std::string>([](LedgerReader &reader) { return exportLedgerFile(reader); }));
    return CommandOutput{{}, std::move(text), false};
}

Output fsck(CommandContext &context, const Arguments &arguments) {
    if (arguments.has("scope")) {
        const auto device = uuidFromText(arguments.get("scope"));
        if (!device)
            return fail(Code::WrongUsage, "--scope takes a device's UUID");
        return look(context, [&](LedgerReader &reader) { return scopeState(reader, *device); });
    }
    ZHICHA_ASSIGN(Json json, context.access.look<Json>([&](LedgerReader &reader) -> Result<Json> {
        ZHICHA_ASSIGN(Json found, checkLedger(reader, context.access.keys(), &context.photos));
        if (const Status whole = ledgerIsWhole(reader, context.access.keys(), context.folder.ledgerPath()); !whole) {
            found["ok"] = false;
            found["problems"].push_back(
                {{"what", whole.error().detail}, {"where", "ledger.db.checkpoint"}, {"do", "restore the last backup"}});
        }
        return found;
    }));
    const bool bad = !json["ok"].get<bool>();
    return CommandOutput{std::move(json), {}, bad};
}

Output rebuild(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(Json json, context.access.ask<Json>([&](Intake &intake) -> Result<Json> {
        ZHICHA_ASSIGN(Json rebuilt, rebuildLedger(intake.ledger()));
        ZHICHA_ASSIGN(const Json placed, placeAgain(intake.ledger(), intake.keys(), arguments.has("accept-tables")));
        rebuilt.update(placed);
        return rebuilt;
    }));
    const bool differs = !json["same"].get<bool>();
    return CommandOutput{std::move(json), {}, differs};
}

Output backup(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string file, arguments.word(0, "FILE"));
    ZHICHA_ASSIGN(Json json, backupLedger(context.folder, context.access, file));
    return CommandOutput{std::move(json), {}, false};
}

Output importOutboxCommand(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string file, arguments.word(0, "FILE"));
    ZHICHA_ASSIGN(const std::string receipts, arguments.word(1, "RECEIPTS"));
    ZHICHA_ASSIGN(Json json, importOutbox(context.access, context.photos, file, receipts));
    return CommandOutput{std::move(json), {}, false};
}

Output reconcile(CommandContext &context, const Arguments &arguments) {
    if (!arguments.has("end"))
        return look(context, [&](LedgerReader &reader) { return reconciliationReport(reader, context.access.keys()); });
    std::int64_t skip = 0;
    if (arguments.has("skip-numbers")) {
        ZHICHA_ASSIGN(skip, arguments.number("skip-numbers"));
    }
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return endReconciliation(intake, actor, skip); });
}

Output review(CommandContext &context, const Arguments &arguments) {
    ReviewRequest request;
    ZHICHA_ASSIGN(request.check, arguments.word(0, "CHECK"));
    if (arguments.has("accept") == arguments.has("return"))
        return fail(Code::WrongUsage, "review takes --accept or --return");
    request.accept = arguments.has("accept");
    if (arguments.has("id"))
        request.id = uuidFromText(arguments.get("id"));
    for (const std::string &text : arguments.questions) {
        ReviewQuestion question;
        question.text = text;
        if (arguments.has("about")) {
            question.about = uuidFromText(arguments.get("about"));
            if (!question.about)
                return fail(Code::WrongUsage, "--about takes a UUID");
        }
        if (arguments.has("due")) {
            question.dueAtMs = fromRfc3339(arguments.get("due"));
            if (!question.dueAtMs)
                return fail(Code::WrongUsage, "--due takes an instant like 2026-11-30T18:00:00+08:00");
        }
        request.questions.push_back(std::move(question));
    }
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return reviewCheck(intake, actor, request); });
}

Output close(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string check, arguments.word(0, "CHECK"));
    ZHICHA_ASSIGN(const std::string reason, arguments.option("reason"));
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return closeCheck(intake, actor, check, reason); });
}

Output conflicts(CommandContext &context, const Arguments &) {
    return look(context, listConflicts);
}
Output devices(CommandContext &context, const Arguments &) {
    return look(context, listDevices);
}
Output persons(CommandContext &context, const Arguments &) {
    return look(context, listPersons);
}

Output decide(CommandContext &context, const Arguments &arguments) {
    Decision decision;
    ZHICHA_ASSIGN(decision.entity, arguments.word(0, "ENTITY"));
    ZHICHA_ASSIGN(decision.field, arguments.word(1, "FIELD"));
    ZHICHA_ASSIGN(decision.value, arguments.option("value"));
    ZHICHA_ASSIGN(decision.reason, arguments.option("reason"));
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return decideConflict(intake, actor, decision); });
}

Output amend(CommandContext &context, const Arguments &arguments) {
    FindingAmendment amendment;
    ZHICHA_ASSIGN(amendment.finding, arguments.word(0, "FINDING"));
    ZHICHA_ASSIGN(amendment.reason, arguments.option("reason"));
    amendment.text = optional(arguments, "text");
    amendment.severity = optional(arguments, "severity");
    amendment.item = optional(arguments, "item");
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return amendFinding(intake, actor, amendment); });
}

Output voidCommand(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string entity, arguments.word(0, "ENTITY"));
    ZHICHA_ASSIGN(const std::string reason, arguments.option("reason"));
    return write(context, arguments, [&](Intake &intake, const Actor &actor) {
        return voidEntity(intake, actor, entity, reason, arguments.has("undo"));
    });
}

Output revoke(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string device, arguments.word(0, "DEVICE"));
    ZHICHA_ASSIGN(const std::int64_t cut, arguments.number("cut"));
    ZHICHA_ASSIGN(const std::string reason, arguments.option("reason"));
    return write(context, arguments,
                 [&](Intake &intake, const Actor &actor) { return revokeDevice(intake, actor, device, cut, reason); });
}

Output readmit(CommandContext &context, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string device, arguments.word(0, "DEVICE"));
    ZHICHA_ASSIGN(const std::int64_t upto, arguments.number("upto"));
    ZHICHA_ASSIGN(const std::string reason, arguments.option("reason"));
    return write(context, arguments, [&](Intake &intake, const Actor &actor) {
        return readmitDevice(intake, actor, device, upto, reason);
    });
}

const std::vector<Command> &table() {
    // clang-format off
    static const auto *commands = new std::vector<Command>{
        {"user", "add DIR --name N --role R [--unit U] [--code C] [--team T] [--id UUID]",
         {"添加人员；控制台账号的口令只显示一次。R：inspector 督查员 team_lead 组长 reviewer 审核员 chief 主任 security 安全管理员 auditor 审计员 administrator 系统管理员",
          "adds a person; prints the password of a console user once; R is one of those words, or unit_clerk vice_mayor mayor"}, {"name", "role", "unit", "code", "team", "id"}, {}, false, userAdd},
        {"users", "DIR", {"列出人员和角色", "lists persons and their roles"}, {}, {}, false, persons},
        {"enrol-code", "DIR --inspector N", {"给这个人的平板一个登记码，10 分钟内用一次", "a one-time code (10 minutes) with which a tablet enrols for this person"}, {"inspector"}, {}, false, enrolCode},
        {"import", "DIR FILE.json|FILE.xlsx [--dry-run]", {"导入台账文件，或按表格批量登记事项；要么全部，要么都不", "takes a ledger file, or registers the items of a table; whole or not at all"}, {}, {"dry-run"}, true, importFile},
        {"export", "DIR [--checks | --geojson sites|tracks|findings | --xlsx FILE [--month YYYY-MM]]", {"输出台账文件，或检查和查到的问题；--xlsx 把总台账（或某月排名）写成表格，--geojson 输出现场、航迹或问题的位置（WGS-84）", "prints the ledger file, or the checks with what was found; --xlsx writes the master ledger, or a month's ranking, as a table, --geojson prints positions of sites, tracks or findings (WGS-84)"}, {"xlsx", "month", "geojson"}, {"checks"}, false, exportFile},
        {"fsck", "DIR [--scope DEVICE]", {"对照日志逐项核验；输出状态摘要", "checks everything against the log; prints the state hash"}, {"scope"}, {}, false, fsck},
        {"rebuild", "DIR [--accept-tables]", {"从日志重新推导一切可推导的", "makes everything derived again from the log"}, {}, {"accept-tables"}, false, rebuild},
        {"backup", "DIR FILE", {"不停服务，把账本和照片备份成一个文件", "copies ledger and photos into one file while serving"}, {}, {}, false, backup, true},
        {"import-outbox", "DIR FILE RECEIPTS", {"收下平板封送的文件，把回执写入 RECEIPTS 带回平板", "takes what a tablet sealed for the office; writes the receipts that go back to it"}, {}, {}, false, importOutboxCommand, true},
        {"reconcile", "DIR [--end [--skip-numbers N]]",
         {"恢复之后：平板带回了什么、还缺什么；--end 由主任宣布核对完毕，此后才编号",
          "after a restore: what tablets brought back and what is missing; with --end the chief says that it is enough, and numbers are issued"}, {"skip-numbers"}, {"end"}, false, reconcile},
        {"review", "DIR CHECK --accept | --return --question T [--about ENTITY] [--due INSTANT] [--id UUID]",
         {"采信一次检查，或退回提问", "accepts a check or sends it back"}, {"question", "about", "due", "id"}, {"accept", "return"}, false, review},
        {"close", "DIR CHECK --reason T", {"关闭平板已丢失的检查", "closes a check whose tablet is lost"}, {"reason"}, {}, false, close},
        {"conflicts", "DIR", {"列出两说不一的字段", "lists fields with several values"}, {}, {}, false, conflicts},
        {"decide", "DIR ENTITY FIELD --value V --reason T", {"裁定两说不一", "decides a conflict"}, {"value", "reason"}, {}, false, decide},
        {"amend", "DIR FINDING [--text T] [--severity S] [--item I] --reason T", {"更正一个问题", "corrects a finding"}, {"text", "severity", "item", "reason"}, {}, false, amend},
        {"void", "DIR ENTITY --reason T [--undo]", {"作废或恢复一项；原件保留", "hides an entity, or shows it again; the original stays"}, {"reason"}, {"undo"}, false, voidCommand},
        {"erase", "DIR ask CHECK [--entities E,…] [--photos SHA,…] [--operations D,…] --reason T --as PERSON | confirm ERASURE --as PERSON | list [CHECK] | --finish",
         {"抹除正文和照片：一人申请，另一人（主任或安全管理员）执行；记录的存在、顺序和签名仍可核验。--finish 补做被打断的清理",
          "erases bodies and photos: one officer asks, another (chief or security) carries it out; that they existed can still be proved. --finish completes what was cut short"},
         {"entities", "photos", "operations", "reason"}, {"finish"}, false, eraseCommand},
        {"withhold", "DIR CHECK [--entities E,…] [--operations D,…] --reason T --as PERSON", {"正文留在督查室，不再发给平板", "keeps bodies at the office and gives them to no tablet any more"},
         {"entities", "operations", "reason"}, {}, false, withholdCommand},
        {"devices", "DIR", {"列出平板、状态和警报", "lists tablets, their standing and alarms"}, {}, {}, false, devices},
        {"revoke", "DIR DEVICE --cut SEQ --reason T", {"只采信一台平板 SEQ 以前的记录", "trusts a tablet's operations up to SEQ only"}, {"cut", "reason"}, {}, false, revoke},
        {"readmit", "DIR DEVICE --upto SEQ --reason T", {"重新采信被停用平板 SEQ 以前的记录", "trusts a revoked tablet's operations up to SEQ"}, {"upto", "reason"}, {}, false, readmit},
        {"paper", "DIR issue|draft KIND SUBJECT [--on DAY] [--signer N] [--meeting-at T] [--meeting-place T] [--more T] [--id UUID] [--pdf FILE] [--docx FILE]"
                  " | show PAPER [--pdf FILE] [--docx FILE] | revoke PAPER --by PAPER --reason T | receive PAPER --unit U | list [--kind K] [--state S] [--unit U] [--item I] | check CHECK --pdf FILE",
         {"公文：KIND 是督查通知、催办通知、全市通报、通报批评、约谈通知、问责提请、督查报告、月排名通报之一，SUBJECT 是事项或月份；draft 只看不发，issue 编号签发；check 把一次检查连同照片印成报告",
          "papers: KIND is supervision_notice, urging_notice, circular, criticism, interview_notice, accountability_request, supervision_report or monthly_ranking; SUBJECT an item or a month; draft shows, issue numbers and issues; check prints one check with its photos"},
         {"on", "signer", "meeting-at", "meeting-place", "more", "id", "pdf", "docx", "by", "reason", "unit", "kind", "state", "item"}, {}, false, paperCommand},
    };
    // clang-format on
    return *commands;
}
} // namespace

std::span<const Command> allCommands() {
    return table();
}

const Command *findCommand(std::string_view name) {
    for (const Command &command : table())
        if (command.name == name)
            return &command;
    return nullptr;
}

} // namespace zhicha
