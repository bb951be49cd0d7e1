import QtQuick
import Zhicha

// Where the tablet is against the fence of the site.
Pill {
    id: root

    required property int fence
    property string arrivedAt: ""
    property real distanceM: 0
    property real accuracyM: 0
    property int leftMinutes: 0

    tone: Words.fenceTone(root.fence)
    glyph: Words.fenceGlyph(root.fence)
    text: {
        switch (root.fence) {
        case Ui.Fence.Inside:
            return root.arrivedAt === "" ? qsTr("围栏内 %1").arg(Words.distance(root.distanceM))
                                         : qsTr("已到达 %1 · 围栏内 %2").arg(root.arrivedAt).arg(Words.distance(root.distanceM));
        case Ui.Fence.Outside: return qsTr("未到达 · 距围栏 %1").arg(Words.distance(root.distanceM));
        case Ui.Fence.Edge: return qsTr("在围栏边 · ±%1，等准一点").arg(Words.distance(root.accuracyM));
        case Ui.Fence.Left: return qsTr("已离开围栏 %1").arg(Words.minutes(root.leftMinutes));
        default: return qsTr("未到达 · 没有定位");
        }
    }
}
