// Goal: the eight papers say what the ledger says, each number is given once, an issued paper never changes and is
// revoked by a later one alone, each unit receives it once.
// Method: an office whose ledger came from a file, its calendar days played one after the other; papers drafted,
// issued, revoked and received by persons with and without the right; the ledger checked, rebuilt, exported and taken
// in again.
#include "sync-server/office/papers/papers.h"

#include "shared/crypto/digest.h"
#include "shared/documents/typesetter.h"
#include "sync-server/office/export_file.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/import_file.h"
#include "sync-server/office/papers/paper_text.h"
#include "sync-server/office/rebuild.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <algorithm>
#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
constexpr const char *kLedger = R"json({
 "units":[{"id":"u1","name":"湖滨区人民政府","group":"county","vice_mayor":"李志远"},
          {"id":"u2","name":"市住房和城乡建设局","group":"department","vice_mayor":"王海"},
          {"id":"u3","name":"市水利局","group":"department","vice_mayor":"王海"}],
 "items":[{"id":"i1","number":"督〔2026〕7号","title":"城区雨污分流改造工程","source":3,"kind":"general","lead":"u2",
           "cooperating":["u1"],"issued_on":"2026-07-01","due_on":"2026-09-30","responsible_person":"朱镕喆",
           "supervisor":"𠮷田","content":"改造雨污合流管网12公里。\n新建泵站2座。","requirement":"倒排工期，每月报送进展。",
           "standard":"通过验收","effect":"消除内涝点"},
          {"id":"i2","number":"督〔2026〕8号","title":"河道清淤","source":2,"kind":"general","lead":"u3","cooperating":[],
           "issued_on":"2026-07-01","due_on":"2026-08-31","responsible_person":"赵","supervisor":"钱",
           "completed_on":"2026-08-20","awarded":18.5}],
 "reports":[{"id":"r1","item":"i1","unit":"u2","due_on":"2026-08-01","submitted_on":"2026-08-03"},
            {"id":"r2","item":"i1","unit":"u2","due_on":"2026-09-01","submitted_on":"2026-09-01",
             "returned_on":"2026-09-03","resubmit_due_on":"2026-09-10"}]
})json";

class Papers : public OfficeFixture {
protected:
    void SetUp() override {
        const auto imported = importLedgerFile(intake(), Actor{}, kLedger, false);
        ASSERT_TRUE(imported) << imported.error().detail;
        m_chief = person("张建国", "chief");
        m_reviewer = person("王颖", "reviewer");
    }

    /** The ladder as the office records it. */
    void record(int step, const std::string &on, const std::string &commitment = "") {
        ServerOperation operation{"ladder.record", newUuid(intake().clock(), intake().random()), {}};
        operation.fields = {{"item", item("i1")}, {"step", step}, {"on", on}};
        if (!commitment.empty())
            operation.fields["commitment"] = commitment;
        append({std::move(operation)});
    }
    [[nodiscard]] Uuid item(const std::string &code) const { return derivedId(m_keys.ledger, "item", code); }
    [[nodiscard]] Uuid unit(const std::string &code) const { return derivedId(m_keys.ledger, "unit", code); }

    Result<PaperDraft> draft(const std::string &kind, const std::string &subject, const std::string &day,
                             const PaperOrder &more = {}) {
        PaperOrder order = more;
        order.kind = kind;
        order.subject = subject;
        order.day = day;
        return draftPaper(ledger(), m_book, actor(m_reviewer), order, kToday);
    }
    json issue(const std::string &kind, const std::string &subject, const std::string &day,
               const PaperOrder &more = {}) {
        const auto made = draft(kind, subject, day, more);
        EXPECT_TRUE(made) << made.error().detail;
        if (!made)
            return {};
        const auto issued = issuePaper(intake(), actor(m_chief), *made);
        EXPECT_TRUE(issued) << issued.error().detail;
        return issued ? *issued : json{};
    }
    static std::string textOf(const documents::Paper &paper) {
        std::string text = withoutBreaks(paper.title);
        const auto add = [&](const std::vector<documents::Block> &blocks) {
            for (const documents::Block &block : blocks) {
                text += "\n" + block.lead + block.text;
                for (const auto &row : block.table.rows) {
                    text += "\n";
                    for (const std::string &cell : row)
                        text += cell + "|";
                }
            }
        };
        add(paper.body);
        for (const documents::Attachment &attachment : paper.attachments) {
            text += "\n" + attachment.title;
            add(attachment.blocks);
        }
        return text;
    }
    static void says(const std::string &text, const std::vector<std::string> &parts) {
        for (const std::string &part : parts)
            EXPECT_NE(text.find(part), std::string::npos) << part << "\n--\n" << text;
    }
    static void refuses(const Result<PaperDraft> &draft, Code code, const std::string &why) {
        ASSERT_FALSE(draft);
        EXPECT_EQ(draft.error().code, code) << draft.error().detail;
        EXPECT_NE(draft.error().detail.find(why), std::string::npos) << draft.error().detail;
    }

    static constexpr const char *kToday = "2026-12-31";
    LedgerBook m_book;
    Uuid m_chief, m_reviewer;
};

TEST_F(Papers, aSupervisionNoticeSaysWhatTheItemSays) {
    const auto made = draft("督查通知", "督〔2026〕7号", "2026-07-01");
    ASSERT_TRUE(made) << made.error().detail;
    says(textOf(made->paper), {"关于办理督查事项“城区雨污分流改造工程”（督〔2026〕7号）的通知", "督查内容第3项",
                               "改造雨污合流管网12公里。", "新建泵站2座。", "倒排工期，每月报送进展。",
                               "于2026年9月30日前办结", "牵头责任单位：市住房和城乡建设局。配合单位：湖滨区人民政府",
                               "责任人：朱镕喆。督办人：𠮷田", "延期时限最多不能超过2个月"});
    EXPECT_EQ(made->to, (std::vector<Uuid>{unit("u2"), unit("u1")}));
    EXPECT_EQ(made->paper.level, "内部");
    EXPECT_EQ(made->paper.number, "");
    EXPECT_TRUE(std::any_of(made->restsOn.begin(), made->restsOn.end(),
                            [](const RestsOn &rest) { return rest.clause == "一（二）3"; }));
    refuses(draft("supervision_notice", "i2", "2026-09-01"), Code::WrongUsage, "已经办结");
    refuses(draft("supervision_notice", "i1", "2026-06-30"), Code::WrongUsage, "交办日期晚于");
    refuses(draft("supervision_notice", "i9", "2026-09-01"), Code::NotFound, "i9");
    refuses(draft("a letter", "i1", "2026-09-01"), Code::InvalidArgument, "a letter");
    refuses(draft("supervision_notice", "i1", "2027-01-01"), Code::InvalidArgument, "还没有到");
    refuses(draft("supervision_notice", "i1", "2026-02-30"), Code::InvalidArgument, "不是日期");
}

TEST_F(Papers, anUrgingNoticeCountsWorkingDays) {
    const auto made = draft("urging_notice", "i1", "2026-09-24");
    ASSERT_TRUE(made) << made.error().detail;
    // 25 September to 27 is 中秋 in the table of 2026; 28, 29 and 30 are left.
    says(textOf(made->paper),
         {"关于催办督查事项", "办理时限为2026年9月30日", "个工作日，尚未办结", "首次予以全市通报"});
    EXPECT_EQ(made->to, std::vector<Uuid>{unit("u2")});
    refuses(draft("urging_notice", "i1", "2026-10-01"), Code::WrongUsage, "不再催办");
}

TEST_F(Papers, theLadderIsAnnouncedStepByStep) {
    refuses(draft("circular", "i1", "2026-09-30"), Code::WrongUsage, "还不到“全市通报”");
    refuses(draft("criticism", "i1", "2026-10-09"), Code::WrongUsage, "应办的是全市通报");
    const json circular = issue("circular", "i1", "2026-10-09");
    EXPECT_EQ(circular["to"], 3);
    const auto text = textOf(draft("circular", "i1", "2026-10-10")->paper);
    says(text, {"关于市住房和城乡建设局未按时限完成督查事项情况的通报", "四（二）4", "限5个工作日内完成整改",
                "予以通报批评并通过媒体曝光"});
    record(1, "2026-10-09");
    refuses(draft("criticism", "i1", "2026-10-12"), Code::WrongUsage, "没有应办的步骤");
    (void)issue("criticism", "i1", "2026-10-26");
    record(2, "2026-10-26");
    PaperOrder meeting;
    meeting.meetingAt = "2026年11月5日上午9时";
    meeting.meetingPlace = "市政府第二会议室";
    meeting.more = {"请携带工程台账"};
    const auto interview = draft("interview_notice", "i1", "2026-11-04", meeting);
    ASSERT_TRUE(interview) << interview.error().detail;
    says(textOf(interview->paper), {"2026年11月5日上午9时。", "市政府第二会议室。", "请携带工程台账。", "书面承诺",
                                    "2026年10月9日全市通报（三政督〔2026〕1号）；2026年10月26日"});
    record(3, "2026-11-05", "十一月底前完成");
    const auto request = draft("accountability_request", "i1", "2026-11-20");
    ASSERT_TRUE(request) << request.error().detail;
    says(textOf(request->paper),
         {"关于提请对市住房和城乡建设局启动问责程序的请示", "书面承诺“十一月底前完成”", "妥否，请批示。"});
    EXPECT_EQ(request->paper.to, std::vector<std::string>{"三门峡市人民政府"});
    EXPECT_EQ(request->paper.signer, "王颖");
    EXPECT_TRUE(request->to.empty());
}

TEST_F(Papers, aReportTellsReportsChecksAndPoints) {
    const auto made = draft("supervision_report", "i1", "2026-10-09");
    ASSERT_TRUE(made) << made.error().detail;
    says(textOf(made->paper), {"应于2026年8月1日报送，2026年8月3日逾期报送",
                               "应于2026年9月1日报送，2026年9月1日报送，2026年9月3日审核不通过予以退回",
                               "没有已采信的实地检查", "已经逾期，尚未办结，满分20.00分，得0.00分", "应当全市通报"});
    says(textOf(draft("supervision_report", "i2", "2026-10-09")->paper),
         {"于2026年8月20日办结，满分20.00分，得18.50分"});
}

TEST_F(Papers, aRankingIsTheAssessorsOwn) {
    const auto made = draft("monthly_ranking", "2026-09", "2026-10-08");
    ASSERT_TRUE(made) << made.error().detail;
    // i1 is due on 30 September and earns 0; i2 was completed with 18.5 of 20; 1 of at most 1 items: efficacy 1.
    says(textOf(made->paper),
         {"关于2026年9月督查事项办理情况排名的通报", "1|市水利局|1|18.50|20.00|1.0000|92.50|0.00|0.00|92.50|",
          "2|市住房和城乡建设局|1|0.00|20.00|1.0000|0.00|", "—|湖滨区人民政府|0|", "第1名市水利局，92.50分"});
    EXPECT_EQ(made->paper.attachments.size(), 2U);
    refuses(draft("monthly_ranking", "2026-10", "2026-10-31"), Code::WrongUsage, "还没有过完");
    refuses(draft("monthly_ranking", "2026-13", "2026-10-31"), Code::InvalidArgument, "不是月份");
    refuses(draft("monthly_ranking", "2025-09", "2026-10-31"), Code::WrongUsage, "没有一个单位");
}

TEST_F(Papers, aNumberIsGivenOnceAndAPaperOnce) {
    PaperOrder order;
    order.id = Uuid{{7}};
    const json first = issue("supervision_notice", "i1", "2026-07-01", order);
    EXPECT_EQ(first["number"], "三政督〔2026〕1号");
    EXPECT_EQ(issue("supervision_notice", "i1", "2026-07-01", order)["paper"], first["paper"])
        << "the same order again";
    const auto other = draft("urging_notice", "i1", "2026-09-24", order);
    ASSERT_TRUE(other);
    const auto taken = issuePaper(intake(), actor(m_chief), *other);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, Code::AlreadyDone);
    const auto again = issuePaper(intake(), actor(m_chief), *draft("supervision_notice", "i1", "2026-07-02"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Code::AlreadyDone);
    EXPECT_NE(again.error().detail.find("三政督〔2026〕1号"), std::string::npos);
    EXPECT_EQ(issue("urging_notice", "i1", "2026-09-24")["number"], "三政督〔2026〕2号");
    EXPECT_EQ(issue("monthly_ranking", "2026-09", "2026-10-08")["number"], "三政督〔2026〕3号");
}

TEST_F(Papers, onlyALaterPaperRevokesOne) {
    const json first = issue("urging_notice", "i1", "2026-09-23");
    const json second = issue("urging_notice", "i1", "2026-09-24");
    const auto revoke = [&](const json &paper, const json &by, const std::string &reason = "写错了时限") {
        return revokePaper(intake(), actor(m_chief), paper["number"], by["number"], reason);
    };
    EXPECT_FALSE(revoke(second, first)) << "an earlier one";
    EXPECT_FALSE(revoke(first, first)) << "itself";
    EXPECT_FALSE(revoke(first, second, "")) << "no reason";
    ASSERT_TRUE(revoke(first, second));
    EXPECT_FALSE(revoke(first, second)) << "twice";
    const auto detail = paperDetail(ledger(), *findPaper(ledger(), "三政督〔2026〕1号"));
    ASSERT_TRUE(detail);
    EXPECT_EQ((*detail)["state"], "revoked");
    EXPECT_EQ((*detail)["revocation"]["number"], "三政督〔2026〕2号");
    const auto shown = issuedPaper(ledger(), rowOf(*findPaper(ledger(), "三政督〔2026〕1号")));
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->note, "已被三政督〔2026〕2号撤销");
    EXPECT_EQ(issue("urging_notice", "i1", "2026-09-23")["number"], "三政督〔2026〕3号") << "its number stays taken";
}

TEST_F(Papers, eachUnitReceivesItOnce) {
    const json paper = issue("supervision_notice", "i1", "2026-07-01");
    const Uuid clerk = person("承办人");
    append({{"role.grant",
             newUuid(intake().clock(), intake().random()),
             {{"person", clerk}, {"role", "unit_clerk"}, {"unit", unit("u2")}, {"from", 0}}}});
    const std::string number = paper["number"];
    const auto first = receivePaper(intake(), actor(clerk), number, "u2");
    ASSERT_TRUE(first) << first.error().detail;
    const auto operations = log().size();
    const auto second = receivePaper(intake(), actor(clerk), number, "u2");
    ASSERT_TRUE(second);
    EXPECT_EQ(*first, *second);
    EXPECT_EQ(log().size(), operations) << "the second one writes nothing";
    EXPECT_FALSE(receivePaper(intake(), actor(clerk), number, "u1")) << "another unit's";
    EXPECT_FALSE(receivePaper(intake(), actor(m_chief), number, "u2")) << "the office in its stead";
    EXPECT_FALSE(receivePaper(intake(), Actor{}, number, "u2")) << "the operator";
    const json toOthers = issue("urging_notice", "i1", "2026-09-24");
    EXPECT_TRUE(receivePaper(intake(), actor(clerk), toOthers["number"], "u2"));
    const auto list = listPapers(ledger(), {});
    ASSERT_TRUE(list);
    EXPECT_EQ((*list)["papers"][0]["state"], "received");
    EXPECT_EQ((*list)["papers"][1]["received"], 1);
    EXPECT_EQ((*list)["papers"][1]["of"], 2);
    PaperQuery query;
    query.unit = unit("u3");
    EXPECT_EQ((*listPapers(ledger(), query))["papers"].size(), 0U);
    query.unit = unit("u1");
    EXPECT_EQ((*listPapers(ledger(), query))["papers"].size(), 1U);
}

TEST_F(Papers, takeTheRightRolesAndAnUnchangedItem) {
    const auto made = draft("supervision_notice", "i1", "2026-07-01");
    ASSERT_TRUE(made);
    const auto byReviewer = issuePaper(intake(), actor(m_reviewer), *made);
    ASSERT_FALSE(byReviewer);
    EXPECT_EQ(byReviewer.error().code, Code::NotAllowed);
    const Uuid stranger = person("外人", "auditor");
    PaperOrder order;
    order.kind = "supervision_notice";
    order.subject = "i1";
    EXPECT_EQ(draftPaper(ledger(), m_book, actor(stranger), order, kToday).error().code, Code::NotAllowed);
    append({{"item.correct", item("i1"), {{"due_on", "2026-10-31"}, {"reason", "写错了"}}}});
    const auto stale = issuePaper(intake(), actor(m_chief), *made);
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, Code::Conflict);
}

TEST_F(Papers, anItemWithASignThatNoFontHasIsRefusedByName) {
    append({{"item.correct", item("i1"), {{"responsible_person", "\xF0\xB1\x8D\x90某"}, {"reason", "改"}}}});
    refuses(draft("supervision_notice", "i1", "2026-07-01"), Code::InvalidArgument, "U+31350");
    append({{"item.correct", item("i1"), {{"responsible_person", "甲\xE2\x80\xAE乙"}, {"reason", "改"}}}});
    refuses(draft("supervision_notice", "i1", "2026-07-01"), Code::InvalidArgument, "U+202E");
}

TEST_F(Papers, anIssuedPaperOutlivesEverything) {
    const json paper = issue("supervision_notice", "i1", "2026-07-01");
    const Uuid id = *uuidFromText(paper["paper"].get<std::string>());
    const std::string content = rowOf(id).text("content");
    EXPECT_EQ(sha256(viewOf(content)), *rowOf(id).value("digest")->digest());
    append({{"item.correct", item("i1"), {{"title", "别的工程"}, {"reason", "改"}}}});
    const auto shown = issuedPaper(ledger(), rowOf(id));
    ASSERT_TRUE(shown);
    says(textOf(*shown), {"城区雨污分流改造工程"});
    const auto pdf = paperPdf(*shown);
    ASSERT_TRUE(pdf);
    EXPECT_EQ(*pdf, *paperPdf(*issuedPaper(ledger(), rowOf(id)))) << "made twice from one operation";
    const auto checked = checkLedger(ledger(), m_keys, nullptr);
    ASSERT_TRUE(checked);
    EXPECT_TRUE((*checked)["ok"].get<bool>()) << checked->dump(1);
    const auto rebuilt = rebuildLedger(ledger());
    ASSERT_TRUE(rebuilt);
    EXPECT_TRUE((*rebuilt)["same"].get<bool>());
}

TEST_F(Papers, goOutWithTheLedgerFileAndComeBackTheSame) {
    (void)issue("urging_notice", "i1", "2026-09-23");
    (void)issue("urging_notice", "i1", "2026-09-24");
    (void)issue("monthly_ranking", "2026-09", "2026-10-08");
    ASSERT_TRUE(revokePaper(intake(), actor(m_chief), "三政督〔2026〕1号", "三政督〔2026〕2号", "写错了时限"));
    const Uuid clerk = person("承办人");
    append({{"role.grant",
             newUuid(intake().clock(), intake().random()),
             {{"person", clerk}, {"role", "unit_clerk"}, {"unit", unit("u2")}, {"from", 0}}}});
    ASSERT_TRUE(receivePaper(intake(), actor(clerk), "三政督〔2026〕2号", "u2"));
    const auto file = exportLedgerFile(ledger());
    ASSERT_TRUE(file);
    const auto again = importLedgerFile(intake(), Actor{}, *file, false);
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ((*again)["papers"], (json{{"new", 0}, {"changed", 0}, {"same", 3}}));

    class Other : public OfficeFixture {
    public:
        void TestBody() override {}
        using OfficeFixture::intake;
        using OfficeFixture::ledger;
        using OfficeFixture::m_keys;
    } other;
    const auto taken = importLedgerFile(other.intake(), Actor{}, *file, false);
    ASSERT_TRUE(taken) << taken.error().detail;
    EXPECT_EQ((*taken)["papers"]["new"], 3);
    EXPECT_EQ(*exportLedgerFile(other.ledger()), *file);
    const auto list = listPapers(other.ledger(), {});
    EXPECT_EQ((*list)["papers"][2]["state"], "revoked");
    EXPECT_EQ((*list)["papers"][1]["state"], "received");
    const auto checked = checkLedger(other.ledger(), other.m_keys, nullptr);
    EXPECT_TRUE((*checked)["ok"].get<bool>()) << checked->dump(1);

    const std::pair<std::string, std::string> spoils[] = {
        {R"("number":"三政督〔2026〕1号")", "papers[0].number"}, // a second one of number 2
        {R"("kind":"urging_notice")", "papers[0].kind"},
        {R"("revoked_by":"三政督〔2026〕2号")", "papers[0].revoked_by"},
        {"zhicha-paper 1", "papers[0].content"}};
    const std::string replacements[] = {R"("number":"三政督〔2026〕2号")", R"("kind":"letter")",
                                        R"("revoked_by":"三政督〔2026〕9号")", "zhicha-paper 2"};
    for (std::size_t i = 0; i < std::size(spoils); ++i) {
        std::string bad = *file;
        const std::size_t at = bad.find(spoils[i].first);
        ASSERT_NE(at, std::string::npos) << spoils[i].first;
        bad.replace(at, spoils[i].first.size(), replacements[i]);
        const auto refused = importLedgerFile(other.intake(), Actor{}, bad, false);
        ASSERT_FALSE(refused) << spoils[i].second;
        EXPECT_NE(refused.error().detail.find("papers["), std::string::npos) << refused.error().detail;
    }
    std::string changed = *file;
    const std::string title = R"("title":"关于催办)";
    changed.replace(changed.find(title), title.size(), R"("title":"关于取消)");
    const auto refused = importLedgerFile(other.intake(), Actor{}, changed, false);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("never changes"), std::string::npos) << refused.error().detail;
}

TEST(PaperTitle, breaksBetweenItsPartsAlone) {
    EXPECT_EQ(titleOf({"关于约谈", "市水利局", "的通知"}), "关于约谈市水利局的通知");
    EXPECT_EQ(titleOf({"关于对市住房和城乡建设局", "予以通报批评的通报"}),
              "关于对市住房和城乡建设局\n予以通报批评的通报");
    EXPECT_EQ(titleOf({"关于办理督查事项", "“城区雨污分流改造工程”", "（督〔2026〕7号）", "的通知"}),
              "关于办理督查事项“城区雨污分流改造工程”\n（督〔2026〕7号）的通知");
    const std::string longPart(3 * 21, 'x');
    EXPECT_EQ(titleOf({"关于", longPart, "的通知"}), "关于" + longPart + "的通知") << "left to the typesetter";
}

TEST(PaperContent, refusesWhatIsNone) {
    for (const char *bad :
         {"", "[]", "{}", "{\"format\":\"zhicha-paper 2\"}", "{\"format\":\"zhicha-paper 1\",\"to\":7}"})
        EXPECT_FALSE(readPaperContent(bad)) << bad;
    PaperContent content;
    content.paper.title = "标题";
    content.paper.body = {{documents::BlockKind::Table, "", "", {{{"甲", 3, documents::Align::Right}}, {{"一"}}}},
                          {documents::BlockKind::Text, "（一）甲。", "乙", {}}};
    content.restsOn = {{"二（二）", "登记"}};
    const auto text = paperContentText(content);
    ASSERT_TRUE(text);
    const auto back = readPaperContent(*text);
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(*paperContentText(*back), *text);
    for (std::size_t cut = 0; cut < text->size(); ++cut)
        EXPECT_FALSE(readPaperContent(text->substr(0, cut)));
    content.paper.body[1].text = std::string(60'000, 'x');
    const auto large = paperContentText(content);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, Code::TooLarge);
}
} // namespace
