// Goal: kill -9 at any moment of typing, shooting and saving loses at most 1.0 s of typing and no photo after its
// sound, and the app comes back to the same page with the same text. Method: a child with the real window and a camera
// of files types into the finding's editor, shoots, goes on typing, records, begins the next, and tells each step with
// its time; it is killed a random while after a random step; then the store is opened here and held against what was
// told. The next child goes on in the same finding. ZHICHA_KILL_MOMENTS and ZHICHA_KILL_SEED replay a run.
#include "tests/fault/tablet/field_hand.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include "mobile/app/window.h"
#include "mobile/models/check_reading.h"
#include "mobile/models/draft_keeper.h"
#include "mobile/models/page_controller.h"
#include "shared/crypto/digest.h"

#include <QProcess>
#include <QRandomGenerator>

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr std::int64_t kMostLostMs = 1000;
constexpr int kMostSteps = 110;   ///< a finding with two shots takes about fifty
constexpr int kMostDelayMs = 450; ///< after the step: longer than the keeper waits

int fromEnvironment(const char *name, int otherwise) {
    bool fits = false;
    const int value = qEnvironmentVariableIntValue(name, &fits);
    return fits ? value : otherwise;
}

/** One finding as the child told it. */
struct Told {
    std::vector<std::int64_t> keys; ///< time of each, ms
    bool asked = false;             ///< to be recorded
    bool recorded = false;
};

/** What a child said until it was killed. */
struct Story {
    std::vector<std::pair<std::string, Told>> findings; ///< in their order; the last is the open one
    int sounds = 0;
    int steps = 0;

    void hear(const QByteArray &line) {
        const QList<QByteArray> words = line.trimmed().split(' ');
        ++steps;
        if (words[0] == "finding")
            findings.emplace_back(words.value(1).toStdString(), Told{});
        else if (words[0] == "sound")
            ++sounds;
        else if (findings.empty())
            ADD_FAILURE() << line.constData();
        else if (words[0] == "key")
            findings.back().second.keys.push_back(words.value(1).toLongLong());
        else if (words[0] == "record")
            findings.back().second.asked = true;
        else if (words[0] == "recorded")
            findings.back().second.recorded = true;
    }
};

/** When to kill: a while after this many steps, or after the first step of this name. */
struct Moment {
    int steps = 0;
    QByteArray step;
    int delayMs = 0;
};

/** A third each: anywhere, around a shot, around a record. */
Moment throwMoment(QRandomGenerator &dice) {
    constexpr const char *kSteps[] = {"", "shoot", "record"};
    Moment moment;
    moment.step = kSteps[dice.bounded(3)];
    moment.steps = static_cast<int>(dice.bounded(1, kMostSteps));
    moment.delayMs = static_cast<int>(dice.bounded(kMostDelayMs));
    return moment;
}

Story workAndKill(const EnrolledTablet &tablet, const Moment &moment) {
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {"--work", tablet.data()});
    Story story;
    bool come = false;
    const auto hear = [&] {
        while (child.canReadLine()) {
            const QByteArray line = child.readLine();
            story.hear(line);
            come = come || (moment.step.isEmpty() ? story.steps >= moment.steps : line.trimmed() == moment.step);
        }
    };
    while (!come && child.waitForReadyRead(60'000))
        hear();
    if (child.state() == QProcess::Running)
        child.waitForFinished(moment.delayMs); // it does not end by itself: this is the while after the step
    EXPECT_EQ(child.state(), QProcess::Running) << "it ended by itself, code " << child.exitCode();
    child.kill(); // SIGKILL
    child.waitForFinished();
    hear();
    return story;
}

/** What the store holds after the kill. */
class Survivor {
public:
    explicit Survivor(const EnrolledTablet &tablet)
        : m_session(std::move(StoreSession::open(tablet.folder / "p1", kPin, false)).value()) {}

    std::optional<std::string> recorded(const Uuid &finding) {
        const auto row = m_session->store().entities().row(finding);
        return row && *row ? std::optional((*row)->text("text")) : std::nullopt;
    }
    std::optional<std::string> draft(const Uuid &finding) {
        const auto found = m_session->store().drafts().get(finding);
        return found && *found ? std::optional(draftText(**found, "text")) : std::nullopt;
    }
    /** Photos whose record names them and whose original reads back whole: its digest is what was recorded. */
    int wholePhotos(const Uuid &check) {
        int whole = 0;
        const auto reading = readCheck(m_session->store(), check);
        for (const PhotoReading &photo : reading ? reading->photos : std::vector<PhotoReading>()) {
            if (!photo.record)
                continue;
            Bytes bytes;
            const Status read =
                PhotoIntake::read(m_session->store(), *photo.record, 0, static_cast<std::uint64_t>(photo.record->size),
                                  [&](ByteView piece) -> Status {
                                      bytes.insert(bytes.end(), piece.begin(), piece.end());
                                      return {};
                                  });
            whole += read && sha256(bytes) == photo.sha256 ? 1 : 0;
        }
        return whole;
    }

private:
    std::unique_ptr<StoreSession> m_session;
};

} // namespace

class TypingKill : public ::testing::Test {
protected:
    void SetUp() override {
        auto session = std::move(StoreSession::open(tablet.folder / "p1", kPin, false)).value();
        CheckStart start;
        start.site = tablet.site;
        start.noFixReason = "室内";
        check = session->recorder().startCheck(start).value();
    }
    /** What stood in a finding's editor when the child began: what the one before it left. */
    std::string before(const std::string &finding) const {
        const auto it = left.find(finding);
        return it == left.end() ? std::string() : it->second;
    }
    void holdFinding(Survivor &store, const std::string &finding, const Told &told) {
        const std::string whole = before(finding) + typedText(static_cast<int>(told.keys.size())).toStdString();
        const Uuid id = uuidFromText(finding).value();
        const auto recorded = store.recorded(id);
        if (told.recorded || recorded) {
            EXPECT_TRUE(told.asked || told.recorded) << "nobody asked for it";
            ASSERT_TRUE(recorded.has_value()) << "it was told as recorded";
            EXPECT_EQ(*recorded, whole);
            EXPECT_FALSE(store.draft(id).has_value());
            left.erase(finding);
            return;
        }
        const std::string text = store.draft(id).value_or(std::string());
        ASSERT_LE(text.size(), whole.size());
        ASSERT_EQ(text, whole.substr(0, text.size()));
        ASSERT_GE(text.size(), before(finding).size()) << "what was on disk before is gone";
        const std::size_t kept = text.size() - before(finding).size();
        if (kept < told.keys.size()) {
            EXPECT_LE(told.keys.back() - told.keys[kept], kMostLostMs) << told.keys.size() - kept << " keys are lost";
        }
        if (!text.empty())
            left[finding] = text;
    }
    /** The app opens where it was. */
    void holdPlace(const std::string &finding) const {
        const auto app = openApp(tablet.data());
        EXPECT_FALSE(app->recovered().isEmpty()) << "it says that it did not end in order";
        QStringList open;
        const QVariantList trail = app->place().value("trails").toList().value(0).toList();
        for (const QVariant &page : trail)
            open.append(page.toMap().value("values").toMap().value("finding").toString());
        EXPECT_TRUE(open.contains(QString::fromStdString(finding))) << open.join(' ').toStdString();
    }

    EnrolledTablet tablet;
    Uuid check;
    std::map<std::string, std::string> left; ///< drafts on disk after the last kill
    int sounds = 0;
};

TEST_F(TypingKill, losesAtMostASecondOfTypingAndNoPhotoAfterItsSound) {
    const int moments = fromEnvironment("ZHICHA_KILL_MOMENTS", 12);
    const int seed =
        fromEnvironment("ZHICHA_KILL_SEED", static_cast<int>(QRandomGenerator::global()->bounded(1, 1 << 30)));
    std::printf("ZHICHA_KILL_MOMENTS=%d ZHICHA_KILL_SEED=%d\n", moments, seed);
    QRandomGenerator dice(static_cast<quint32>(seed));
    int typing = 0;
    int saving = 0;
    for (int moment = 0; moment < moments && !HasFailure(); ++moment) {
        SCOPED_TRACE("moment " + std::to_string(moment) + " of ZHICHA_KILL_SEED=" + std::to_string(seed));
        makeCameraFolder(tablet.data(), moment);
        const Story story = workAndKill(tablet, throwMoment(dice));
        ASSERT_FALSE(story.findings.empty());
        sounds += story.sounds;
        {
            Survivor store(tablet);
            for (const auto &[finding, told] : story.findings)
                holdFinding(store, finding, told);
            EXPECT_GE(store.wholePhotos(check), sounds) << "a photo is gone after its sound";
        }
        const auto &[finding, told] = story.findings.back();
        (told.asked ? saving : typing) += 1;
        if (left.contains(finding)) // else it was recorded, and the page was on its way to be closed
            holdPlace(finding);
    }
    std::printf("killed while typing or shooting: %d, while saving: %d; photos after their sound: %d\n", typing, saving,
                sounds);
    EXPECT_GT(sounds, 0) << "no moment came after a shot: take another seed or more moments";
}

int main(int argc, char **argv) {
    QGuiApplication application(argc, argv);
    prepareApplication(application);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 3 && words[1] == "--work")
        return workAway(words[2]);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
