#include "tests/unit/shared/documents/sample_paper.h"

namespace zhicha::documents {

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

Paper samplePaper() {
    Paper paper;
    paper.level = "内部";
    paper.issuer = "三门峡市人民政府督查室文件";
    paper.number = "三政督〔2026〕15号";
    paper.title = "关于督促办理城区雨污分流改造工程的通知";
    paper.to = {"市住房和城乡建设局", "湖滨区人民政府"};
    paper.body = {
        {BlockKind::Text,
         "",
         "根据市政府常务会议决定，现将城区雨污分流改造工程督查事项（督〔2026〕7号）通知如下。",
         {}},
        {BlockKind::Heading, "", "一、办理要求", {}},
        {BlockKind::Text,
         "（一）加快推进。",
         "各责任单位要强化措施，快速推进，及时落实，按任务时间节点办理，不得无故拖延。",
         {}},
        {BlockKind::Heading, "", "二、办理时限", {}},
        {BlockKind::Text, "", "请于2026年12月31日前办结，并将办理情况书面报送市政府督查室。联系人：朱镕喆、𠮷田。", {}},
    };
    paper.signature = "三门峡市人民政府督查室";
    paper.day = "2026-11-30";
    paper.copies = {"市委办公室", "市人大常委会办公室", "市政协办公室", "分管副市长"};
    paper.printedBy = "三门峡市人民政府督查室";
    return paper;
}

Paper filledPaper(std::size_t paragraphs, std::size_t signs) {
    Paper paper = samplePaper();
    paper.copies.clear();
    paper.printedBy.clear();
    paper.body.clear();
    for (std::size_t i = 0; i < paragraphs; ++i)
        paper.body.push_back({BlockKind::Text, "", repeated("督", signs), {}});
    return paper;
}

} // namespace zhicha::documents
