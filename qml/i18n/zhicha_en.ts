<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AnswerMark</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>AnswerPage</name>
    <message>
        <source>清除答案</source>
        <translation>Clear answer</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>先答这一问</source>
        <translation>Answer this question first</translation>
    </message>
    <message>
        <source>两说不一</source>
        <translation>Disputed</translation>
    </message>
    <message>
        <source>督查室裁定，你不用动。</source>
        <translation>The office decides; nothing for you to do.</translation>
    </message>
    <message>
        <source>说明看到了什么、怎么得出的答案</source>
        <translation>What was seen, and how the answer came about</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>依据 %1</source>
        <translation>Evidence %1</translation>
    </message>
    <message>
        <source>原样保存，不裁不改</source>
        <translation>Kept as they were shot</translation>
    </message>
    <message>
        <source>照片或说明，有一样就算有依据。</source>
        <translation>A photo or a note: either counts as evidence.</translation>
    </message>
    <message>
        <source>这一问的经过</source>
        <translation>How this question went</translation>
    </message>
    <message>
        <source>已清除“%1”</source>
        <translation>Cleared “%1”</translation>
    </message>
    <message>
        <source>这一问的经过里都留着。</source>
        <translation>It stays in the history of this question.</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
</context>
<context>
    <name>AnswerPicker</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>ArchivePage</name>
    <message>
        <source>正在写…</source>
        <translation>Writing…</translation>
    </message>
    <message>
        <source>检查报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>报告已写好</source>
        <translation>The report is written</translation>
    </message>
    <message>
        <source>%1。供阅读和归档，不是证据。</source>
        <translation>%1. For reading and filing; it is no evidence.</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>四不两直</source>
        <translation>Four-no, two-direct</translation>
    </message>
    <message>
        <source>继续检查</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>照片 %1</source>
        <translation>Photos %1</translation>
    </message>
    <message>
        <source>原样保存，不裁不改</source>
        <translation>Kept as they were shot</translation>
    </message>
    <message>
        <source>问题 %1</source>
        <translation>Findings %1</translation>
    </message>
    <message>
        <source>草稿，未记入</source>
        <translation>Draft, not recorded</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>群众 %1 人</source>
        <translation>%1 people</translation>
    </message>
    <message>
        <source>满意 %1&#x3000;一般 %2&#x3000;不满意 %3</source>
        <translation>Satisfied %1  Neutral %2  Dissatisfied %3</translation>
    </message>
</context>
<context>
    <name>AttestPage</name>
    <message>
        <source>口令不对，没有签。</source>
        <translation>Wrong PIN; nothing was signed.</translation>
    </message>
    <message>
        <source>完成检查</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>还差 %1 项</source>
        <translation>%1 still missing</translation>
    </message>
    <message>
        <source>检查还差 %1 项</source>
        <translation>%1 of the check missing</translation>
    </message>
    <message>
        <source>待签</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>拒签…</source>
        <translation>Refuse to sign…</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>四不两直</source>
        <translation>Four-no, two-direct</translation>
    </message>
    <message>
        <source>%1 · 左为本机测得，右由督查员确认</source>
        <translation>%1 · measured at the left, the inspector&apos;s word at the right</translation>
    </message>
    <message>
        <source>%1 / 6</source>
        <translation>%1 / 6</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>拒签也是有效的结束。写明原因，随检查送出。</source>
        <translation>Refusing to sign is a valid end too. Give the reason; it goes with the check.</translation>
    </message>
    <message>
        <source>拒签</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>输入本人口令，签下到此为止的全部记录。签后只能更正，不能再改。</source>
        <translation>Your own PIN signs every record up to now. After that corrections remain, changes do not.</translation>
    </message>
    <message>
        <source>要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>本机测得</source>
        <translation>Measured here</translation>
    </message>
    <message>
        <source>督查员确认</source>
        <translation>The inspector&apos;s word</translation>
    </message>
    <message>
        <source>说明：%1</source>
        <translation>Explanation: %1</translation>
    </message>
    <message>
        <source>为什么没做到</source>
        <translation>Why it was not kept</translation>
    </message>
    <message>
        <source>说明情况</source>
        <translation>Explain</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>另一名督查员</source>
        <translation>Another inspector</translation>
    </message>
    <message>
        <source>督查员</source>
        <translation>Inspector</translation>
    </message>
    <message>
        <source>会签督查员</source>
        <translation>Countersigning inspector</translation>
    </message>
    <message>
        <source>签名覆盖 %1 项记录 · 末值 %2</source>
        <translation>Covers %1 records · head %2</translation>
    </message>
    <message>
        <source>用本人口令签</source>
        <translation>Signed with your own PIN</translation>
    </message>
    <message>
        <source>请同事会签</source>
        <translation>Ask a colleague to sign</translation>
    </message>
    <message>
        <source>在这台平板上签的，随本人的记录送出</source>
        <translation>Signed on this tablet; goes out with their own records</translation>
    </message>
</context>
<context>
    <name>AttestRow</name>
    <message>
        <source>由督查员确认</source>
        <translation>For the inspector to say</translation>
    </message>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>AttestWords</name>
    <message>
        <source>到达后 %1拍第一张照片</source>
        <translation>First photo %1after arrival</translation>
    </message>
    <message>
        <source>航迹 %1，途中停留&#xa0;%2&#xa0;次</source>
        <translation>Track %1, %2 stops on the way</translation>
    </message>
    <message>
        <source>，共 %1</source>
        <translation>, %1 in all</translation>
    </message>
    <message>
        <source>航迹无缺口</source>
        <translation>No gap in the track</translation>
    </message>
    <message>
        <source>缺口&#xa0;%1&#xa0;处，共 %2</source>
        <translation>%1 gaps, %2 in all</translation>
    </message>
    <message>
        <source>%1 有定位，现场没有围栏</source>
        <translation>Position at %1; the site has no fence</translation>
    </message>
    <message>
        <source>%1 进入围栏</source>
        <translation>Entered the fence at %1</translation>
    </message>
    <message>
        <source>%1 的定位不在围栏内</source>
        <translation>Position at %1 not inside the fence</translation>
    </message>
    <message>
        <source>定位可疑，理由随记录送出</source>
        <translation>Doubtful position; the reasons go with the record</translation>
    </message>
    <message>
        <source>定位无异常：无模拟标志、无跳变</source>
        <translation>Position plausible: no mock flag, no jump</translation>
    </message>
    <message>
        <source>，±%1</source>
        <translation>, ±%1</translation>
    </message>
</context>
<context>
    <name>CameraAbsent</name>
    <message>
        <source>正在打开相机</source>
        <translation>Opening the camera</translation>
    </message>
    <message>
        <source>这台平板没有相机</source>
        <translation>This tablet has no camera</translation>
    </message>
    <message>
        <source>没有相机权限</source>
        <translation>No permission for the camera</translation>
    </message>
    <message>
        <source>相机打不开</source>
        <translation>The camera does not open</translation>
    </message>
    <message>
        <source>问题和答案照常记。</source>
        <translation>Findings and answers are recorded as usual.</translation>
    </message>
    <message>
        <source>问题和答案照常记。可导入照片，一律标为导入，非实拍；插上相机会自己认出。</source>
        <translation>Findings and answers are recorded as usual. Photos can be imported and are marked as imported, not shot here; a camera that is plugged in is found by itself.</translation>
    </message>
    <message>
        <source>问题和答案照常记。在系统设置里允许本程序用相机；在此之前可导入照片，标为导入，非实拍。</source>
        <translation>Findings and answers are recorded as usual. Allow this program to use the camera in the system settings; until then photos can be imported, marked as not shot here.</translation>
    </message>
    <message>
        <source>问题和答案照常记。关掉占着相机的程序，或重新插一次；在此之前可导入照片，标为导入，非实拍。</source>
        <translation>Findings and answers are recorded as usual. Close the program that holds the camera, or plug it in again; until then photos can be imported, marked as not shot here.</translation>
    </message>
    <message>
        <source>导入照片…</source>
        <translation>Import photos…</translation>
    </message>
    <message>
        <source>去设置</source>
        <translation>To settings</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>附于&#x3000;%1</source>
        <translation>For  %1</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>本次检查</source>
        <translation>This check</translation>
    </message>
    <message>
        <source>取得方式&#x3000;%1</source>
        <translation>Taken  %1</translation>
    </message>
    <message>
        <source>批准文号</source>
        <translation>Approval number</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>刚拍 %1 张</source>
        <translation>%1 just shot</translation>
    </message>
    <message>
        <source>看照片，%1</source>
        <translation>Look at the photo, %1</translation>
    </message>
    <message>
        <source>快门</source>
        <translation>Shutter</translation>
    </message>
    <message>
        <source>先选取得方式</source>
        <translation>Choose how taken first</translation>
    </message>
    <message>
        <source>不能拍</source>
        <translation>Cannot shoot</translation>
    </message>
    <message>
        <source>正在存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>余 %1，不能再拍</source>
        <translation>%1 left, no more photos</translation>
    </message>
    <message>
        <source>白框 = 已存好</source>
        <translation>White frame = saved</translation>
    </message>
    <message>
        <source>换镜头</source>
        <translation>Other lens</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>响声和白框 = 已存好</source>
        <translation>Sound and frame = saved</translation>
    </message>
</context>
<context>
    <name>CameraStamp</name>
    <message>
        <source>无定位：照片照存，标明无定位</source>
        <translation>No position: photos are kept and marked so</translation>
    </message>
    <message>
        <source>模拟</source>
        <translation>Simulated</translation>
    </message>
    <message>
        <source>±%1</source>
        <translation>±%1</translation>
    </message>
    <message>
        <source>精度不明</source>
        <translation>accuracy unknown</translation>
    </message>
    <message>
        <source>围栏内 %1</source>
        <translation>Inside the fence, %1</translation>
    </message>
    <message>
        <source>在围栏边</source>
        <translation>At the fence</translation>
    </message>
    <message>
        <source>距围栏 %1</source>
        <translation>%1 from the fence</translation>
    </message>
    <message>
        <source>%1 %2 星</source>
        <translation>%1 %2 sat.</translation>
    </message>
    <message>
        <source>北斗</source>
        <translation>BeiDou</translation>
    </message>
    <message>
        <source>卫星</source>
        <translation>Satellites</translation>
    </message>
    <message>
        <source>时钟准</source>
        <translation>Clock right</translation>
    </message>
    <message>
        <source>时钟慢 %1</source>
        <translation>Clock slow by %1</translation>
    </message>
    <message>
        <source>时钟快 %1</source>
        <translation>Clock fast by %1</translation>
    </message>
</context>
<context>
    <name>zhicha::CheckController</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>CheckHead</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>等督查室送来的检查</source>
        <translation>A check still to come from the office</translation>
    </message>
    <message>
        <source>责任单位&#x3000;%1</source>
        <translation>Responsible unit  %1</translation>
    </message>
    <message>
        <source>无定位开始：%1</source>
        <translation>Started without position: %1</translation>
    </message>
    <message>
        <source>模拟</source>
        <translation>Simulated</translation>
    </message>
    <message>
        <source>到达时 ±%1</source>
        <translation>±%1 at arrival</translation>
    </message>
    <message>
        <source>航迹 %1</source>
        <translation>Track %1</translation>
    </message>
    <message>
        <source>北斗</source>
        <translation>BeiDou</translation>
    </message>
    <message>
        <source>卫星</source>
        <translation>Satellites</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>完成检查</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>还差 %1 项</source>
        <translation>%1 still missing</translation>
    </message>
    <message>
        <source>四不两直</source>
        <translation>Four-no, two-direct</translation>
    </message>
    <message>
        <source>记问题</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>完成后这次检查送督查室审核，还能更正，不能再加。</source>
        <translation>After this the check goes to review: corrections remain possible, additions do not.</translation>
    </message>
    <message>
        <source>%1 人已问</source>
        <translation>%1 people asked</translation>
    </message>
    <message>
        <source>问题 %1</source>
        <translation>Findings %1</translation>
    </message>
    <message>
        <source>还没有记问题</source>
        <translation>No findings yet</translation>
    </message>
    <message>
        <source>还没写字</source>
        <translation>Nothing written yet</translation>
    </message>
    <message>
        <source>草稿，未记入</source>
        <translation>Draft, not recorded</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>两说不一</source>
        <translation>Disputed</translation>
    </message>
    <message>
        <source>照片 %1</source>
        <translation>Photos %1</translation>
    </message>
    <message>
        <source>同事</source>
        <translation>Colleagues</translation>
    </message>
    <message>
        <source>%1；请人参加或会签</source>
        <translation>%1; let others join or sign</translation>
    </message>
    <message>
        <source>现场不对？</source>
        <translation>Wrong site?</translation>
    </message>
    <message>
        <source>更正为别的现场，写明原因</source>
        <translation>Correct it, with a reason</translation>
    </message>
</context>
<context>
    <name>CheckWords</name>
    <message>
        <source>落实</source>
        <translation>Carried out</translation>
    </message>
    <message>
        <source>整改</source>
        <translation>Rectified</translation>
    </message>
    <message>
        <source>群众满意</source>
        <translation>People</translation>
    </message>
    <message>
        <source>%1&#xa0;号</source>
        <translation>No. %1</translation>
    </message>
    <message>
        <source>本次检查</source>
        <translation>This check</translation>
    </message>
    <message>
        <source>问题草稿未记入</source>
        <translation>A draft finding is not recorded</translation>
    </message>
    <message>
        <source>四不两直 第&#xa0;%1&#xa0;项</source>
        <translation>Four-no, part %1</translation>
    </message>
    <message>
        <source>本次</source>
        <translation>This check</translation>
    </message>
    <message>
        <source>%1 %2 缺依据</source>
        <translation>%1 %2 without evidence</translation>
    </message>
</context>
<context>
    <name>CodeField</name>
    <message>
        <source>已输 %1 位，共 %2 位</source>
        <translation>%1 of %2 entered</translation>
    </message>
    <message>
        <source>校验不符，请督查室再念一遍</source>
        <translation>Does not check; have it read again</translation>
    </message>
</context>
<context>
    <name>CodePad</name>
    <message>
        <source>删一位</source>
        <translation>Erase one</translation>
    </message>
</context>
<context>
    <name>ColleaguePage</name>
    <message>
        <source>口令不对，没有签。再错 %1 次要等 1 分钟。</source>
        <translation>Wrong PIN; nothing was signed. After %1 more you wait a minute.</translation>
    </message>
    <message>
        <source>错的次数太多，%1 秒后再试。</source>
        <translation>Too many wrong PINs; try again in %1 s.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>同事</source>
        <translation>Colleagues</translation>
    </message>
    <message>
        <source>%1 · 参加或会签</source>
        <translation>%1 · join or sign</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>%1 已会签</source>
        <translation>%1 has signed</translation>
    </message>
    <message>
        <source>签名存在本人的记录里，等本人在这台平板上解锁后送出。</source>
        <translation>The signature is in their own records and goes out when they unlock this tablet.</translation>
    </message>
    <message>
        <source>扫这个，参加检查</source>
        <translation>Scan this to join the check</translation>
    </message>
    <message>
        <source>同事在自己的平板上：新建检查 → 扫码参加或会签。%1 前有效，过时自动换新。</source>
        <translation>On the colleague&apos;s tablet: New check → Scan to join or countersign. Valid until %1, then renewed by itself.</translation>
    </message>
    <message>
        <source>扫这个，会签</source>
        <translation>Scan this to countersign</translation>
    </message>
    <message>
        <source>签到此刻为止的全部记录，末值 %1，两边屏幕上应当一样。</source>
        <translation>Signs all records up to now. Mark %1: it must be the same on both screens.</translation>
    </message>
    <message>
        <source>在这台平板上会签</source>
        <translation>Countersign on this tablet</translation>
    </message>
    <message>
        <source>用本人口令，签名存进本人的记录</source>
        <translation>With their own PIN, into their own records</translation>
    </message>
    <message>
        <source>另一名督查员</source>
        <translation>Another inspector</translation>
    </message>
    <message>
        <source>签名或拒签</source>
        <translation>Sign or refuse</translation>
    </message>
    <message>
        <source>%1 为什么拒签？原因随检查送出。</source>
        <translation>Why does %1 refuse to sign? The reason goes with the check.</translation>
    </message>
    <message>
        <source>拒签</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>%1 输入本人口令，记下拒签：%2</source>
        <translation>%1, enter your PIN to record the refusal: %2</translation>
    </message>
    <message>
        <source>%1 输入本人口令，签下到此为止的全部记录。</source>
        <translation>%1, enter your PIN to sign all records up to now.</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>拒签…</source>
        <translation>Refuse to sign…</translation>
    </message>
</context>
<context>
    <name>ConfirmStrip</name>
    <message>
        <source>留着</source>
        <translation>Keep</translation>
    </message>
</context>
<context>
    <name>CorrectPage</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>更正现场</source>
        <translation>Correct the site</translation>
    </message>
    <message>
        <source>现在是 %1</source>
        <translation>Now: %1</translation>
    </message>
    <message>
        <source>两说不一</source>
        <translation>Disputed</translation>
    </message>
    <message>
        <source>督查室裁定，你不用动。</source>
        <translation>The office decides; nothing for you to do.</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>把现场更正为 %1？写明原因；原来选的留在记录里，到达和航迹不变。</source>
        <translation>Correct the site to %1? Give the reason; the first choice stays on record, arrival and track stay as they are.</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>现场、责任单位或地址</source>
        <translation>Site, responsible unit or address</translation>
    </message>
    <message>
        <source>现场建议，督查室还没收下</source>
        <translation>Proposed here, not yet taken by the office</translation>
    </message>
    <message>
        <source>本机没有别的现场</source>
        <translation>There is no other site on this tablet</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>Nothing found for &quot;%1&quot;</translation>
    </message>
    <message>
        <source>名册里没有的，可在“新建检查”里报给督查室。</source>
        <translation>A site that is not listed can be proposed under New check.</translation>
    </message>
</context>
<context>
    <name>CountersignPage</name>
    <message>
        <source>口令不对，没有签。</source>
        <translation>Wrong PIN; nothing was signed.</translation>
    </message>
    <message>
        <source>拒签…</source>
        <translation>Refuse to sign…</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>会签</source>
        <translation>Countersign</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>这不是会签码</source>
        <translation>This is no countersign code</translation>
    </message>
    <message>
        <source>请同事打开“同事”页，扫“会签”那个码。</source>
        <translation>Ask your colleague to open Colleagues and scan the countersign code.</translation>
    </message>
    <message>
        <source>已签</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>存在这台平板上，有网就送出。</source>
        <translation>Kept on this tablet; goes out when there is a network.</translation>
    </message>
    <message>
        <source>现场（码里写的）</source>
        <translation>Site (as the code says)</translation>
    </message>
    <message>
        <source>请你签的人（码里写的）</source>
        <translation>Who asks (as the code says)</translation>
    </message>
    <message>
        <source>签到哪里为止：末值，应与同事屏幕上一样</source>
        <translation>Up to where: the mark, the same as on your colleague&apos;s screen</translation>
    </message>
    <message>
        <source>签名的人</source>
        <translation>Who signs</translation>
    </message>
    <message>
        <source>拒签也是有效的结束。写明原因，随检查送出。</source>
        <translation>Refusing to sign is a valid end too. Give the reason; it goes with the check.</translation>
    </message>
    <message>
        <source>拒签</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>输入本人口令，签下到末值为止的全部记录。</source>
        <translation>Enter your PIN to sign all records up to the mark.</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>登记这台平板</source>
        <translation>Enrol this tablet</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>输登记码</source>
        <translation>Type the code</translation>
    </message>
    <message>
        <source>核对督查室</source>
        <translation>Compare the office</translation>
    </message>
    <message>
        <source>设口令</source>
        <translation>Choose a PIN</translation>
    </message>
    <message>
        <source>取事项和现场</source>
        <translation>Fetch items and sites</translation>
    </message>
    <message>
        <source>再试</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>服务器地址</source>
        <translation>Server address</translation>
    </message>
    <message>
        <source>写成 https://主机名:端口</source>
        <translation>Write https://host:port</translation>
    </message>
    <message>
        <source>登记码（8 位，10 分钟内有效，只用一次）</source>
        <translation>Enrolment code (8 characters, valid for 10 minutes, once)</translation>
    </message>
    <message>
        <source>下一步核对督查室的指纹</source>
        <translation>Next: compare the office&apos;s fingerprint</translation>
    </message>
    <message>
        <source>六组字符要和督查室念的完全一致。核对之前，本机什么都不发出。</source>
        <translation>Six groups must be exactly what the office reads out. Nothing leaves the tablet before you compared.</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>正在问督查室…</source>
        <translation>Asking the office…</translation>
    </message>
    <message>
        <source>缺地址</source>
        <translation>Address missing</translation>
    </message>
    <message>
        <source>还差 %1 位</source>
        <translation>%1 still missing</translation>
    </message>
    <message>
        <source>请督查室念出控制台上的指纹，逐组对照</source>
        <translation>Have the office read the fingerprint from the console and compare group by group</translation>
    </message>
    <message>
        <source>第 %1 组 %2</source>
        <translation>Group %1 %2</translation>
    </message>
    <message>
        <source>不一样</source>
        <translation>They differ</translation>
    </message>
    <message>
        <source>六组都一样</source>
        <translation>All six agree</translation>
    </message>
    <message>
        <source>设 6 位口令，锁屏后用它打开</source>
        <translation>Choose a PIN of 6 digits; it opens the lock</translation>
    </message>
    <message>
        <source>再输一遍</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>两遍不一样，请重新设。</source>
        <translation>The two differ; choose again.</translation>
    </message>
    <message>
        <source>口令只在本机用，不会发出；忘了要请督查室用恢复密钥打开。</source>
        <translation>The PIN stays on this tablet; if you forget it, the office opens with its recovery key.</translation>
    </message>
    <message>
        <source>正在登记，取事项和现场…</source>
        <translation>Enrolling, fetching items and sites…</translation>
    </message>
    <message>
        <source>已登记：%1</source>
        <translation>Enrolled: %1</translation>
    </message>
    <message>
        <source>还没登记上</source>
        <translation>Not enrolled yet</translation>
    </message>
    <message>
        <source>断了可以再试，不用重来。</source>
        <translation>A broken link can be tried again; nothing starts over.</translation>
    </message>
    <message>
        <source>换登记码</source>
        <translation>Another code</translation>
    </message>
    <message>
        <source>登记码</source>
        <translation>the enrolment code</translation>
    </message>
    <message>
        <source>扫登记码</source>
        <translation>Scan the code</translation>
    </message>
</context>
<context>
    <name>FeedbackPage</name>
    <message>
        <source>提交意见</source>
        <translation>Send feedback</translation>
    </message>
    <message>
        <source>缺文字</source>
        <translation>Text missing</translation>
    </message>
    <message>
        <source>意见建议</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>对程序、对工作都可以说，督查室答复</source>
        <translation>On the programme or the work; the office answers</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>哪里不好用、哪里做得不对、怎样更好</source>
        <translation>What is hard to use, what is done wrongly, what would be better</translation>
    </message>
    <message>
        <source>意见</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>联系方式，可以不填</source>
        <translation>How to reach you (optional)</translation>
    </message>
    <message>
        <source>随同步送出，署本人姓名；不影响任何检查。</source>
        <translation>Sent with the next sync, under your name; no check is touched.</translation>
    </message>
    <message>
        <source>提过的意见 %1</source>
        <translation>Sent before %1</translation>
    </message>
    <message>
        <source>还没有提过意见</source>
        <translation>Nothing sent yet</translation>
    </message>
    <message>
        <source>提交后在这里看督查室的答复。</source>
        <translation>The office&apos;s answers appear here.</translation>
    </message>
    <message>
        <source>督查室还没答复</source>
        <translation>No answer yet</translation>
    </message>
    <message>
        <source>%1 答复</source>
        <translation>answered by %1</translation>
    </message>
    <message>
        <source>督查室答复</source>
        <translation>answered by the office</translation>
    </message>
</context>
<context>
    <name>FencePill</name>
    <message>
        <source>围栏内 %1</source>
        <translation>%1 inside the fence</translation>
    </message>
    <message>
        <source>已到达 %1 · 围栏内 %2</source>
        <translation>Arrived %1 · %2 inside the fence</translation>
    </message>
    <message>
        <source>未到达 · 距围栏 %1</source>
        <translation>Not arrived · %1 from the fence</translation>
    </message>
    <message>
        <source>在围栏边 · ±%1，等准一点</source>
        <translation>At the edge of the fence · ±%1, waiting for a better fix</translation>
    </message>
    <message>
        <source>已离开围栏 %1</source>
        <translation>Left the fence %1 ago</translation>
    </message>
    <message>
        <source>未到达 · 没有定位</source>
        <translation>Not arrived · no position</translation>
    </message>
</context>
<context>
    <name>FindingPage</name>
    <message>
        <source>作废草稿</source>
        <translation>Discard draft</translation>
    </message>
    <message>
        <source>恢复…</source>
        <translation>Restore…</translation>
    </message>
    <message>
        <source>作废…</source>
        <translation>Void…</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>记入检查</source>
        <translation>Record in the check</translation>
    </message>
    <message>
        <source>缺文字</source>
        <translation>Text missing</translation>
    </message>
    <message>
        <source>缺严重程度</source>
        <translation>Severity missing</translation>
    </message>
    <message>
        <source>更正…</source>
        <translation>Correct…</translation>
    </message>
    <message>
        <source>已作废的问题</source>
        <translation>Void finding</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>问题草稿</source>
        <translation>Draft finding</translation>
    </message>
    <message>
        <source>%1 · %2 记入</source>
        <translation>%1 · recorded %2</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>两说不一</source>
        <translation>Disputed</translation>
    </message>
    <message>
        <source>督查室裁定，你不用动。</source>
        <translation>The office decides; nothing for you to do.</translation>
    </message>
    <message>
        <source>作废这份草稿？写明原因，照片不删。</source>
        <translation>Discard this draft? Give the reason; its photos stay.</translation>
    </message>
    <message>
        <source>更正会留下原来的文字。写明原因。</source>
        <translation>The earlier text stays visible. Give the reason.</translation>
    </message>
    <message>
        <source>恢复这个问题？写明原因。</source>
        <translation>Restore this finding? Give the reason.</translation>
    </message>
    <message>
        <source>作废这个问题？写明原因，原来的文字和照片都留着。</source>
        <translation>Void this finding? Give the reason; its text and photos stay.</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>所属事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>不属于哪个事项</source>
        <translation>Of no item</translation>
    </message>
    <message>
        <source>在哪里、是什么、有多少、有什么危险</source>
        <translation>Where, what, how much, what danger</translation>
    </message>
    <message>
        <source>问题文字</source>
        <translation>Text of the finding</translation>
    </message>
    <message>
        <source>严重程度</source>
        <translation>Severity</translation>
    </message>
    <message>
        <source>更正后的文字</source>
        <translation>Corrected text</translation>
    </message>
    <message>
        <source>照片 %1</source>
        <translation>Photos %1</translation>
    </message>
    <message>
        <source>原样保存，不裁不改</source>
        <translation>Kept as they were shot</translation>
    </message>
    <message>
        <source>取得方式</source>
        <translation>How taken</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>原来的文字和照片都留着，督查室看得到；随时可以恢复。</source>
        <translation>Text and photos stay and the office sees them; it can be restored at any time.</translation>
    </message>
    <message>
        <source>撤销作废</source>
        <translation>taken back</translation>
    </message>
</context>
<context>
    <name>FixPill</name>
    <message>
        <source>模拟</source>
        <translation>Simulated</translation>
    </message>
    <message>
        <source>%1 %2 星</source>
        <translation>%1, %2 satellites</translation>
    </message>
</context>
<context>
    <name>GalleryGrid</name>
    <message>
        <source>导入的照片一律标为导入，非实拍，不带时间和位置</source>
        <translation>Imported photos are marked as not shot here, without time and position</translation>
    </message>
    <message>
        <source>不导入了</source>
        <translation>Stop importing</translation>
    </message>
    <message>
        <source>%1 里没有 JPEG 或 PNG 图片。把照片拷到这里再来。</source>
        <translation>There is no JPEG or PNG picture in %1. Copy photos there and come back.</translation>
    </message>
    <message>
        <source>导入第 %1 张</source>
        <translation>Import picture %1</translation>
    </message>
</context>
<context>
    <name>ItemCard</name>
    <message>
        <source>时限 %1 · 已逾期 %2&#xa0;天</source>
        <translation>Due %1 · %2&#xa0;days overdue</translation>
    </message>
    <message>
        <source>时限 %1</source>
        <translation>Due %1</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>输错太多次，%1后再试，数据不会清除。</source>
        <translation>Too many wrong tries; try again in %1. Nothing is erased.</translation>
    </message>
    <message>
        <source>上次输错。再错 %1 次要等 1 分钟，数据不会清除。</source>
        <translation>Wrong. After %1 more you wait 1 minute; nothing is erased.</translation>
    </message>
    <message>
        <source>电量 %1%</source>
        <translation>Battery %1%</translation>
    </message>
    <message>
        <source>余 %1</source>
        <translation>%1 free</translation>
    </message>
    <message>
        <source>解锁后继续送</source>
        <translation>Sending goes on after unlocking</translation>
    </message>
    <message>
        <source>未命名的记录库</source>
        <translation>Unnamed store</translation>
    </message>
    <message>
        <source>输入口令</source>
        <translation>Type the passphrase</translation>
    </message>
    <message>
        <source>输入 6 位口令</source>
        <translation>Type the 6-digit PIN</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>用 6 位数字口令</source>
        <translation>Use a 6-digit PIN</translation>
    </message>
    <message>
        <source>用较长的口令</source>
        <translation>Use a passphrase</translation>
    </message>
    <message>
        <source>忘记口令？请督查室用恢复密钥打开</source>
        <translation>Forgotten? The office opens with its recovery key</translation>
    </message>
    <message>
        <source>这台平板上的人</source>
        <translation>People of this tablet</translation>
    </message>
    <message>
        <source>登记另一个人</source>
        <translation>Enrol another person</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>直查</source>
        <translation>Zhicha</translation>
    </message>
    <message>
        <source>尚未登记</source>
        <translation>Not enrolled yet</translation>
    </message>
</context>
<context>
    <name>zhicha::MapController</name>
    <message>
        <source>缺口&#xa0;%1&#xa0;处，共 %2</source>
        <translation>%1 gaps, %2 in all</translation>
    </message>
</context>
<context>
    <name>zhicha::MapOverlay</name>
    <message>
        <source>缺口 %1</source>
        <translation>Gap %1</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>放大</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Zoom out</translation>
    </message>
    <message>
        <source>看全</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>没有进行中的检查</source>
        <translation>No check is open</translation>
    </message>
    <message>
        <source>开始检查后，这里画围栏和航迹。</source>
        <translation>Once a check starts, fence and track are drawn here.</translation>
    </message>
    <message>
        <source>现场没有围栏</source>
        <translation>The site has no fence</translation>
    </message>
    <message>
        <source>航迹 %1</source>
        <translation>Track %1</translation>
    </message>
    <message>
        <source>没有航迹</source>
        <translation>No track</translation>
    </message>
    <message>
        <source>%1 %2 星</source>
        <translation>%1 %2 sat.</translation>
    </message>
    <message>
        <source>北斗</source>
        <translation>BeiDou</translation>
    </message>
    <message>
        <source>卫星</source>
        <translation>Satellites</translation>
    </message>
    <message>
        <source>回到我</source>
        <translation>Back to me</translation>
    </message>
    <message>
        <source>没有定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>模拟 · %1</source>
        <translation>Simulated · %1</translation>
    </message>
    <message>
        <source>本次检查的照片</source>
        <translation>Photos of this check</translation>
    </message>
    <message>
        <source>照片 %1</source>
        <translation>Photos %1</translation>
    </message>
    <message>
        <source>底图打不开：%1 围栏和航迹照常显示 · WGS-84</source>
        <translation>The base map does not open: %1 Fence and track are shown all the same · WGS-84</translation>
    </message>
    <message>
        <source>没有离线底图，只画网格；围栏和航迹照常显示 · WGS-84</source>
        <translation>No offline map, only a grid; fence and track are shown all the same · WGS-84</translation>
    </message>
    <message>
        <source>这个比例没有底图</source>
        <translation>no map at this scale</translation>
    </message>
    <message>
        <source>底图 GCJ-02，位置是 WGS-84，换算后画上</source>
        <translation>map in GCJ-02, positions are WGS-84 and converted to be drawn</translation>
    </message>
    <message>
        <source>底图 %1，位置 WGS-84</source>
        <translation>map in %1, positions in WGS-84</translation>
    </message>
    <message>
        <source>没有离线底图，县界仅为示意；围栏和航迹照常显示 · WGS-84</source>
        <translation>No offline map; county borders are a sketch only; fence and track are shown as usual · WGS-84</translation>
    </message>
</context>
<context>
    <name>MapPin</name>
    <message>
        <source>照片 %1</source>
        <translation>Photos: %1</translation>
    </message>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Mark</name>
    <message>
        <source>直查</source>
        <translation>Zhicha</translation>
    </message>
</context>
<context>
    <name>zhicha::MarkController</name>
    <message>
        <source>拍摄时间不知道</source>
        <translation>Time of the shot unknown</translation>
    </message>
    <message>
        <source>无定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>标注副本，原件另存 · 原件 SHA-256 %1…</source>
        <translation>Marked copy, the original is kept apart · original SHA-256 %1…</translation>
    </message>
</context>
<context>
    <name>MarkPage</name>
    <message>
        <source>撤销一笔</source>
        <translation>Undo a stroke</translation>
    </message>
    <message>
        <source>还没有画</source>
        <translation>nothing drawn</translation>
    </message>
    <message>
        <source>存为副本</source>
        <translation>Save a copy</translation>
    </message>
    <message>
        <source>原件不动</source>
        <translation>original untouched</translation>
    </message>
    <message>
        <source>正在存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>没有原件</source>
        <translation>no original</translation>
    </message>
    <message>
        <source>标注</source>
        <translation>Mark</translation>
    </message>
    <message>
        <source>画在副本上，原件不动</source>
        <translation>On a copy; the original stays as it is</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>圈</source>
        <translation>Circle</translation>
    </message>
    <message>
        <source>箭头</source>
        <translation>Arrow</translation>
    </message>
    <message>
        <source>手画</source>
        <translation>Freehand</translation>
    </message>
    <message>
        <source>红</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>黄</source>
        <translation>Amber</translation>
    </message>
    <message>
        <source>画满了，先存这一张</source>
        <translation>Full; save this copy first</translation>
    </message>
    <message>
        <source>照片，已画 %1 笔</source>
        <translation>Photo, %1 strokes drawn</translation>
    </message>
    <message>
        <source>副本下方写：%1</source>
        <translation>Below the copy: %1</translation>
    </message>
</context>
<context>
    <name>NavEntry</name>
    <message>
        <source>%1，%2 件</source>
        <translation>%1, %2 waiting</translation>
    </message>
</context>
<context>
    <name>NavRail</name>
    <message>
        <source>去处</source>
        <translation>Places</translation>
    </message>
</context>
<context>
    <name>PageHead</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>PhotoPage</name>
    <message>
        <source>去掉…</source>
        <translation>Remove…</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>去掉这张照片？写明原因；原件留着，可以恢复。</source>
        <translation>Remove this photo? Give the reason; the original stays and it can be restored.</translation>
    </message>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>照片，%1</source>
        <translation>Photo, %1</translation>
    </message>
    <message>
        <source>拍摄时间</source>
        <translation>Shot at</translation>
    </message>
    <message>
        <source>不知道</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>无定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>取得方式</source>
        <translation>How taken</translation>
    </message>
    <message>
        <source>在哪里</source>
        <translation>Where it is</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>指纹 SHA-256</source>
        <translation>Fingerprint SHA-256</translation>
    </message>
    <message>
        <source>恢复照片</source>
        <translation>Restore photo</translation>
    </message>
    <message>
        <source>已去掉的照片</source>
        <translation>Removed photo</translation>
    </message>
    <message>
        <source>已去掉</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>原件留着，督查室看得到去掉的原因；检查完成前随时可以恢复。</source>
        <translation>The original stays and the office sees why; it can be restored until the check is finished.</translation>
    </message>
    <message>
        <source>标注…</source>
        <translation>Mark…</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>加照片</source>
        <translation>Add a photo</translation>
    </message>
</context>
<context>
    <name>PhotoThumb</name>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>正在送 %1</source>
        <translation>Sending %1</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Imported</translation>
    </message>
    <message>
        <source>已去掉</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>已去掉，可恢复</source>
        <translation>Removed, can be restored</translation>
    </message>
</context>
<context>
    <name>PhraseBar</name>
    <message>
        <source>＋ 常用语</source>
        <translation>＋ Phrase</translation>
    </message>
    <message>
        <source>常用语</source>
        <translation>Phrases</translation>
    </message>
</context>
<context>
    <name>PinDots</name>
    <message>
        <source>已输 %1 位，共 %2 位</source>
        <translation>%1 of %2 entered</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>换人</source>
        <translation>Switch person</translation>
    </message>
    <message>
        <source>删一位</source>
        <translation>Erase one</translation>
    </message>
</context>
<context>
    <name>PinStrip</name>
    <message>
        <source>签名</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>先不签</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>缺口令</source>
        <translation>PIN missing</translation>
    </message>
</context>
<context>
    <name>PositionNotice</name>
    <message>
        <source>北斗</source>
        <translation>BeiDou</translation>
    </message>
    <message>
        <source>卫星</source>
        <translation>Satellites</translation>
    </message>
    <message>
        <source>记航迹 %1</source>
        <translation>Track %1</translation>
    </message>
    <message>
        <source>接收机：%1</source>
        <translation>Receiver: %1</translation>
    </message>
    <message>
        <source>问题和照片照常记，标明无定位</source>
        <translation>findings and photos are recorded as usual, marked as without position</translation>
    </message>
    <message>
        <source>%1后再试</source>
        <translation>next try in %1</translation>
    </message>
    <message>
        <source>航迹没存上：%1</source>
        <translation>The track was not saved: %1</translation>
    </message>
</context>
<context>
    <name>ProgressSteps</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>%1&#xa0;/&#xa0;%2</source>
        <translation>%1&#xa0;/&#xa0;%2</translation>
    </message>
    <message>
        <source>还差</source>
        <translation>Missing</translation>
    </message>
</context>
<context>
    <name>PushButton</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>照片 %1</source>
        <translation>Photos: %1</translation>
    </message>
    <message>
        <source>写说明</source>
        <translation>Write a note</translation>
    </message>
    <message>
        <source>%1，加照片</source>
        <translation>%1, add a photo</translation>
    </message>
</context>
<context>
    <name>RailAction</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>ReasonStrip</name>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>留着</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>缺原因</source>
        <translation>Reason missing</translation>
    </message>
</context>
<context>
    <name>ReceiverController</name>
    <message>
        <source>北斗</source>
        <translation>BeiDou</translation>
    </message>
</context>
<context>
    <name>ReceiverPanel</name>
    <message>
        <source>位置从哪里来</source>
        <translation>Where positions come from</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>主机</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>记录文件</source>
        <translation>Log file</translation>
    </message>
    <message>
        <source>还没写全，现在用的还是原来的</source>
        <translation>Not complete yet; the one before is still in use</translation>
    </message>
    <message>
        <source>设备、主机或文件</source>
        <translation>Device, host or file</translation>
    </message>
    <message>
        <source>端口</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>这台机器上的串口</source>
        <translation>Serial ports of this machine</translation>
    </message>
    <message>
        <source>波特率</source>
        <translation>Baud rate</translation>
    </message>
    <message>
        <source>大多数接收机是 9600；写着别的就选别的</source>
        <translation>Most receivers use 9600; choose what is written on yours</translation>
    </message>
    <message>
        <source>尽快放完</source>
        <translation>As fast as possible</translation>
    </message>
    <message>
        <source>不等记录里的时间间隔，时间是记录的</source>
        <translation>Without its pauses; times are those of the log</translation>
    </message>
    <message>
        <source>按记录的快慢，时间移到现在</source>
        <translation>At the pace of the log, times moved to now</translation>
    </message>
    <message>
        <source>接收机</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>只在检查进行时和这一页打开</source>
        <translation>On only during a check and on this page</translation>
    </message>
    <message>
        <source>模拟</source>
        <translation>Simulated</translation>
    </message>
    <message>
        <source>%1后再试</source>
        <translation>next try in %1</translation>
    </message>
    <message>
        <source>卫星</source>
        <translation>Satellites</translation>
    </message>
    <message>
        <source>接收机还没报卫星；系统自带的定位不报</source>
        <translation>No satellites reported yet; the system&apos;s own positions never do</translation>
    </message>
    <message>
        <source>看到 %1 颗，收到信号 %2 颗，定位用 %3 颗</source>
        <translation>%1 in view, %2 tracked, %3 used</translation>
    </message>
    <message>
        <source>%1 %2，信号 %3</source>
        <translation>%1 %2, signal %3</translation>
    </message>
</context>
<context>
    <name>ReturnedPage</name>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>Reply</translation>
    </message>
    <message>
        <source>缺文字</source>
        <translation>Text missing</translation>
    </message>
    <message>
        <source>退回待答</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已经答复</source>
        <translation>Answered already</translation>
    </message>
    <message>
        <source>答复已记下，随同步送出。</source>
        <translation>The reply is recorded and goes with the next sync.</translation>
    </message>
    <message>
        <source>%1 退回</source>
        <translation>Returned by %1</translation>
    </message>
    <message>
        <source>督查室退回</source>
        <translation>Returned by the office</translation>
    </message>
    <message>
        <source>已过期 %1，仍可答复</source>
        <translation>%1 overdue, still open</translation>
    </message>
    <message>
        <source>%1 前，还剩 %2</source>
        <translation>Due %1, %2 left</translation>
    </message>
    <message>
        <source>直接回答督查室的问题</source>
        <translation>Answer the office&apos;s question</translation>
    </message>
    <message>
        <source>督查室看的是</source>
        <translation>What the office looked at</translation>
    </message>
    <message>
        <source>整次检查</source>
        <translation>The whole check</translation>
    </message>
    <message>
        <source>打开检查</source>
        <translation>Open check</translation>
    </message>
</context>
<context>
    <name>SavePill</name>
    <message>
        <source>已保存 %1</source>
        <translation>Saved %1</translation>
    </message>
    <message>
        <source>没存上：%1，%2 秒后再存</source>
        <translation>Not saved: %1; next try in %2 s</translation>
    </message>
    <message>
        <source>没存上：%1</source>
        <translation>Not saved: %1</translation>
    </message>
    <message>
        <source>正在存…</source>
        <translation>Saving…</translation>
    </message>
</context>
<context>
    <name>ScanPanel</name>
    <message>
        <source>把%1放进框里，看清就自动认</source>
        <translation>Hold %1 into the frame; it is read by itself</translation>
    </message>
    <message>
        <source>选一张拍有%1的图片</source>
        <translation>Choose a picture of %1</translation>
    </message>
    <message>
        <source>不扫了</source>
        <translation>Stop scanning</translation>
    </message>
    <message>
        <source>这个码不是直查的。核对一下是不是扫错了。</source>
        <translation>This code is none of Zhicha&apos;s. Check whether it is the right one.</translation>
    </message>
    <message>
        <source>这张图片打不开。换一张，或者手工输入。</source>
        <translation>This picture cannot be opened. Take another, or type it.</translation>
    </message>
    <message>
        <source>这张图片里没有认出码。拍近一点、正一点再试，或者手工输入。</source>
        <translation>No code was found in this picture. Shoot closer and straighter, or type it.</translation>
    </message>
    <message>
        <source>没有相机权限：在系统设置里允许；在此之前可从图片里认。</source>
        <translation>No permission for the camera: allow it in the system settings; until then a picture can be read.</translation>
    </message>
    <message>
        <source>这台平板没有相机，从图片里认。</source>
        <translation>This tablet has no camera; codes are read from pictures.</translation>
    </message>
    <message>
        <source>再扫</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>图片 %1</source>
        <translation>Picture %1</translation>
    </message>
    <message>
        <source>图片文件夹里还没有图片。</source>
        <translation>The pictures folder is empty.</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>现场、事项、问题里的字</source>
        <translation>Words of sites, items, findings</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Unfinished</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>有严重问题</source>
        <translation>With critical findings</translation>
    </message>
    <message>
        <source>近 30 天</source>
        <translation>Last 30 days</translation>
    </message>
    <message>
        <source>本机 %1 次检查中 %2 次</source>
        <translation>%2 of %1 checks on this tablet</translation>
    </message>
    <message>
        <source>已读到 %1 次检查，更早的还在读</source>
        <translation>%1 checks read so far, older ones are being read</translation>
    </message>
    <message>
        <source>1,000+</source>
        <translation>1,000+</translation>
    </message>
    <message>
        <source>等督查室送来的检查</source>
        <translation>A check still to come from the office</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>Nothing found for &quot;%1&quot;</translation>
    </message>
    <message>
        <source>还没有检查</source>
        <translation>No checks yet</translation>
    </message>
    <message>
        <source>只查本机里的检查；更早的在督查室查。</source>
        <translation>Only checks of this tablet; earlier ones are at the office.</translation>
    </message>
    <message>
        <source>清掉筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>已做</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>%1 / %2 项</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>群众</source>
        <translation>People</translation>
    </message>
    <message>
        <source>满意 %1&#x3000;一般 %2&#x3000;不满意 %3</source>
        <translation>Satisfied %1  Neutral %2  Dissatisfied %3</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>%1 张</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>打开检查</source>
        <translation>Open check</translation>
    </message>
    <message>
        <source>继续检查</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>Segmented</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>zhicha::Settings</name>
    <message>
        <source>未按时限完成</source>
        <translation>Not done in time</translation>
    </message>
    <message>
        <source>部分完成</source>
        <translation>Partly done</translation>
    </message>
    <message>
        <source>未设警示标志</source>
        <translation>No warning sign</translation>
    </message>
    <message>
        <source>数量不符</source>
        <translation>Wrong quantity</translation>
    </message>
    <message>
        <source>未公示</source>
        <translation>Not published</translation>
    </message>
    <message>
        <source>责任人不在岗</source>
        <translation>Nobody on duty</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>显示与握持</source>
        <translation>Display and hand</translation>
    </message>
    <message>
        <source>安全与锁屏</source>
        <translation>Safety and lock</translation>
    </message>
    <message>
        <source>相机</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>常用语</source>
        <translation>Phrases</translation>
    </message>
    <message>
        <source>关于本机</source>
        <translation>About this tablet</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>主题</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>户外：黑白分明，线条加粗，字大一号</source>
        <translation>Outdoor: black on white, thicker lines, larger text</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>正文 17，最大 22；页面不截字</source>
        <translation>Body 17 to 22; nothing is cut off</translation>
    </message>
    <message>
        <source>握持</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>操作栏放在惯用手一侧</source>
        <translation>The action rail stands at the working hand</translation>
    </message>
    <message>
        <source>语言 Language</source>
        <translation>语言 Language</translation>
    </message>
    <message>
        <source>立即换；字章始终是中文</source>
        <translation>At once; seals stay Chinese</translation>
    </message>
    <message>
        <source>减少动画</source>
        <translation>Less motion</translation>
    </message>
    <message>
        <source>按下和换页不再渐变</source>
        <translation>No fading on press and page change</translation>
    </message>
    <message>
        <source>自动锁屏</source>
        <translation>Lock by itself</translation>
    </message>
    <message>
        <source>%1 分钟不动就锁；检查进行时记录不停</source>
        <translation>Locks after %1 minutes; an open check goes on recording</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>马上锁；要换人在锁屏页换</source>
        <translation>Locks now; persons are switched on the lock page</translation>
    </message>
    <message>
        <source>文件相机的文件夹</source>
        <translation>Folder of the file camera</translation>
    </message>
    <message>
        <source>没有镜头的机器从这里取图，一律标为导入，非实拍</source>
        <translation>For machines without a lens: always marked as imported, not shot here</translation>
    </message>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>去掉 %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>加一条</source>
        <translation>Add one</translation>
    </message>
    <message>
        <source>在问题和说明的文字下面，一点就写进去</source>
        <translation>Under the text of findings and notes; one tap writes it</translation>
    </message>
    <message>
        <source>新的常用语</source>
        <translation>New phrase</translation>
    </message>
    <message>
        <source>加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>缺文字</source>
        <translation>Text missing</translation>
    </message>
    <message>
        <source>使用人</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>督查室</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>程序版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>存储</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>余 %1，约可拍 %2 张</source>
        <translation>%1 free, about %2 photos</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>%1 条，%2 条有回执</source>
        <translation>%1, of which %2 have a receipt</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>离线底图</source>
        <translation>Offline maps</translation>
    </message>
    <message>
        <source>快门声</source>
        <translation>Shutter sound</translation>
    </message>
    <message>
        <source>响声表示照片已存好；静音时只有屏幕白框</source>
        <translation>The sound means that the photo is saved; without it only the frame says so</translation>
    </message>
    <message>
        <source>底图文件</source>
        <translation>Map file</translation>
    </message>
    <message>
        <source>MBTiles 栅格底图；没有时只画网格，围栏和航迹照常显示。来源和审图号写在地图页脚</source>
        <translation>An MBTiles raster map; without one a grid is drawn, fence and track are shown all the same. Source and approval number stand at the foot of the map</translation>
    </message>
    <message>
        <source>意见建议</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>对程序、对工作都可以说，督查室答复</source>
        <translation>On the programme or the work; the office answers</translation>
    </message>
    <message>
        <source>提意见</source>
        <translation>Give feedback</translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>拒签…</source>
        <translation>Refuse to sign…</translation>
    </message>
</context>
<context>
    <name>SitePage</name>
    <message>
        <source>新建检查</source>
        <translation>New check</translation>
    </message>
    <message>
        <source>现在没有进行中的检查</source>
        <translation>No check is open now</translation>
    </message>
    <message>
        <source>新建一次检查，或参加同事正在做的检查。</source>
        <translation>Start a new check, or join one of a colleague.</translation>
    </message>
</context>
<context>
    <name>SkeletonRows</name>
    <message>
        <source>正在读本机记录</source>
        <translation>Reading the records on this tablet</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>无定位开始…</source>
        <translation>Start with no fix…</translation>
    </message>
    <message>
        <source>还没选现场</source>
        <translation>No site chosen</translation>
    </message>
    <message>
        <source>还没写原因</source>
        <translation>No reason given</translation>
    </message>
    <message>
        <source>新建检查</source>
        <translation>New check</translation>
    </message>
    <message>
        <source>先选现场</source>
        <translation>Choose the site first</translation>
    </message>
    <message>
        <source>现场、责任单位或地址</source>
        <translation>Site, responsible unit or address</translation>
    </message>
    <message>
        <source>现场建议，督查室还没收下</source>
        <translation>Proposed here, not yet taken by the office</translation>
    </message>
    <message>
        <source>本机还没有现场</source>
        <translation>No sites on this tablet yet</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>Nothing found for &quot;%1&quot;</translation>
    </message>
    <message>
        <source>连上网会自动取；也可以先报一个现场。</source>
        <translation>They come with the network; a site can be proposed before.</translation>
    </message>
    <message>
        <source>名册里没有的，可以报给督查室。</source>
        <translation>A site that is not listed can be proposed to the office.</translation>
    </message>
    <message>
        <source>名册里没有这个现场…</source>
        <translation>This site is not listed…</translation>
    </message>
    <message>
        <source>现场名称</source>
        <translation>Name of the site</translation>
    </message>
    <message>
        <source>报给督查室</source>
        <translation>Propose it</translation>
    </message>
    <message>
        <source>缺名称</source>
        <translation>Name missing</translation>
    </message>
    <message>
        <source>参加同事的检查</source>
        <translation>Join a colleague&apos;s check</translation>
    </message>
    <message>
        <source>%1 次正在进行</source>
        <translation>%1 under way</translation>
    </message>
    <message>
        <source>%1 开始</source>
        <translation>Started %1</translation>
    </message>
    <message>
        <source>选一个现场</source>
        <translation>Choose a site</translation>
    </message>
    <message>
        <source>选好后在这里挑事项，写明情况就开始。</source>
        <translation>Then choose items here, say how it is, and start.</translation>
    </message>
    <message>
        <source>换现场</source>
        <translation>Another site</translation>
    </message>
    <message>
        <source>查哪些事项</source>
        <translation>Which items</translation>
    </message>
    <message>
        <source>已选 %1 / %2</source>
        <translation>%1 of %2 chosen</translation>
    </message>
    <message>
        <source>这个现场的责任单位没有在办事项，三问记在检查本身。</source>
        <translation>The unit of this site has no open items; the three questions belong to the check itself.</translation>
    </message>
    <message>
        <source>已选</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>未选</source>
        <translation>Not chosen</translation>
    </message>
    <message>
        <source>时限 %1</source>
        <translation>Due %1</translation>
    </message>
    <message>
        <source>为什么没有定位</source>
        <translation>Why there is no position</translation>
    </message>
    <message>
        <source>检查会标明无定位，不影响记录</source>
        <translation>The check is marked; recording is not affected</translation>
    </message>
    <message>
        <source>例如：接收机没带、室内无信号</source>
        <translation>For example: receiver not at hand, no signal indoors</translation>
    </message>
    <message>
        <source>室内无信号</source>
        <translation>No signal indoors</translation>
    </message>
    <message>
        <source>接收机没带</source>
        <translation>Receiver not at hand</translation>
    </message>
    <message>
        <source>这台平板没有定位</source>
        <translation>This tablet has no receiver</translation>
    </message>
    <message>
        <source>不去了</source>
        <translation>Not going</translation>
    </message>
    <message>
        <source>出发</source>
        <translation>Set off</translation>
    </message>
    <message>
        <source>开始检查</source>
        <translation>Start the check</translation>
    </message>
    <message>
        <source>在围栏外开始</source>
        <translation>Start outside the fence</translation>
    </message>
    <message>
        <source>在去 %1 的路上</source>
        <translation>On the way to %1</translation>
    </message>
    <message>
        <source>同事平板上的码</source>
        <translation>the code on a colleague&apos;s tablet</translation>
    </message>
    <message>
        <source>扫码参加或会签</source>
        <translation>Scan to join or countersign</translation>
    </message>
    <message>
        <source>点“出发”开始记航迹，到围栏里自动认定到达；只为这次检查作证，不作考勤。</source>
        <translation>“Set off” starts the track, and inside the fence the arrival is recorded by itself; it is evidence of this check, never attendance.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 条要处理</source>
        <translation>%1 need you</translation>
    </message>
    <message>
        <source>%1 条被拒</source>
        <translation>%1 refused</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>This tablet</translation>
    </message>
    <message>
        <source>电量 %1</source>
        <translation>Battery %1</translation>
    </message>
    <message>
        <source>记航迹 %1</source>
        <translation>Track %1</translation>
    </message>
    <message>
        <source>模拟 · %1</source>
        <translation>Simulated · %1</translation>
    </message>
    <message>
        <source>余 %1</source>
        <translation>%1 free</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>SyncLane</name>
    <message>
        <source>%1，%2 / %3</source>
        <translation>%1, %2 of %3</translation>
    </message>
    <message>
        <source>%1&#xa0;/&#xa0;%2</source>
        <translation>%1&#xa0;/&#xa0;%2</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>现在同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>正在送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>先文字，再预览，后原图。断了从断处接着送。</source>
        <translation>Records first, then previews, then originals. A broken link goes on where it broke.</translation>
    </message>
    <message>
        <source>督查室自己的操作留痕：至 %1 共 %2 条</source>
        <translation>The office’s own audit trail: %2 entries up to %1</translation>
    </message>
    <message>
        <source>回执已核 · 日志号 %1</source>
        <translation>Receipt verified · log %1</translation>
    </message>
    <message>
        <source>还没有回执</source>
        <translation>No receipt yet</translation>
    </message>
    <message>
        <source>督查室已能看图</source>
        <translation>The office can see the pictures</translation>
    </message>
    <message>
        <source>文字之后</source>
        <translation>After the records</translation>
    </message>
    <message>
        <source>还没有照片</source>
        <translation>No photos yet</translation>
    </message>
    <message>
        <source>等督查室送来的检查</source>
        <translation>A check still to come from the office</translation>
    </message>
    <message>
        <source>文字 %1 · 照片 %2 / %3 在督查室</source>
        <translation>Records %1 · photos %2 / %3 at the office</translation>
    </message>
    <message>
        <source>文字 %1 / %2 在督查室</source>
        <translation>Records %1 / %2 at the office</translation>
    </message>
    <message>
        <source>原图 %1%</source>
        <translation>Originals %1%</translation>
    </message>
    <message>
        <source>要你处理</source>
        <translation>For you to handle</translation>
    </message>
    <message>
        <source>督查室处理，你不用动</source>
        <translation>For the office; nothing for you to do</translation>
    </message>
    <message>
        <source>%1 持回执</source>
        <translation>%1, receipt held</translation>
    </message>
    <message>
        <source>还没有要送的记录</source>
        <translation>Nothing to send yet</translation>
    </message>
    <message>
        <source>记下的每一条都会列在这里，直到督查室的回执核对无误。</source>
        <translation>Every record stands here until the office&apos;s receipt is verified.</translation>
    </message>
    <message>
        <source>代码 %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>现在怎样</source>
        <translation>How it stands</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>文字 %1 / %2，照片 %3 / %4 在督查室。</source>
        <translation>Records %1 / %2, photos %3 / %4 at the office.</translation>
    </message>
    <message>
        <source>最近的回执：日志号 %1，%2 收到，已核对签名和收录。</source>
        <translation>Latest receipt: log %1, received %2, signature and inclusion verified.</translation>
    </message>
    <message>
        <source>看这个问题</source>
        <translation>Look at the finding</translation>
    </message>
    <message>
        <source>打开检查</source>
        <translation>Open check</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>问题</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>三问答案</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>四不两直</source>
        <translation>Four-no, two-direct</translation>
    </message>
    <message>
        <source>群众计数</source>
        <translation>Count of people</translation>
    </message>
    <message>
        <source>航迹</source>
        <translation>Track</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>检查记录</source>
        <translation>Record of the check</translation>
    </message>
    <message>
        <source>照片预览</source>
        <translation>Photo preview</translation>
    </message>
    <message>
        <source>督查室送来的记录没收下</source>
        <translation>A record from the office could not be taken</translation>
    </message>
</context>
<context>
    <name>TallyButton</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>按一下加一人</source>
        <translation>Each press adds one person</translation>
    </message>
    <message>
        <source>+1</source>
        <translation>+1</translation>
    </message>
</context>
<context>
    <name>TallyPanel</name>
    <message>
        <source>群众 %1 人</source>
        <translation>%1 people</translation>
    </message>
    <message>
        <source>撤销上一次</source>
        <translation>Undo last</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1&#xa0;字</source>
        <translation>%1&#xa0;characters</translation>
    </message>
</context>
<context>
    <name>TextFormat</name>
    <message>
        <source>M月d日</source>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>yyyy年M月d日</source>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>星期一</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>星期二</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>星期三</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>星期四</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>星期五</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>星期六</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>星期日</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>today</translation>
    </message>
    <message>
        <source>昨日</source>
        <translation>yesterday</translation>
    </message>
    <message>
        <source>明日</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <source>%1&#xa0;天</source>
        <translation>%1&#xa0;days</translation>
    </message>
    <message>
        <source>%1&#xa0;小时</source>
        <translation>%1&#xa0;h</translation>
    </message>
    <message>
        <source>%1&#xa0;小时&#xa0;%2&#xa0;分</source>
        <translation>%1&#xa0;h&#xa0;%2&#xa0;min</translation>
    </message>
    <message>
        <source>%1&#xa0;分</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1&#xa0;分&#xa0;%2&#xa0;秒</source>
        <translation>%1&#xa0;min&#xa0;%2&#xa0;s</translation>
    </message>
    <message>
        <source>%1&#xa0;秒</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1&#xa0;米</source>
        <translation>%1&#xa0;m</translation>
    </message>
    <message>
        <source>%1&#xa0;千米</source>
        <translation>%1&#xa0;km</translation>
    </message>
    <message>
        <source>%1&#xa0;KB</source>
        <translation>%1&#xa0;KB</translation>
    </message>
    <message>
        <source>%1&#xa0;MB</source>
        <translation>%1&#xa0;MB</translation>
    </message>
    <message>
        <source>%1&#xa0;GB</source>
        <translation>%1&#xa0;GB</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>新建检查</source>
        <translation>New check</translation>
    </message>
    <message>
        <source>继续检查</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>上次没有正常退出</source>
        <translation>It did not end properly last time</translation>
    </message>
    <message>
        <source>已找回 %1 份草稿、%2 张照片。</source>
        <translation>%1 drafts and %2 photos were found again.</translation>
    </message>
    <message>
        <source>已找回 %1 份草稿、%2 张照片，停在 %3。</source>
        <translation>%1 drafts and %2 photos were found again, as of %3.</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>从停下的地方接着做</source>
        <translation>from where you stopped</translation>
    </message>
    <message>
        <source>还没写字的问题</source>
        <translation>A finding without text</translation>
    </message>
    <message>
        <source>等督查室送来的检查</source>
        <translation>A check still to come from the office</translation>
    </message>
    <message>
        <source>问题草稿 · %1 · 照片 %2</source>
        <translation>Draft finding · %1 · photos %2</translation>
    </message>
    <message>
        <source>检查中 · %1 个事项 · 还差 %2 项</source>
        <translation>Checking · %1 items · %2 missing</translation>
    </message>
    <message>
        <source>检查中 · %1 个事项 · 可以完成</source>
        <translation>Checking · %1 items · can be finished</translation>
    </message>
    <message>
        <source>已保存 %1</source>
        <translation>Saved %1</translation>
    </message>
    <message>
        <source>%1 到达</source>
        <translation>Arrived %1</translation>
    </message>
    <message>
        <source>%1 开始</source>
        <translation>Started %1</translation>
    </message>
    <message>
        <source>未记入检查</source>
        <translation>Not recorded yet</translation>
    </message>
    <message>
        <source>退回待答</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>%1 件</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>补充：%1</source>
        <translation>Add: %1</translation>
    </message>
    <message>
        <source>%1 · %2 退回</source>
        <translation>%1 · returned by %2</translation>
    </message>
    <message>
        <source>%1 前</source>
        <translation>by %1</translation>
    </message>
    <message>
        <source>已过期 %1</source>
        <translation>%1 overdue</translation>
    </message>
    <message>
        <source>还剩 %1</source>
        <translation>%1 left</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>问督查室</source>
        <translation>Ask the office</translation>
    </message>
    <message>
        <source>今日没有任务</source>
        <translation>No tasks today</translation>
    </message>
    <message>
        <source>上次问督查室 %1，可自建检查。</source>
        <translation>Office last asked %1; you can start a check yourself.</translation>
    </message>
    <message>
        <source>还没问过督查室，可自建检查。</source>
        <translation>The office was not asked yet; you can start a check yourself.</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>This tablet</translation>
    </message>
    <message>
        <source>可以出发</source>
        <translation>Ready to go</translation>
    </message>
    <message>
        <source>先处理 %1 项</source>
        <translation>Fix %1 first</translation>
    </message>
    <message>
        <source>存储</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>余 %1</source>
        <translation>%1 free</translation>
    </message>
    <message>
        <source>约可拍 %1 张</source>
        <translation>About %1 photos</translation>
    </message>
    <message>
        <source>电量</source>
        <translation>Battery</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>送达</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>%1 条要处理</source>
        <translation>%1 to handle</translation>
    </message>
    <message>
        <source>看原因和下一步</source>
        <translation>Reasons and next steps</translation>
    </message>
    <message>
        <source>回执已核 · 日志号 %1</source>
        <translation>Receipt verified · log %1</translation>
    </message>
    <message>
        <source>还没有回执</source>
        <translation>No receipt yet</translation>
    </message>
    <message>
        <source>%1 %2 次检查已完成</source>
        <translation>Finished %1: %2</translation>
    </message>
    <message>
        <source>督查室的消息</source>
        <translation>From the office</translation>
    </message>
    <message>
        <source>点一下就算看过；要办的办完才走</source>
        <translation>a tap marks it as read; tasks stay until done</translation>
    </message>
    <message>
        <source>要办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>时钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>还没对过</source>
        <translation>not compared yet</translation>
    </message>
    <message>
        <source>准</source>
        <translation>right</translation>
    </message>
    <message>
        <source>连上督查室时对时</source>
        <translation>Compared when the office answers</translation>
    </message>
    <message>
        <source>照常记录，两个时间都留下</source>
        <translation>Recording goes on; both times are kept</translation>
    </message>
    <message>
        <source>与督查室相差不到 2 分</source>
        <translation>Within 2 min of the office</translation>
    </message>
    <message>
        <source>意见建议</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>对程序、对工作都可以说</source>
        <translation>On the programme or the work</translation>
    </message>
    <message>
        <source>在去 %1 的路上</source>
        <translation>On the way to %1</translation>
    </message>
    <message>
        <source>航迹在记，到围栏里自动认定到达</source>
        <translation>The track runs; arrival inside the fence is noted by itself</translation>
    </message>
    <message>
        <source>%1 分</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>点“出发”或开始检查才打开</source>
        <translation>Opens with Set off or a check only</translation>
    </message>
    <message>
        <source>模拟</source>
        <translation>Simulated</translation>
    </message>
    <message>
        <source>±%1</source>
        <translation>±%1</translation>
    </message>
    <message>
        <source>%1 星</source>
        <translation>%1 sat.</translation>
    </message>
</context>
<context>
    <name>ToggleSwitch</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>开</source>
        <translation>On</translation>
    </message>
    <message>
        <source>关</source>
        <translation>Off</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>封存</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>已开启</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>检查中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>排队</source>
        <translation>Queued</translation>
    </message>
    <message>
        <source>正在送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>两说不一</source>
        <translation>Disputed</translation>
    </message>
    <message>
        <source>被拒</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>已签</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>待签</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>拒签</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>空</source>
        <translation>Nothing</translation>
    </message>
    <message>
        <source>是否落实</source>
        <translation>Carried out?</translation>
    </message>
    <message>
        <source>整改是否到位</source>
        <translation>Rectified?</translation>
    </message>
    <message>
        <source>群众是否满意</source>
        <translation>People satisfied?</translation>
    </message>
    <message>
        <source>落实</source>
        <translation>Carried out</translation>
    </message>
    <message>
        <source>整改</source>
        <translation>Rectified</translation>
    </message>
    <message>
        <source>群众</source>
        <translation>People</translation>
    </message>
    <message>
        <source>未答</source>
        <translation>Unanswered</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>部分</source>
        <translation>Partly</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>未定</source>
        <translation>Not set</translation>
    </message>
    <message>
        <source>轻微</source>
        <translation>Minor</translation>
    </message>
    <message>
        <source>较重</source>
        <translation>Major</translation>
    </message>
    <message>
        <source>严重</source>
        <translation>Critical</translation>
    </message>
    <message>
        <source>当场可改</source>
        <translation>Can be put right at once</translation>
    </message>
    <message>
        <source>须限期整改</source>
        <translation>Needs a deadline</translation>
    </message>
    <message>
        <source>有安全或民生危害</source>
        <translation>Endangers people</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>一般</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>未选</source>
        <translation>Not chosen</translation>
    </message>
    <message>
        <source>公共场所</source>
        <translation>Public place</translation>
    </message>
    <message>
        <source>已告知</source>
        <translation>Disclosed</translation>
    </message>
    <message>
        <source>已同意</source>
        <translation>Consented</translation>
    </message>
    <message>
        <source>经批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>人人可进可见</source>
        <translation>Open to everybody</translation>
    </message>
    <message>
        <source>亮明身份和目的</source>
        <translation>Who and why was said</translation>
    </message>
    <message>
        <source>对方当场同意</source>
        <translation>Agreed on the spot</translation>
    </message>
    <message>
        <source>须填批准文号</source>
        <translation>Needs the document number</translation>
    </message>
    <message>
        <source>在本机</source>
        <translation>On this tablet</translation>
    </message>
    <message>
        <source>文件缺失</source>
        <translation>File missing</translation>
    </message>
    <message>
        <source>在同事的平板上</source>
        <translation>On a colleague&apos;s tablet</translation>
    </message>
    <message>
        <source>已抹除</source>
        <translation>Erased</translation>
    </message>
    <message>
        <source>导入，非实拍</source>
        <translation>Imported, not shot here</translation>
    </message>
    <message>
        <source>实拍</source>
        <translation>Shot here</translation>
    </message>
    <message>
        <source>跳变</source>
        <translation>jump of</translation>
    </message>
    <message>
        <source>移动过快</source>
        <translation>moves too fast</translation>
    </message>
    <message>
        <source>读数不动</source>
        <translation>readings stand still</translation>
    </message>
    <message>
        <source>卫星太少</source>
        <translation>too few satellites</translation>
    </message>
    <message>
        <source>系统标为模拟</source>
        <translation>marked as simulated</translation>
    </message>
    <message>
        <source>定位未开</source>
        <translation>Positioning off</translation>
    </message>
    <message>
        <source>没有定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>±%1 · %2，旧</source>
        <translation>±%1 · %2, old</translation>
    </message>
    <message>
        <source>%1，不可用</source>
        <translation>%1, unusable</translation>
    </message>
    <message>
        <source>定位可疑：%1 %2</source>
        <translation>Position in doubt: %1 %2</translation>
    </message>
    <message>
        <source>定位可疑：%1</source>
        <translation>Position in doubt: %1</translation>
    </message>
    <message>
        <source>±%1 · %2</source>
        <translation>±%1 · %2</translation>
    </message>
    <message>
        <source>%1&#xa0;米</source>
        <translation>%1&#xa0;m</translation>
    </message>
    <message>
        <source>%1&#xa0;千米</source>
        <translation>%1&#xa0;km</translation>
    </message>
    <message>
        <source>%1&#xa0;分</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1&#xa0;秒前</source>
        <translation>%1&#xa0;s ago</translation>
    </message>
    <message>
        <source>%1&#xa0;分前</source>
        <translation>%1&#xa0;min ago</translation>
    </message>
    <message>
        <source>%1&#xa0;KB</source>
        <translation>%1&#xa0;KB</translation>
    </message>
    <message>
        <source>%1&#xa0;MB</source>
        <translation>%1&#xa0;MB</translation>
    </message>
    <message>
        <source>%1&#xa0;GB</source>
        <translation>%1&#xa0;GB</translation>
    </message>
    <message>
        <source>%1&#xa0;秒</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1&#xa0;分&#xa0;%2&#xa0;秒</source>
        <translation>%1&#xa0;min&#xa0;%2&#xa0;s</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>没连上</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>全部送达</source>
        <translation>All delivered</translation>
    </message>
    <message>
        <source>督查室变了</source>
        <translation>The office&apos;s key changed</translation>
    </message>
    <message>
        <source>登录已过期，不影响检查</source>
        <translation>Sign-in expired; checks go on</translation>
    </message>
    <message>
        <source>待送&#xa0;0</source>
        <translation>nothing waiting</translation>
    </message>
    <message>
        <source>待送 文字&#xa0;%1、照片&#xa0;%2</source>
        <translation>waiting: %1&#xa0;records, %2&#xa0;photos</translation>
    </message>
    <message>
        <source>文字已送达&#xa0;%1</source>
        <translation>records in&#xa0;%1</translation>
    </message>
    <message>
        <source>照片&#xa0;%1&#xa0;/&#xa0;%2</source>
        <translation>photos&#xa0;%1&#xa0;of&#xa0;%2</translation>
    </message>
    <message>
        <source>约&#xa0;%1&#xa0;分钟</source>
        <translation>about&#xa0;%1&#xa0;min</translation>
    </message>
    <message>
        <source>下次&#xa0;%1</source>
        <translation>next&#xa0;%1</translation>
    </message>
    <message>
        <source>指纹对不上，已停止发送，数据都在</source>
        <translation>sending stopped, all data is here</translation>
    </message>
    <message>
        <source>请打督查室电话</source>
        <translation>call the office</translation>
    </message>
    <message>
        <source>有网时自动续</source>
        <translation>renewed when online</translation>
    </message>
    <message>
        <source>还没送过</source>
        <translation>nothing delivered yet</translation>
    </message>
    <message>
        <source>上次送达&#xa0;%1</source>
        <translation>last delivered&#xa0;%1</translation>
    </message>
    <message>
        <source>有网即试</source>
        <translation>tries when online</translation>
    </message>
    <message>
        <source>%1后再试</source>
        <translation>next try in %1</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Previews</translation>
    </message>
    <message>
        <source>原图</source>
        <translation>Originals</translation>
    </message>
    <message>
        <source>不发通知</source>
        <translation>No notice</translation>
    </message>
    <message>
        <source>不打招呼</source>
        <translation>No greeting</translation>
    </message>
    <message>
        <source>不听汇报</source>
        <translation>No reports heard</translation>
    </message>
    <message>
        <source>不陪同接待</source>
        <translation>No escort or reception</translation>
    </message>
    <message>
        <source>直奔基层</source>
        <translation>Straight to the grass roots</translation>
    </message>
    <message>
        <source>直插现场</source>
        <translation>Straight to the site</translation>
    </message>
    <message>
        <source>做到</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Explain</translation>
    </message>
    <message>
        <source>未做到</source>
        <translation>Not kept</translation>
    </message>
    <message>
        <source>本机测得，相符</source>
        <translation>Measured here: supports</translation>
    </message>
    <message>
        <source>本机测得，部分相符</source>
        <translation>Measured here: supports in part</translation>
    </message>
    <message>
        <source>本机测得，不相符</source>
        <translation>Measured here: contradicts</translation>
    </message>
    <message>
        <source>本机测不到</source>
        <translation>Cannot be measured</translation>
    </message>
    <message>
        <source>今日</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>现场</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>查档</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>户外</source>
        <translation>Outdoor</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>大</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>特大</source>
        <translation>Extra large</translation>
    </message>
    <message>
        <source>左手</source>
        <translation>Left hand</translation>
    </message>
    <message>
        <source>右手</source>
        <translation>Right hand</translation>
    </message>
    <message>
        <source>不用</source>
        <translation>None</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>Built in</translation>
    </message>
    <message>
        <source>串口</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>网络</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>不定位，检查照常记，标明无定位</source>
        <translation>No positions; checks are recorded as usual and marked so</translation>
    </message>
    <message>
        <source>系统自带的定位</source>
        <translation>The system&apos;s own positions</translation>
    </message>
    <message>
        <source>插在串口或 USB 上的接收机</source>
        <translation>A receiver on a serial port or USB</translation>
    </message>
    <message>
        <source>局域网里的接收机或 gpsd，原样的 NMEA</source>
        <translation>A receiver or a gpsd in the local network, raw NMEA</translation>
    </message>
    <message>
        <source>回放一份接收机记录，只供演练，处处标明模拟</source>
        <translation>Replays a receiver&apos;s log, for rehearsal only; marked as simulated everywhere</translation>
    </message>
    <message>
        <source>没开</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>正在打开</source>
        <translation>Opening</translation>
    </message>
    <message>
        <source>正在找卫星</source>
        <translation>Searching</translation>
    </message>
    <message>
        <source>有定位</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>定位旧了</source>
        <translation>Position too old</translation>
    </message>
    <message>
        <source>用不了</source>
        <translation>Not working</translation>
    </message>
    <message>
        <source>没有这个设备</source>
        <translation>There is no such device</translation>
    </message>
    <message>
        <source>没有权限，或被别的程序占着</source>
        <translation>No permission, or another program holds it</translation>
    </message>
    <message>
        <source>系统没有定位服务</source>
        <translation>The system has no position service</translation>
    </message>
    <message>
        <source>连不上</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>断开了</source>
        <translation>Disconnected</translation>
    </message>
    <message>
        <source>接上了，但什么也不说</source>
        <translation>Connected, but it says nothing</translation>
    </message>
    <message>
        <source>在说话，但不是 NMEA</source>
        <translation>It speaks, but no NMEA</translation>
    </message>
    <message>
        <source>记录放完了</source>
        <translation>The log has ended</translation>
    </message>
    <message>
        <source>看插头和设备名</source>
        <translation>Look at the plug and the device&apos;s name</translation>
    </message>
    <message>
        <source>在系统里给本程序串口或定位的权限，关掉占着它的程序</source>
        <translation>Give this program permission for the port or for positions, and close what holds it</translation>
    </message>
    <message>
        <source>改用外接接收机</source>
        <translation>Use an external receiver</translation>
    </message>
    <message>
        <source>看地址、端口和网线</source>
        <translation>Look at address, port and cable</translation>
    </message>
    <message>
        <source>看插头，插回去会自己接上</source>
        <translation>Look at the plug; it connects by itself when it is back</translation>
    </message>
    <message>
        <source>看接收机有没有电；会自己重新打开</source>
        <translation>Look whether the receiver has power; it is opened anew by itself</translation>
    </message>
    <message>
        <source>换一个波特率试试</source>
        <translation>Try another baud rate</translation>
    </message>
    <message>
        <source>要再放，先选“不用”，再选回来</source>
        <translation>To replay it, choose “None” and then “Log” again</translation>
    </message>
    <message>
        <source>慢 %1</source>
        <translation>%1 slow</translation>
    </message>
    <message>
        <source>快 %1</source>
        <translation>%1 fast</translation>
    </message>
    <message>
        <source>督查员</source>
        <translation>Inspector</translation>
    </message>
    <message>
        <source>组长</source>
        <translation>Team lead</translation>
    </message>
    <message>
        <source>审核员</source>
        <translation>Reviewer</translation>
    </message>
    <message>
        <source>督查室主任</source>
        <translation>Chief of the office</translation>
    </message>
    <message>
        <source>本人已停用：只能把记录送回督查室</source>
        <translation>Your access has ended: records can only be sent to the office</translation>
    </message>
    <message>
        <source>交给你的检查：%1</source>
        <translation>A check for you: %1</translation>
    </message>
    <message>
        <source>%1 的检查已交给 %2</source>
        <translation>The check at %1 went to %2</translation>
    </message>
    <message>
        <source>照片与登记不符：%1</source>
        <translation>A photo does not match: %1</translation>
    </message>
    <message>
        <source>意见有答复：%1</source>
        <translation>Answer to your feedback: %1</translation>
    </message>
    <message>
        <source>你报的现场已收进名册：%1</source>
        <translation>Your site is listed now: %1</translation>
    </message>
    <message>
        <source>现场备注：%1</source>
        <translation>Note on a site: %1</translation>
    </message>
    <message>
        <source>角色已确认：%1</source>
        <translation>Role confirmed: %1</translation>
    </message>
    <message>
        <source>角色已结束：%1</source>
        <translation>Role ended: %1</translation>
    </message>
    <message>
        <source>%1 的检查不再发到本机</source>
        <translation>The check at %1 no longer comes to this tablet</translation>
    </message>
    <message>
        <source>%1。你记的都在，没送完的照样送</source>
        <translation>%1. What you recorded is all here, and what is not sent yet still goes out</translation>
    </message>
    <message>
        <source>督查室三次收到的都不是登记的那张，原件还在本机，请打电话。指纹 %1</source>
        <translation>Three times the office got other bytes than recorded; the original is here. Please call. Fingerprint %1</translation>
    </message>
</context>
</TS>
