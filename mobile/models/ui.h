#pragma once
// The states that a screen shows, as enums: models and controllers give these, never words. qml/theme/Words.qml alone
// turns them into seal, word, tone and glyph, so that all pages say the same. In QML they read `Ui.Stamp.Sealed`.
// Numbers are not stored anywhere and may change between builds.
#include <QtCore/qobjectdefs.h>
#include <QtQml/qqmlregistration.h>

namespace zhicha::ui {

Q_NAMESPACE
QML_NAMED_ELEMENT(Ui)
// Ui.Stamp.Sending and Ui.Sync.Sending are two things.
Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")

enum class Look { Light, Dark, Outdoor };
Q_ENUM_NS(Look)

enum class TextSize { Standard, Large, ExtraLarge };
Q_ENUM_NS(TextSize)

/** The hand that works: its side carries the action rail. */
enum class Hand { Left, Right };
Q_ENUM_NS(Hand)

/** What a colour means; never the only sign of it. */
enum class Tone { Neutral, Accent, Ok, Warn, Danger };
Q_ENUM_NS(Tone)

/** The entries of the navigation rail, in its order. */
enum class Place { Today, Site, Map, Sync, Records, Settings };
Q_ENUM_NS(Place)

/** One character in a seal. */
enum class Stamp {
    Sealed,
    Opened,
    Checking,
    Draft,
    Finished,
    Queued,
    Sending,
    Delivered,
    Returned,
    Disputed,
    Refused,
    Signed,
    ToSign,
    Declined,
    Voided,
    Nothing
};
Q_ENUM_NS(Stamp)

enum class Question { CarriedOut, Rectified, PeopleSatisfied };
Q_ENUM_NS(Question)

enum class Answer { Unanswered, Yes, Partly, No };
Q_ENUM_NS(Answer)

enum class Severity { Unset, Minor, Major, Critical };
Q_ENUM_NS(Severity)

enum class Feeling { Satisfied, Neutral, Dissatisfied };
Q_ENUM_NS(Feeling)

/** Edge: the circle of accuracy crosses the fence. Left: arrived before, outside now. */
enum class Fence { Unknown, Inside, Outside, Edge, Left };
Q_ENUM_NS(Fence)

/** Old past 5 s, unusable past 15 s; Off: the receiver is not wanted now; Suspicious carries a reason. */
enum class Fix { Off, Missing, Good, Old, Unusable, Suspicious };
Q_ENUM_NS(Fix)

/** What the receiver does. Stale: it speaks, but its last position is too old to be used. */
enum class Receiver { Off, Opening, Searching, Fixed, Stale, Trouble };
Q_ENUM_NS(Receiver)

enum class ReceiverTrouble {
    NoTrouble,
    NoDevice,
    NoPermission,
    NoService,
    Unreachable,
    CutOff,
    Silent,
    Unreadable,
    Ended
};
Q_ENUM_NS(ReceiverTrouble)

/** Which receiver was chosen. */
enum class Positioning { Off, System, Serial, Network, Log };
Q_ENUM_NS(Positioning)

/** How a check can be started where the tablet is now. */
enum class StartWay { WithoutFix, Inside, Outside };
Q_ENUM_NS(StartWay)

/** Why a fix is doubted. */
enum class Doubt { NoDoubt, Jump, TooFast, FrozenNoise, FewSatellites, MockFlag };
Q_ENUM_NS(Doubt)

enum class CameraState { Starting, Ready, Absent, NoPermission, Failed };
Q_ENUM_NS(CameraState)

/** What a scanned code turned out to be. */
enum class Scanned { Nothing, Enrolment, Join, Countersign, Foreign, Unreadable };
Q_ENUM_NS(Scanned)

enum class Save { Idle, Saving, Saved, Failed };
Q_ENUM_NS(Save)

/** The one state machine of the sync (R15). */
enum class Sync { Offline, Sending, Failed, Done, Stopped, SignInExpired };
Q_ENUM_NS(Sync)

enum class Lane { Records, Previews, Originals };
Q_ENUM_NS(Lane)

enum class LaneState { Waiting, Running, Done };
Q_ENUM_NS(LaneState)

/** Where a photo is; that it was imported is told beside. */
enum class PhotoState { OnTablet, Uploading, Delivered, Missing, Elsewhere, Erased }; // Elsewhere: a colleague shot it
Q_ENUM_NS(PhotoState)

/** What a finger draws on a copy. */
enum class MarkShape { Oval, Arrow, Line };
Q_ENUM_NS(MarkShape)

/** By what right a photo was taken. */
enum class Obtained { Unset, PublicPlace, Disclosed, Consented, Approved };
Q_ENUM_NS(Obtained)

/** The six parts of the attestation, in their order. */
enum class Duty { NoNotice, NoGreeting, NoReports, NoReception, StraightToGrassRoots, StraightToSite };
Q_ENUM_NS(Duty)

enum class Kept { Unanswered, Kept, Explain, NotKept };
Q_ENUM_NS(Kept)

/** What the tablet's own measurements say about a duty. */
enum class Measured { Supports, Partly, Contradicts, Impossible };
Q_ENUM_NS(Measured)

/** What the office did; in the order of OfficeNews::Kind. */
enum class News {
    PersonEnded,
    HandedToYou,
    HandedAway,
    PhotoMismatch,
    FeedbackAnswered,
    SiteAdopted,
    SiteNoted,
    RoleConfirmed,
    RoleEnded,
    ReadingEnded
};
Q_ENUM_NS(News)

enum class Signing { Signed, Waiting, Refused };
Q_ENUM_NS(Signing)

} // namespace zhicha::ui
