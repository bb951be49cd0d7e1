#include "shared/protocol/console_problems.h"

#include <algorithm>

namespace zhicha {

namespace {
using enum Lifter;

constexpr Problem kConsoleProblems[] = {
    {"signed_out",
     401,
     Nobody,
     {"您还没有登录，或登录已结束。", "You are not signed in, or the session has ended."},
     {"已提交的都在；已输入的内容在服务器草稿中。", "What was submitted is there; what was typed is in the drafts."},
     {"请登录后继续。", "Sign in and go on."}},
    {"bad_credentials",
     401,
     Administrator,
     {"账号或口令不对。", "Account or password is wrong."},
     {"没有任何更改。", "Nothing has changed."},
     {"请核对后再试；忘记口令的找系统管理员。",
      "Check and try again; for a forgotten password ask the administrator."}},
    {"locked",
     403,
     SecurityOfficer,
     {"失败次数过多，已锁定。", "Too many failures: locked."},
     {"没有任何更改。", "Nothing has changed."},
     {"请到所示时间后再试，或找安全管理员解锁。", "Try again at the time stated, or ask the security officer."}},
    {"bad_code",
     401,
     Office,
     {"链接或验证码不对，或者已经失效。", "The link or the code is wrong, or no longer valid."},
     {"没有任何更改，您输入的文字还在。", "Nothing has changed; what you typed is kept."},
     {"请核对验证码；不对的，向督查室要新的。", "Check the code; if it is right, ask the office for a new one."}},
    {"not_yours",
     403,
     Administrator,
     {"这一页不在您的权限内。", "Outside your role."},
     {"没有任何更改。", "Nothing has changed."},
     {"确需查看的，向系统管理员申请角色。", "If you need it, ask the administrator for a role."}},
    {"recused",
     403,
     Office,
     {"您参加过这次检查，须回避。可以看，不能审核。", "You took part; you may read, not review."},
     {"没有任何更改。", "Nothing has changed."},
     {"请由另一名审核员办理。", "Another reviewer has to do this."}},
    {"needs_second_factor",
     403,
     Nobody,
     {"需要再次验证身份。", "Your second factor is needed again."},
     {"您的输入还在，验证后接着做。", "What you typed is kept; it goes on afterwards."},
     {"请用安全密钥或一次性口令验证。", "Use your security key or a one-time code."}},
    {"bad_csrf",
     403,
     Nobody,
     {"请求不是从本页面发出的，没有执行。", "The request did not come from this page; it was not carried out."},
     {"没有任何更改。", "Nothing has changed."},
     {"请重新载入页面后再试。", "Reload the page and try again."}},
    {"against_rules",
     409,
     Office,
     {"按通知规定不能这样办。", "The notice does not allow this."},
     {"没有任何更改，您的文字还在。", "Nothing has changed; your words are kept."},
     {"请看所引条款，改后再提。", "See the clause that is quoted, and file it otherwise."}},
    {"changed_meanwhile",
     409,
     Nobody,
     {"没有保存：别人改了同一项。", "Not saved: somebody else changed the same."},
     {"您的文字还在。", "Your words are kept."},
     {"请对照后再存。", "Compare, then save again."}},
    {"key_reused",
     409,
     Nobody,
     {"同一请求编号用于不同内容，没有执行。", "The same request number came with other content; not carried out."},
     {"第一次提交的已办，没有重复。", "What was submitted first is done, once."},
     {"请重新载入页面后再试。", "Reload the page and try again."}},
    {"not_now",
     409,
     Nobody,
     {"现在的状态不能这样办。", "Its present state does not permit this."},
     {"没有任何更改。", "Nothing has changed."},
     {"请看所列原因。", "See the reason stated."}},
    {"too_many",
     429,
     Nobody,
     {"请求太多，请稍后再试。", "Too many requests; try again later."},
     {"没有任何更改。", "Nothing has changed."},
     {"请稍等再试。", "Wait a little, then try again."}},
};
} // namespace

std::span<const Problem> consoleProblems() {
    return kConsoleProblems;
}

const Problem *findConsoleProblem(std::string_view key) {
    const auto it = std::find_if(std::begin(kConsoleProblems), std::end(kConsoleProblems),
                                 [&](const Problem &row) { return row.key == key; });
    return it == std::end(kConsoleProblems) ? nullptr : it;
}

} // namespace zhicha
