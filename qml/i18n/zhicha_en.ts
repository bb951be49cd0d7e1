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
    <name>AnswerPicker</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
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
    <name>ConfirmStrip</name>
    <message>
        <source>留着</source>
        <translation>Keep</translation>
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
    <name>ItemCard</name>
    <message>
        <source>时限 %1 · 已逾期 %2 天</source>
        <translation>Due %1 · %2 days overdue</translation>
    </message>
    <message>
        <source>时限 %1</source>
        <translation>Due %1</translation>
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
    <name>ProgressSteps</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
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
    <name>Segmented</name>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
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
    <name>SkeletonRows</name>
    <message>
        <source>正在读本机记录</source>
        <translation>Reading the records on this tablet</translation>
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
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
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
    <name>TextEditor</name>
    <message>
        <source>%1 字</source>
        <translation>%1 characters</translation>
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
        <source>%1 米</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>%1 千米</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 分</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 秒前</source>
        <translation>%1 s ago</translation>
    </message>
    <message>
        <source>%1 分前</source>
        <translation>%1 min ago</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 秒</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 分 %2 秒</source>
        <translation>%1 min %2 s</translation>
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
        <translation>The office's key changed</translation>
    </message>
    <message>
        <source>登录已过期，不影响检查</source>
        <translation>Sign-in expired; checks go on</translation>
    </message>
    <message>
        <source>待送 0</source>
        <translation>nothing waiting</translation>
    </message>
    <message>
        <source>待送 文字 %1、照片 %2</source>
        <translation>waiting: %1 records, %2 photos</translation>
    </message>
    <message>
        <source>文字已送达 %1</source>
        <translation>records in %1</translation>
    </message>
    <message>
        <source>照片 %1 / %2</source>
        <translation>photos %1 of %2</translation>
    </message>
    <message>
        <source>约 %1 分钟</source>
        <translation>about %1 min</translation>
    </message>
    <message>
        <source>下次 %1</source>
        <translation>next %1</translation>
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
        <source>上次送达 %1</source>
        <translation>last delivered %1</translation>
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
</context>
</TS>
