#pragma once
// The notice of a city that does not exist: other points, a ladder of three steps with other lengths, base 80, three
// groups. What must work without a line of code for it.
#include <string>

namespace zhicha::test {

inline const std::string &secondCityRules() {
    static const auto *text = new std::string(R"json({
  "format": "zhicha-rules 1",
  "id": "linjiang-2025-7",
  "notice": "临政办〔2025〕7号",
  "title": "临江市督查考核办法",
  "sources": [{"number": 1, "clause": "第三条", "wording": "市政府决定事项"}, {"number": 2, "clause": "第四条", "wording": "其他事项"}],
  "groups": [
    {"id": "district", "name": "区", "monthly_winners": 1, "clause": "第九条", "wording": "各区第一名"},
    {"id": "bureau", "name": "局", "monthly_winners": 2, "clause": "第九条", "wording": "各局前两名"},
    {"id": "company", "name": "市属企业", "monthly_winners": 0, "clause": "第九条", "wording": "企业不排名"}
  ],
  "item_kinds": [
    {"id": "plain", "name": "普通", "extension_limited": true},
    {"id": "project", "name": "工程", "extension_limited": false, "clause": "第六条", "wording": "工程类不限"}
  ],
  "numbers": {"item": "临督", "notice": "临政督", "clause": "第五条", "wording": "统一编号"},
  "extension": {"max_months": 1, "clause": "第六条", "wording": "延期不超过一个月"},
  "withdrawal": {"clause": "第七条", "wording": "经批准后销号"},
  "transfer": {"clause": "第八条", "wording": "经双方同意后变更"},
  "score": {"factor": 80, "start": 20, "item_points": 10, "award_decimals": 1, "clause": "第十条", "wording": "基础分八十分，另加二十分",
            "formula_clause": "第十条", "formula_wording": "得分为完成分占比乘八十乘系数"},
  "efficacy": {"fixed": 0.8, "shared": 0.2, "clause": "第十条", "wording": "系数为 0.8 加 0.2 乘占比"},
  "scope": {"unfinished": "issued", "cooperating_share": true, "clause": "第十条", "wording": "交办即计入"},
  "events": {"clause": "第十一条", "wording": "与事项无关的不计", "subordinate_clause": "第十一条", "subordinate_wording": "下属单位不加分"},
  "monthly_ranking": {"score_of": "month", "dated": "month_end", "without_demerit": "not_asked", "clause": "第九条", "wording": "按当月得分排名"},
  "commendation": {"midyear": 1, "annual": 1, "across_groups": false, "clause": "第十二条", "wording": "各组第一名"},
  "escalation": {
    "clause": "第十三条", "wording": "逐级处理",
    "urge": {"action": "remind", "name": "提醒", "workdays": 2, "horizon_days": 10, "clause": "第十三条", "wording": "到期前两个工作日提醒"},
    "steps_on_or_before_due_count": true,
    "steps": [
      {"step": 1, "action": "warn", "name": "警示", "mend_workdays": 3, "clause": "第十三条", "wording": "限三个工作日"},
      {"step": 2, "action": "talk", "name": "谈话", "mend_workdays": 10, "written_commitment": true, "clause": "第十三条", "wording": "限十个工作日"},
      {"step": 3, "action": "report_up", "name": "上报", "clause": "第十三条", "wording": "上报市政府"}
    ]
  },
  "classes": [
    {"id": "praise", "name": "表扬", "clause": "第十一条", "wording": "表扬", "highest_only": true, "highest_only_clause": "第十一条", "highest_only_wording": "取最高"},
    {"id": "blame", "name": "批评", "clause": "第十一条", "wording": "批评"},
    {"id": "ranking", "name": "排名", "clause": "第九条", "wording": "排名"}
  ],
  "rules": [
    {"id": "praise.province", "points": 7.5, "clause": "第十一条", "wording": "省级加 7.5 分"},
    {"id": "praise.city", "points": 2.25, "clause": "第十一条", "wording": "市级加 2.25 分"},
    {"id": "blame.city", "points": -3, "clause": "第十一条", "wording": "市级减 3 分"},
    {"id": "ranking.monthly", "points": 1.5, "clause": "第九条", "wording": "当月第一名加 1.5 分", "automatic": "monthly_ranking"}
  ]
})json");
    return *text;
}

} // namespace zhicha::test
