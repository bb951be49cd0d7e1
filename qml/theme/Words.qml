pragma Singleton
import QtQml
import Zhicha

// The only place that turns an enum of mobile/models/ui.h into seal, word, tone and glyph.
QtObject {
    id: root

    // Facts in one line, without those that are not there.
    function joined(facts: list<string>): string {
        return facts.filter(fact => fact !== "").join(" · ");
    }
    // The same for a screen reader.
    function spoken(facts: list<string>): string {
        return facts.filter(fact => fact !== "").join(qsTr("，"));
    }

    // --- Seals ---
    function seal(stamp: int): string {
        return ["封", "启", "查", "稿", "毕", "候", "送", "达", "退", "异", "拒", "签", "待", "辞", "废", "空"][stamp];
    }
    function stampWord(stamp: int): string {
        switch (stamp) {
        case Ui.Stamp.Sealed: return qsTr("封存");
        case Ui.Stamp.Opened: return qsTr("已开启");
        case Ui.Stamp.Checking: return qsTr("检查中");
        case Ui.Stamp.Draft: return qsTr("草稿");
        case Ui.Stamp.Finished: return qsTr("已完成");
        case Ui.Stamp.Queued: return qsTr("排队");
        case Ui.Stamp.Sending: return qsTr("正在送");
        case Ui.Stamp.Delivered: return qsTr("已送达");
        case Ui.Stamp.Returned: return qsTr("退回");
        case Ui.Stamp.Disputed: return qsTr("两说不一");
        case Ui.Stamp.Refused: return qsTr("被拒");
        case Ui.Stamp.Signed: return qsTr("已签");
        case Ui.Stamp.ToSign: return qsTr("待签");
        case Ui.Stamp.Declined: return qsTr("拒签");
        case Ui.Stamp.Voided: return qsTr("作废");
        default: return qsTr("空");
        }
    }
    function stampTone(stamp: int): int {
        switch (stamp) {
        case Ui.Stamp.Opened:
        case Ui.Stamp.Checking:
        case Ui.Stamp.Draft:
        case Ui.Stamp.Finished:
        case Ui.Stamp.Sending:
        case Ui.Stamp.Signed: return Ui.Tone.Accent;
        case Ui.Stamp.Delivered: return Ui.Tone.Ok;
        case Ui.Stamp.Returned:
        case Ui.Stamp.Disputed: return Ui.Tone.Warn;
        case Ui.Stamp.Refused:
        case Ui.Stamp.Declined: return Ui.Tone.Danger;
        default: return Ui.Tone.Neutral;
        }
    }
    // Filled seals are those that run now or need a hand.
    function stampFilled(stamp: int): bool {
        return stamp === Ui.Stamp.Checking || stamp === Ui.Stamp.Sending || stamp === Ui.Stamp.Returned
            || stamp === Ui.Stamp.Disputed || stamp === Ui.Stamp.Refused || stamp === Ui.Stamp.Signed
            || stamp === Ui.Stamp.Declined;
    }

    // --- Answers ---
    function questionWord(question: int): string {
        return [qsTr("是否落实"), qsTr("整改是否到位"), qsTr("群众是否满意")][question];
    }
    // Beside a mark in a closed item.
    function questionShort(question: int): string {
        return [qsTr("落实"), qsTr("整改"), qsTr("群众")][question];
    }
    function answerWord(answer: int): string {
        return [qsTr("未答"), qsTr("是"), qsTr("部分"), qsTr("否")][answer];
    }
    // The answers of an item in the order of its questions.
    function answersLine(answers: list<int>): string {
        let line = "";
        for (let question = 0; question < answers.length; ++question)
            line += (question === 0 ? "" : qsTr("，")) + qsTr("%1 %2").arg(root.questionShort(question)).arg(root.answerWord(answers[question]));
        return line;
    }
    function answerGlyph(answer: int): string {
        return ["circle", "check", "dash", "cross"][answer];
    }
    function answerTone(answer: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Ok, Ui.Tone.Warn, Ui.Tone.Danger][answer];
    }

    // --- Severity ---
    function severityWord(severity: int): string {
        return [qsTr("未定"), qsTr("轻微"), qsTr("较重"), qsTr("严重")][severity];
    }
    function severityMeaning(severity: int): string {
        return ["", qsTr("当场可改"), qsTr("须限期整改"), qsTr("有安全或民生危害")][severity];
    }
    // Outlines where nothing is chosen yet.
    function severityGlyph(severity: int, chosen: bool): string {
        if (chosen)
            return ["dash", "circle", "triangle-filled", "diamond-filled"][severity];
        return ["dash", "circle", "triangle", "diamond"][severity];
    }
    function severityTone(severity: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Neutral, Ui.Tone.Warn, Ui.Tone.Danger][severity];
    }

    // --- What people say ---
    function feelingWord(feeling: int): string {
        return [qsTr("满意"), qsTr("一般"), qsTr("不满意")][feeling];
    }
    function feelingGlyph(feeling: int): string {
        return ["check", "dash", "cross"][feeling];
    }
    function feelingTone(feeling: int): int {
        return [Ui.Tone.Ok, Ui.Tone.Warn, Ui.Tone.Danger][feeling];
    }

    // --- How a photo was obtained, and where it is ---
    function obtainedWord(obtained: int): string {
        return [qsTr("未选"), qsTr("公共场所"), qsTr("已告知"), qsTr("已同意"), qsTr("经批准")][obtained];
    }
    function obtainedMeaning(obtained: int): string {
        return ["", qsTr("人人可进可见"), qsTr("亮明身份和目的"), qsTr("对方当场同意"), qsTr("须填批准文号")][obtained];
    }
    function photoWord(state: int): string {
        return [qsTr("在本机"), qsTr("正在送"), qsTr("已送达"), qsTr("文件缺失"), qsTr("在同事的平板上"), qsTr("已抹除")][state];
    }
    function photoGlyph(state: int): string {
        return ["storage", "sync", "check", "cross", "person", "lock"][state];
    }
    function photoTone(state: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Accent, Ui.Tone.Ok, Ui.Tone.Danger, Ui.Tone.Neutral, Ui.Tone.Neutral][state];
    }
    function originWord(imported: bool): string {
        return imported ? qsTr("导入，非实拍") : qsTr("实拍");
    }

    // --- Position ---
    function fenceTone(fence: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Ok, Ui.Tone.Neutral, Ui.Tone.Warn, Ui.Tone.Warn][fence];
    }
    function fenceGlyph(fence: int): string {
        return ["route", "pin-check", "route", "warning", "warning"][fence];
    }
    function fixTone(fix: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Danger, Ui.Tone.Ok, Ui.Tone.Neutral, Ui.Tone.Danger, Ui.Tone.Warn][fix];
    }
    function fixGlyph(fix: int): string {
        return ["fix-off", "fix-off", "fix", "fix", "fix-off", "warning"][fix];
    }
    function doubtWord(doubt: int): string {
        return ["", qsTr("跳变"), qsTr("移动过快"), qsTr("读数不动"), qsTr("卫星太少"), qsTr("系统标为模拟")][doubt];
    }

    function fixText(fix: int, accuracyM: real, ageSeconds: int, doubt: int, jumpM: real): string {
        switch (fix) {
        case Ui.Fix.Off: return qsTr("定位未开");
        case Ui.Fix.Missing: return qsTr("没有定位");
        case Ui.Fix.Old: return qsTr("±%1 · %2，旧").arg(root.distance(accuracyM)).arg(root.ago(ageSeconds));
        case Ui.Fix.Unusable: return qsTr("%1，不可用").arg(root.ago(ageSeconds));
        case Ui.Fix.Suspicious:
            return doubt === Ui.Doubt.Jump ? qsTr("定位可疑：%1 %2").arg(root.doubtWord(doubt)).arg(root.distance(jumpM))
                                           : qsTr("定位可疑：%1").arg(root.doubtWord(doubt));
        default: return qsTr("±%1 · %2").arg(root.distance(accuracyM)).arg(root.ago(ageSeconds));
        }
    }

    // --- The receiver ---
    function positioningWord(kind: int): string {
        return [qsTr("不用"), qsTr("本机"), qsTr("串口"), qsTr("网络"), qsTr("记录")][kind];
    }
    function positioningMeaning(kind: int): string {
        return [qsTr("不定位，检查照常记，标明无定位"), qsTr("系统自带的定位"), qsTr("插在串口或 USB 上的接收机"),
                qsTr("局域网里的接收机或 gpsd，原样的 NMEA"), qsTr("回放一份接收机记录，只供演练，处处标明模拟")][kind];
    }
    function receiverWord(receiver: int): string {
        return [qsTr("没开"), qsTr("正在打开"), qsTr("正在找卫星"), qsTr("有定位"), qsTr("定位旧了"), qsTr("用不了")][receiver];
    }
    function receiverGlyph(receiver: int): string {
        return ["fix-off", "clock", "clock", "fix", "fix-off", "warning"][receiver];
    }
    function receiverTone(receiver: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Neutral, Ui.Tone.Neutral, Ui.Tone.Ok, Ui.Tone.Warn, Ui.Tone.Warn][receiver];
    }
    // What is; what it touches is always the same; what to do.
    function receiverTroubleWord(trouble: int): string {
        return ["", qsTr("没有这个设备"), qsTr("没有权限，或被别的程序占着"), qsTr("系统没有定位服务"), qsTr("连不上"),
                qsTr("断开了"), qsTr("接上了，但什么也不说"), qsTr("在说话，但不是 NMEA"), qsTr("记录放完了")][trouble];
    }
    function receiverTroubleNext(trouble: int): string {
        return ["", qsTr("看插头和设备名"), qsTr("在系统里给本程序串口或定位的权限，关掉占着它的程序"), qsTr("改用外接接收机"),
                qsTr("看地址、端口和网线"), qsTr("看插头，插回去会自己接上"), qsTr("看接收机有没有电；会自己重新打开"),
                qsTr("换一个波特率试试"), qsTr("要再放，先选“不用”，再选回来")][trouble];
    }

    // --- Numbers with their units, which never break from them ---
    function distance(metres: real): string {
        return metres < 1000 ? qsTr("%1\u00a0米").arg(Math.round(metres)) : qsTr("%1\u00a0千米").arg((metres / 1000).toFixed(1));
    }
    function minutes(minutes: int): string {
        return qsTr("%1\u00a0分").arg(minutes);
    }
    function ago(seconds: int): string {
        return seconds < 60 ? qsTr("%1\u00a0秒前").arg(seconds) : qsTr("%1\u00a0分前").arg(Math.floor(seconds / 60));
    }

    function bytes(count: real): string {
        if (count < 1e6)
            return qsTr("%1\u00a0KB").arg(Math.round(count / 1e3));
        if (count < 1e9)
            return qsTr("%1\u00a0MB").arg(Math.round(count / 1e6));
        return qsTr("%1\u00a0GB").arg(count < 1e10 ? (count / 1e9).toFixed(1) : Math.round(count / 1e9));
    }
    // Countdowns: 2 分 40 秒.
    function span(seconds: int): string {
        if (seconds < 60)
            return qsTr("%1\u00a0秒").arg(seconds);
        return seconds % 60 === 0 ? root.minutes(seconds / 60)
                                  : qsTr("%1\u00a0分\u00a0%2\u00a0秒").arg(Math.floor(seconds / 60)).arg(seconds % 60);
    }

    // --- Saving and sending ---
    function saveTone(save: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Neutral, Ui.Tone.Ok, Ui.Tone.Danger][save];
    }
    function saveGlyph(save: int): string {
        return ["pencil", "pencil", "check", "cross"][save];
    }
    function syncWord(sync: int): string {
        return [qsTr("离线"), qsTr("正在送"), qsTr("没连上"), qsTr("全部送达"), qsTr("督查室变了"),
                qsTr("登录已过期，不影响检查")][sync];
    }
    function clockOff(behindSeconds: int): string {
        return behindSeconds > 0 ? qsTr("慢 %1").arg(root.span(behindSeconds)) : qsTr("快 %1").arg(root.span(-behindSeconds));
    }
    function roleWord(role: string): string {
        switch (role) {
        case "inspector": return qsTr("督查员");
        case "team_lead": return qsTr("组长");
        case "reviewer": return qsTr("审核员");
        case "chief": return qsTr("督查室主任");
        default: return role;
        }
    }
    // What the office did, in one line; `subject` is a site, a role or the first words of what was said.
    function newsWord(news: int, subject: string, person: string): string {
        switch (news) {
        case Ui.News.PersonEnded: return qsTr("本人已停用：只能把记录送回督查室");
        case Ui.News.HandedToYou: return qsTr("交给你的检查：%1").arg(subject);
        case Ui.News.HandedAway: return qsTr("%1 的检查已交给 %2").arg(subject).arg(person);
        case Ui.News.PhotoMismatch: return qsTr("照片与登记不符：%1").arg(subject);
        case Ui.News.FeedbackAnswered: return qsTr("意见有答复：%1").arg(subject);
        case Ui.News.SiteAdopted: return qsTr("你报的现场已收进名册：%1").arg(subject);
        case Ui.News.SiteNoted: return qsTr("现场备注：%1").arg(subject);
        case Ui.News.RoleConfirmed: return qsTr("角色已确认：%1").arg(root.roleWord(subject));
        case Ui.News.ReadingEnded: return qsTr("%1 的检查不再发到本机").arg(subject);
        default: return qsTr("角色已结束：%1").arg(root.roleWord(subject));
        }
    }
    // What it means for the one who reads it.
    function newsMeaning(news: int, text: string): string {
        if (news === Ui.News.PhotoMismatch)
            return qsTr("督查室三次收到的都不是登记的那张，原件还在本机，请打电话。指纹 %1").arg(text);
        if (news === Ui.News.ReadingEnded)
            return qsTr("%1。你记的都在，没送完的照样送").arg(text);
        return text;
    }
    function newsStamp(news: int): int {
        return news === Ui.News.PersonEnded || news === Ui.News.PhotoMismatch ? Ui.Stamp.Refused
             : news === Ui.News.HandedToYou ? Ui.Stamp.Opened : Ui.Stamp.Delivered;
    }
    function waitingWord(records: int, photos: int): string {
        return records === 0 && photos === 0 ? qsTr("待送\u00a00")
                                             : qsTr("待送 文字\u00a0%1、照片\u00a0%2").arg(records).arg(photos);
    }
    // Last success, what waits, next try; each left out when it is not known.
    function syncDetail(sync: int, last: string, records: int, photos: int, sent: int, all: int, minutesLeft: int,
                        retrySeconds: int, next: string): string {
        const waiting = root.waitingWord(records, photos);
        switch (sync) {
        case Ui.Sync.Sending:
            return root.joined([last === "" ? "" : qsTr("文字已送达\u00a0%1").arg(last),
                                qsTr("照片\u00a0%1\u00a0/\u00a0%2").arg(sent).arg(all),
                                minutesLeft < 0 ? "" : qsTr("约\u00a0%1\u00a0分钟").arg(minutesLeft)]);
        case Ui.Sync.Done:
            return root.joined([last, waiting, next === "" ? "" : qsTr("下次\u00a0%1").arg(next)]);
        case Ui.Sync.Stopped:
            return root.joined([qsTr("指纹对不上，已停止发送，数据都在"), qsTr("请打督查室电话")]);
        case Ui.Sync.SignInExpired:
            return root.joined([waiting, qsTr("有网时自动续")]);
        default:
            return root.joined([last === "" ? qsTr("还没送过") : qsTr("上次送达\u00a0%1").arg(last), waiting,
                                sync === Ui.Sync.Offline ? qsTr("有网即试") : qsTr("%1后再试").arg(root.span(retrySeconds))]);
        }
    }
    function syncGlyph(sync: int): string {
        return ["cloud-off", "sync", "clock", "check", "warning", "key"][sync];
    }
    function laneWord(lane: int): string {
        return [qsTr("文字"), qsTr("预览"), qsTr("原图")][lane];
    }

    // --- Four-no, two-direct ---
    function dutyWord(duty: int): string {
        return [qsTr("不发通知"), qsTr("不打招呼"), qsTr("不听汇报"), qsTr("不陪同接待"), qsTr("直奔基层"), qsTr("直插现场")][duty];
    }
    function keptWord(kept: int): string {
        return [qsTr("未答"), qsTr("做到"), qsTr("说明"), qsTr("未做到")][kept];
    }
    function keptGlyph(kept: int): string {
        return ["circle", "check", "pencil", "cross"][kept];
    }
    function keptTone(kept: int): int {
        return [Ui.Tone.Neutral, Ui.Tone.Ok, Ui.Tone.Warn, Ui.Tone.Danger][kept];
    }
    function measuredWord(measured: int): string {
        return [qsTr("本机测得，相符"), qsTr("本机测得，部分相符"), qsTr("本机测得，不相符"), qsTr("本机测不到")][measured];
    }
    function measuredGlyph(measured: int): string {
        return ["check", "dash", "warning", "eye-off"][measured];
    }
    function measuredTone(measured: int): int {
        return [Ui.Tone.Ok, Ui.Tone.Warn, Ui.Tone.Danger, Ui.Tone.Neutral][measured];
    }
    function signingStamp(signing: int): int {
        return [Ui.Stamp.Signed, Ui.Stamp.ToSign, Ui.Stamp.Declined][signing];
    }

    // --- Navigation and settings ---
    function placeWord(place: int): string {
        return [qsTr("今日"), qsTr("现场"), qsTr("地图"), qsTr("同步"), qsTr("查档"), qsTr("设置")][place];
    }
    function placeGlyph(place: int): string {
        return ["calendar", "pin-check", "map", "sync", "search", "sliders"][place];
    }
    function lookWord(look: int): string {
        return [qsTr("浅色"), qsTr("深色"), qsTr("户外")][look];
    }
    function textSizeWord(size: int): string {
        return [qsTr("标准"), qsTr("大"), qsTr("特大")][size];
    }
    function handWord(hand: int): string {
        return [qsTr("左手"), qsTr("右手")][hand];
    }

    // --- Tones ---
    function toneText(tone: int): color {
        return [Theme.color.textMuted, Theme.color.accent, Theme.color.ok, Theme.color.warn, Theme.color.danger][tone];
    }
    function toneSoft(tone: int): color {
        return [Theme.color.sunken, Theme.color.accentSoft, Theme.color.okSoft, Theme.color.warnSoft,
                Theme.color.dangerSoft][tone];
    }
    function toneFill(tone: int): color {
        return [Theme.color.surface, Theme.color.accent, Theme.color.ok, Theme.color.warnFill, Theme.color.dangerFill][tone];
    }
    function onToneFill(tone: int): color {
        return [Theme.color.text, Theme.color.onAccent, Theme.color.surface, Theme.color.onWarnFill,
                Theme.color.onDangerFill][tone];
    }
}
