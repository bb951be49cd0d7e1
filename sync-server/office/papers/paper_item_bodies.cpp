// 督查通知, 催办通知 and the four papers of the escalation ladder.
#include "sync-server/office/papers/paper_bodies.h"

#include "shared/rules/working_calendar.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr int kFarAhead = 400; ///< days within which a term of working days ends

const rules::Item &ruledOf(const PaperContext &context, const PaperItem &item) {
    return context.facts.ledger().items[item.index];
}

void further(const PaperContext &context, PaperBody &body) {
    for (const std::string &paragraph : context.order.more)
        body.lines(paragraph);
}

/** Neither completed nor withdrawn by the day, else there is nothing to urge or to circulate. */
Status requireOpen(const PaperContext &context, const PaperItem &item) {
    const rules::Item &ruled = ruledOf(context, item);
    if (ruled.withdrawnOn <= context.day)
        return fail(Code::WrongUsage, "事项已经销号 · the item is withdrawn");
    if (ruled.completedOn <= context.day)
        return fail(Code::WrongUsage, "事项已经办结 · the item is completed");
    return {};
}

/** 5个工作日内（2026年12月7日前）; without the day where a year of the calendar is missing. */
std::string termOf(const PaperContext &context, int workdays) {
    const auto end = rules::WorkingCalendar::compiledIn().workdaysAfter(context.day, workdays, context.day + kFarAhead);
    const std::string term = std::to_string(workdays) + "个工作日内";
    return end.missingYear || !end.value ? term : term + "（" + inWords(*end.value) + "前）";
}

std::string overdueOf(const PaperContext &context, const PaperItem &item) {
    const auto count = rules::WorkingCalendar::compiledIn().workdaysBetween(item.due, context.day);
    return count.missingYear ? "已逾期" : "逾期" + std::to_string(count.value) + "个工作日";
}

std::string factsOf(const PaperContext &context, const PaperItem &item) {
    const std::string cooperating = context.cooperatingOf(item);
    const std::string person = withinSentence(item.text("responsible_person"));
    return item.named() + "由" + context.facts.unitName(item.lead) + "牵头办理" +
           (cooperating.empty() ? "" : "，" + cooperating + "配合") + (person.empty() ? "" : "，责任人" + person) +
           "，办理时限为" + inWords(item.due) + item.extension() + "。截至" + inWords(context.day) + "，" +
           overdueOf(context, item) + "，尚未完成，无特殊原因";
}

const rules::LadderStep &stepOf(const PaperContext &context, int step) {
    return context.rules.escalation.steps[static_cast<std::size_t>(step - 1)];
}

/** The numbers of the papers by which the steps were announced, by step. */
Result<std::map<int, std::string>> announcements(const PaperContext &context, const PaperItem &item) {
    std::map<int, std::string> numbers;
    ZHICHA_TRY(context.reader.forEachRowOfType(EntityType::Paper, [&](const RowRecord &record) -> Status {
        const PaperKind *kind = findPaperKind(record.row.text("kind"));
        if (kind != nullptr && kind->step > 0 && record.row.uuid("item") == item.book->id &&
            record.row.value("revoked_by") == nullptr)
            numbers[kind->step] = record.row.text("number");
        return {};
    }));
    return numbers;
}

/** 2026年9月3日予以全市通报（三政督〔2026〕3号）；… of the steps before this one. */
Result<std::string> historyOf(const PaperContext &context, const PaperItem &item, int before) {
    std::string history;
    ZHICHA_ASSIGN(const auto numbers, announcements(context, item));
    for (const RecordedStep &recorded : item.steps) {
        if (recorded.step >= before || recorded.step < 1 ||
            recorded.step > static_cast<int>(context.rules.escalation.steps.size()))
            continue;
        const auto number = numbers.find(recorded.step);
        history += (history.empty() ? "" : "；") + inWords(recorded.on) + stepOf(context, recorded.step).name +
                   (number == numbers.end() ? "" : "（" + number->second + "）");
        if (!recorded.commitment.empty())
            history += "，书面承诺“" + withinSentence(recorded.commitment) + "”";
        if (const auto due = rules::dayFromText(recorded.commitmentDueOn))
            history += "，承诺期限" + inWords(*due);
    }
    return history;
}

/** The step is due as of the day, or it is the last one recorded: nothing else gives ground for its paper. */
Status requireStep(const PaperContext &context, const PaperItem &item) {
    const int wanted = context.draft.kind->step;
    if (wanted > static_cast<int>(context.rules.escalation.steps.size()))
        return fail(Code::WrongUsage, "the rule file knows no step " + std::to_string(wanted));
    if (!item.steps.empty() && item.steps.back().step == wanted)
        return {};
    const rules::DueList due =
        rules::dueActions(context.rules, context.facts.ledger(), rules::WorkingCalendar::compiledIn(), context.day);
    const auto action = std::find_if(due.actions.begin(), due.actions.end(),
                                     [&](const rules::DueAction &a) { return a.item == item.index; });
    if (action != due.actions.end() && action->step == wanted)
        return {};
    const bool undetermined = std::any_of(due.undetermined.begin(), due.undetermined.end(),
                                          [&](const rules::Undetermined &u) { return u.item == item.index; });
    std::string now = "没有应办的步骤 · nothing is due";
    if (undetermined)
        now = "缺少节假日表，算不出 · the calendar of a year is missing";
    else if (action != due.actions.end())
        now = "应办的是" +
              (action->step == 0 ? context.rules.escalation.urgeName : stepOf(context, action->step).name) +
              " · due is " + rules::actionName(context.rules, *action);
    return fail(Code::WrongUsage, "截至" + rules::dayText(context.day) + "，此事项还不到“" +
                                      stepOf(context, wanted).name + "”这一步（" + now +
                                      "）· the item is not at this step of the ladder");
}

void writeCircular(PaperContext &context, const PaperItem &item, PaperBody &body, const std::string &history) {
    const int step = context.draft.kind->step;
    const std::string unit = context.facts.unitName(item.lead);
    const bool media = step == 2;
    context.draft.paper.title = media ? titleOf({"关于对" + unit, "予以通报批评的通报"})
                                      : titleOf({"关于" + unit, "未按时限完成督查事项情况的通报"});
    body.paragraph("现将" + unit + "未按规定时限完成督查事项的情况通报如下。");
    body.heading("基本情况");
    body.paragraph(factsOf(context, item));
    if (!history.empty())
        body.paragraph("此前，" + history + "。整改期限届满，仍未完成整改");
    body.heading("处理决定");
    body.paragraph(context.quote(stepOf(context, step).clause) + "，现对" + unit +
                   (media ? "予以通报批评，并通过媒体曝光。媒体曝光日期为" + inWords(context.day) : "予以全市通报"));
    further(context, body);
    body.heading("整改要求");
    body.paragraph(unit + "应当在" + termOf(context, stepOf(context, step).mendWorkdays) +
                   "完成整改，并将整改情况书面报送" + context.rules.papers.issuer + "。" +
                   (step < static_cast<int>(context.rules.escalation.steps.size())
                        ? withinSentence(stepOf(context, step + 1).clause.wording)
                        : std::string()));
    body.paragraph("各责任单位要引以为戒，强化措施，快速推进，确保督查事项按时限、高质量完成");
}

void writeInterview(PaperContext &context, const PaperItem &item, PaperBody &body, const std::string &history) {
    const rules::LadderStep &step = stepOf(context, context.draft.kind->step);
    const std::string unit = context.facts.unitName(item.lead);
    const auto or_ = [](const std::string &text) {
        return text.empty() ? std::string("另行通知") : withinSentence(text);
    };
    context.draft.paper.title = titleOf({"关于约谈", unit, "的通知"});
    body.paragraph(factsOf(context, item) + "。" + (history.empty() ? "" : "此前，" + history + "。") +
                   context.quote(step.clause) + "，由市政府领导同志约谈你单位。现将有关事项通知如下。");
    body.heading("约谈时间");
    body.paragraph(or_(context.order.meetingAt));
    body.heading("约谈地点");
    body.paragraph(or_(context.order.meetingPlace));
    body.heading("约谈事项");
    body.paragraph(item.named() + "未按时限完成的原因、责任和整改措施");
    further(context, body);
    body.heading("有关要求");
    body.paragraph("你单位主要负责人和责任人应当准时参加，并作出书面承诺，载明整改措施、完成时限和责任人。约谈后" +
                   std::to_string(step.mendWorkdays) + "个工作日内仍未达到书面承诺要求的，" +
                   context.rules.papers.issuer + "将提请市政府启动问责程序");
}

void writeAccountability(PaperContext &context, const PaperItem &item, PaperBody &body, const std::string &history) {
    const std::string unit = context.facts.unitName(item.lead);
    context.draft.paper.title = titleOf({"关于提请对" + unit, "启动问责程序的请示"});
    body.paragraph(unit +
                   "承办督查事项逾期未完成，经通报、曝光、约谈仍未达到书面承诺要求。现将有关情况和处理意见报告如下。");
    body.heading("基本情况");
    body.paragraph(factsOf(context, item));
    body.heading("已采取的措施");
    body.paragraph(history.empty() ? "台账中没有记录" : history);
    further(context, body);
    body.heading("处理意见");
    body.paragraph(context.quote(stepOf(context, context.draft.kind->step).clause) + "，提请市政府对" + unit +
                   "启动问责程序");
    body.paragraph("妥否，请批示");
}
} // namespace

Status writeSupervisionNotice(PaperContext &context, const PaperItem &item) {
    ZHICHA_TRY(requireOpen(context, item));
    const rules::Item &ruled = ruledOf(context, item);
    const rules::Clause &source = context.rules.sources[static_cast<std::size_t>(ruled.source - 1)];
    context.restOn(source);
    context.restOn(context.rules.numbersClause);
    context.draft.paper.title = item.titled("关于办理", "的通知");
    PaperBody body;
    const std::string document = withinSentence(item.text("source_document"));
    body.paragraph(item.named() + "属于" + context.rules.notice + "文件规定的督查内容第" +
                   std::to_string(ruled.source) + "项（" + withinSentence(source.wording) + "）" +
                   (document.empty() ? "" : "，来源为" + document) + "。现将办理任务通知如下，请认真落实、及时反馈。");
    body.heading("事项内容");
    body.lines(item.text("content").empty() ? item.text("title") : item.text("content"));
    const std::pair<const char *, const char *> fields[] = {
        {"requirement", "办理要求"}, {"standard", "办理标准"}, {"effect", "办理效果"}};
    for (const auto &[field, name] : fields) {
        if (item.text(field).empty())
            continue;
        body.heading(name);
        body.lines(item.text(field));
    }
    body.heading("办理时限");
    body.paragraph("自" + inWords(ruled.issuedOn) + "起，于" + inWords(item.due) + item.extension() + "前办结");
    body.heading("责任分工");
    const std::string cooperating = context.cooperatingOf(item);
    body.paragraph("牵头责任单位：" + context.facts.unitName(item.lead) +
                   (cooperating.empty() ? "" : "。配合单位：" + cooperating) + "。责任人：" +
                   withinSentence(item.text("responsible_person")) + "。督办人：" +
                   withinSentence(item.text("supervisor")));
    further(context, body);
    body.heading("工作要求");
    body.led("建立承办台账", "各责任单位要将本事项列入承办台账，按任务时间节点办理，定期报送进展，办结后报送办结报告");
    body.led("延期", context.rules.extensionClause.wording);
    body.led("销号", context.rules.withdrawalClause.wording);
    body.led("变更责任单位", context.rules.transferClause.wording);
    for (const rules::Clause *clause :
         {&context.rules.extensionClause, &context.rules.withdrawalClause, &context.rules.transferClause})
        context.restOn(*clause);
    context.draft.paper.body = body.take();
    return {};
}

Status writeUrgingNotice(PaperContext &context, const PaperItem &item) {
    ZHICHA_TRY(requireOpen(context, item));
    if (item.due < context.day)
        return fail(Code::WrongUsage,
                    "事项已经逾期，应当通报，不再催办 · the item is overdue: a circular is due, no urging");
    context.restOn(context.rules.escalation.urgeClause);
    context.restOn(stepOf(context, 1).clause);
    context.draft.paper.title = item.titled("关于催办", "的通知");
    PaperBody body;
    const auto left = rules::WorkingCalendar::compiledIn().workdaysBetween(context.day, item.due);
    body.paragraph(item.named() + "由你单位牵头办理，办理时限为" + inWords(item.due) + item.extension() +
                   (left.missingYear ? "" : "，距今还有" + std::to_string(left.value) + "个工作日") +
                   "，尚未办结。现予催办，请抓紧办理，认真落实、及时反馈。");
    if (!item.text("requirement").empty()) {
        body.heading("办理要求");
        body.lines(item.text("requirement"));
    }
    further(context, body);
    body.heading("时限要求");
    body.paragraph("请于" + inWords(item.due) + "前办结，并报送办结报告。因客观原因需要延期的，应当在到期前按规定报批");
    body.heading("逾期后果");
    body.paragraph("无特殊原因未按时限完成的，" + context.quote(stepOf(context, 1).clause) + "处理");
    context.draft.paper.body = body.take();
    return {};
}

Status writeStep(PaperContext &context, const PaperItem &item) {
    ZHICHA_TRY(requireOpen(context, item));
    ZHICHA_TRY(requireStep(context, item));
    const int step = context.draft.kind->step;
    ZHICHA_ASSIGN(const std::string history, historyOf(context, item, step));
    context.restOn(context.rules.escalation.clause);
    context.restOn(stepOf(context, step).clause);
    PaperBody body;
    if (step <= 2)
        writeCircular(context, item, body, history);
    else if (step == 3)
        writeInterview(context, item, body, history);
    else
        writeAccountability(context, item, body, history);
    context.draft.paper.body = body.take();
    return {};
}

} // namespace zhicha
