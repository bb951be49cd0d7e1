#include "sync-server/http/resources/console/audit_words.h"

#include <map>

namespace zhicha {

std::pair<std::string, std::string> auditWords(const std::string &act) {
    static const std::map<std::string, std::pair<std::string, std::string>> kWords{
        {"sign_in", {"口令登录", "signed in"}},
        {"sign_out", {"退出", "signed out"}},
        {"second_factor", {"验证第二因素", "second factor"}},
        {"password_change", {"更改口令", "changed the password"}},
        {"totp_set", {"设置一次性口令", "set up one-time codes"}},
        {"totp_drop", {"取消一次性口令", "dropped one-time codes"}},
        {"key_add", {"登记安全密钥", "registered a security key"}},
        {"key_drop", {"取消安全密钥", "dropped a security key"}},
        {"first_run", {"首次设置", "first run"}},
        {"check_read", {"查看检查", "read a check"}},
        {"check_report", {"下载检查报告", "downloaded a check's report"}},
        {"photo_read", {"查看原图", "read an original"}},
        {"comment", {"评论", "commented"}},
        {"review_accept", {"采信", "accepted"}},
        {"review_return", {"退回提问", "returned with a question"}},
        {"check_close", {"代为结束检查", "closed a check"}},
        {"check_hand", {"转交检查", "handed a check on"}},
        {"join_admit", {"准许参加检查", "admitted a joiner"}},
        {"void", {"作废", "made void"}},
        {"conflict_raise", {"提出异议", "raised a conflict"}},
        {"conflict_decide", {"裁定", "decided a conflict"}},
        {"finding_amend", {"更正问题", "amended a finding"}},
        {"enrol_code", {"生成登记码", "made an enrolment code"}},
        {"device_revoke", {"吊销平板", "revoked a tablet"}},
        {"device_readmit", {"恢复平板", "readmitted a tablet"}},
        {"person_add", {"新增人员", "added a person"}},
        {"role_grant", {"授予角色", "granted a role"}},
        {"role_confirm", {"确认角色", "confirmed a role"}},
        {"role_end", {"收回角色", "ended a role"}},
        {"password_reset", {"重设口令", "reset a password"}},
        {"unlock", {"解锁账号", "unlocked an account"}},
        {"item_register", {"登记事项", "registered an item"}},
        {"item_correct", {"更正事项", "corrected an item"}},
        {"item_complete", {"登记办结", "completed an item"}},
        {"item_reopen", {"重新打开事项", "reopened an item"}},
        {"report_ask", {"要求报送", "asked for a report"}},
        {"report_submit", {"报送报告", "handed a report in"}},
        {"report_return", {"退回报告", "returned a report"}},
        {"report_accept", {"通过报告", "accepted a report"}},
        {"request_file", {"提出申请", "filed a request"}},
        {"request_sign", {"签批申请", "signed a request"}},
        {"request_refuse", {"不同意申请", "refused a request"}},
        {"request_return", {"退回补正申请", "returned a request"}},
        {"step_record", {"记录督办步骤", "recorded a step"}},
        {"step_met", {"记录承诺兑现", "recorded a commitment met"}},
        {"event_enter", {"登记加减分", "entered points"}},
        {"ranking_publish", {"公布月排名", "published a ranking"}},
        {"paper_issue", {"签发公文", "issued a paper"}},
        {"paper_revoke", {"撤销公文", "revoked a paper"}},
        {"paper_receive", {"签收公文", "signed for a paper"}},
        {"paper_download", {"下载公文", "downloaded a paper"}},
        {"feedback", {"意见建议", "gave feedback"}},
        {"refused", {"越权访问被拒", "refused: outside the role"}},
    };
    const auto it = kWords.find(act);
    return it == kWords.end() ? std::pair(act, act) : it->second;
}

} // namespace zhicha
