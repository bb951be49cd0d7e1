pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Every change applies at once; the line under a setting says its effect.
BasePage {
    id: root

    readonly property var facts: [
        {title: qsTr("使用人"), value: App.personName},
        {title: qsTr("督查室"), value: App.officeName},
        {title: qsTr("程序版本"), value: Qt.application.version},
        {title: qsTr("存储"), value: qsTr("余 %1，约可拍 %2 张").arg(App.status.freeSpace).arg(App.status.photosLeft)},
        {title: qsTr("记录"), value: qsTr("%1 条，%2 条有回执").arg(App.status.records).arg(App.status.recordsDone)}
    ]
    property int section: 0
    readonly property list<string> sections: [qsTr("显示与握持"), qsTr("安全与锁屏"), qsTr("定位"), qsTr("相机"), qsTr("离线底图"), qsTr("常用语"), qsTr("关于本机")]

    PageHead {
        id: head
        width: parent.width
        hasBack: false
        title: qsTr("设置")
    }
    GridLayout {
        anchors.fill: parent
        anchors.topMargin: head.height
        anchors.margins: Theme.space.page
        columns: Theme.portrait ? 1 : 2
        columnSpacing: Theme.space.xl
        rowSpacing: Theme.space.m

        Flow {
            Layout.preferredWidth: Theme.portrait ? -1 : Theme.size.settingsColumn
            Layout.fillWidth: Theme.portrait
            Layout.alignment: Qt.AlignTop
            spacing: Theme.space.xs
            Repeater {
                model: root.sections.length
                Tappable {
                    id: entry
                    required property int index
                    readonly property bool chosen: root.section === entry.index
                    width: Theme.portrait ? implicitWidth : Theme.size.settingsColumn
                    implicitHeight: Theme.size.settingsRow
                    leftPadding: Theme.space.checkPage
                    rightPadding: Theme.space.checkPage
                    text: root.sections[entry.index]
                    Accessible.role: Accessible.PageTab
                    Accessible.checked: entry.chosen
                    onActivated: root.section = entry.index
                    contentItem: ThemedText {
                        text: entry.text
                        bold: entry.chosen
                        color: entry.chosen ? Theme.color.onAccentSoft : Theme.color.text
                    }
                    background: Rectangle {
                        radius: Theme.radius.panel
                        color: entry.chosen ? Theme.color.accentSoft : entry.pressed ? Theme.color.sunken : "transparent"
                        Rectangle {
                            visible: entry.chosen
                            width: Theme.size.stampStrip
                            height: parent.height
                            color: Theme.color.accent
                        }
                    }
                }
            }
        }
        Flickable {
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: panel.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            Panel {
                id: panel
                width: parent.width
                implicitHeight: rows.implicitHeight + 2 * Theme.space.s
                ColumnLayout {
                    id: rows
                    x: Theme.space.checkPage
                    y: Theme.space.s
                    width: parent.width - 2 * x
                    spacing: 0

                    SettingRow {
                        visible: root.section === 0
                        title: qsTr("主题")
                        effect: qsTr("户外：黑白分明，线条加粗，字大一号")
                        Segmented {
                            name: qsTr("主题")
                            options: [Words.lookWord(0), Words.lookWord(1), Words.lookWord(2)]
                            current: App.settings.look
                            onPicked: index => App.settings.look = index
                        }
                    }
                    SettingRow {
                        visible: root.section === 0
                        title: qsTr("字号")
                        effect: qsTr("正文 17，最大 22；页面不截字")
                        Segmented {
                            name: qsTr("字号")
                            options: [Words.textSizeWord(0), Words.textSizeWord(1), Words.textSizeWord(2)]
                            current: App.settings.textSize
                            onPicked: index => App.settings.textSize = index
                        }
                    }
                    SettingRow {
                        visible: root.section === 0
                        title: qsTr("握持")
                        effect: qsTr("操作栏放在惯用手一侧")
                        Segmented {
                            name: qsTr("握持")
                            options: [Words.handWord(0), Words.handWord(1)]
                            current: App.settings.hand
                            onPicked: index => App.settings.hand = index
                        }
                    }
                    SettingRow {
                        visible: root.section === 0 && App.settings.hasEnglish
                        title: qsTr("语言 Language")
                        effect: qsTr("立即换；字章始终是中文")
                        Segmented {
                            name: qsTr("语言 Language")
                            options: ["中文", "English"]
                            current: App.settings.language === "en" ? 1 : 0
                            onPicked: index => App.settings.language = index === 1 ? "en" : "zh"
                        }
                    }
                    SettingRow {
                        visible: root.section === 0
                        title: qsTr("减少动画")
                        effect: qsTr("按下和换页不再渐变")
                        last: true
                        ToggleSwitch {
                            name: qsTr("减少动画")
                            on: App.settings.calm
                            onSwitched: on => App.settings.calm = on
                        }
                    }
                    SettingRow {
                        visible: root.section === 1
                        title: qsTr("自动锁屏")
                        effect: qsTr("%1 分钟不动就锁；检查进行时记录不停").arg(App.settings.lockMinutes)
                        Segmented {
                            name: qsTr("自动锁屏")
                            readonly property var minutes: [2, 5, 10, 15]
                            options: minutes.map(value => Words.minutes(value))
                            current: minutes.indexOf(App.settings.lockMinutes)
                            onPicked: index => App.settings.lockMinutes = minutes[index]
                        }
                    }
                    SettingRow {
                        visible: root.section === 1
                        title: qsTr("锁屏")
                        effect: qsTr("马上锁；要换人在锁屏页换")
                        last: true
                        PushButton {
                            glyph: "lock"
                            text: qsTr("锁屏")
                            onActivated: App.lock()
                        }
                    }
                    Repeater {
                        model: root.section === 2 ? 1 : 0
                        ReceiverPanel {
                            Layout.fillWidth: true
                        }
                    }
                    SettingRow {
                        visible: root.section === 3
                        title: qsTr("快门声")
                        effect: qsTr("响声表示照片已存好；静音时只有屏幕白框")
                        ToggleSwitch {
                            name: qsTr("快门声")
                            on: App.settings.shutterSound
                            onSwitched: on => App.settings.shutterSound = on
                        }
                    }
                    SettingRow {
                        visible: root.section === 3
                        title: qsTr("文件相机的文件夹")
                        effect: qsTr("没有镜头的机器从这里取图，一律标为导入，非实拍")
                        last: true
                        TextBox {
                            Layout.preferredWidth: Theme.size.pathField
                            name: qsTr("文件相机的文件夹")
                            text: App.settings.cameraFolder
                            onFinished: App.settings.cameraFolder = text
                        }
                    }
                    SettingRow {
                        visible: root.section === 4
                        title: qsTr("底图文件")
                        effect: qsTr("MBTiles 栅格底图；没有时只画网格，围栏和航迹照常显示。来源和审图号写在地图页脚")
                        last: true
                        TextBox {
                            Layout.preferredWidth: Theme.size.pathField
                            name: qsTr("底图文件")
                            placeholder: "/…/district.mbtiles"
                            text: App.settings.tiles
                            onFinished: App.settings.tiles = text.trim()
                        }
                    }
                    Repeater {
                        model: root.section === 5 ? App.settings.phrases : []
                        SettingRow {
                            id: phrase
                            required property int index
                            required property string modelData
                            title: phrase.modelData
                            PushButton {
                                text: qsTr("去掉")
                                spoken: qsTr("去掉 %1").arg(phrase.modelData)
                                onActivated: App.settings.removePhrase(phrase.index)
                            }
                        }
                    }
                    SettingRow {
                        visible: root.section === 5
                        title: qsTr("加一条")
                        effect: qsTr("在问题和说明的文字下面，一点就写进去")
                        last: true
                        TextBox {
                            id: fresh
                            Layout.preferredWidth: Theme.size.phraseField
                            name: qsTr("新的常用语")
                            onAccepted: add.activated()
                        }
                        PushButton {
                            id: add
                            text: qsTr("加")
                            blocked: fresh.text.trim() === "" ? qsTr("缺文字") : ""
                            onActivated: {
                                App.settings.addPhrase(fresh.text);
                                fresh.text = "";
                            }
                            onMissing: fresh.forceActiveFocus()
                        }
                    }
                    SettingRow {
                        visible: root.section === 6
                        title: qsTr("意见建议")
                        effect: qsTr("对程序、对工作都可以说，督查室答复")
                        PushButton {
                            glyph: "pencil"
                            text: qsTr("提意见")
                            onActivated: root.opened("FeedbackPage", {})
                        }
                    }
                    Repeater {
                        model: root.section === 6 ? root.facts.length : 0
                        SettingRow {
                            id: about
                            required property int index
                            title: root.facts[about.index].title
                            last: about.index === 4
                            ThemedText {
                                text: root.facts[about.index].value
                                color: Theme.color.textMuted
                            }
                        }
                    }
                }
            }
        }
    }
}
