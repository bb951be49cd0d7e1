// Goal: what somebody takes in from a folder is kept though the page is left at once, and never passes for a shot; a
// folder is listed off the screen's thread. Method: the real controllers over the real store, real files.
#include "mobile/models/camera_controller.h"
#include "mobile/models/gallery.h"
#include "tests/unit/mobile/models/check_pages.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QUrl>

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Pictures : public CheckPages {
protected:
    [[nodiscard]] QString folder() const { return QString::fromStdString(tablet.folder / "elsewhere"); }
    QString makePicture(const QString &name) {
        EXPECT_TRUE(QDir().mkpath(folder()));
        QImage picture(320, 240, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        const QString path = folder() + '/' + name;
        EXPECT_TRUE(picture.save(path));
        return path;
    }
    std::vector<PhotoReading> photos() {
        const auto read = ask([id = idOf(check)](StoreSession &session) { return readCheck(session.store(), id); });
        return read ? read->photos : std::vector<PhotoReading>();
    }
};

TEST_F(Pictures, anImportIsKeptThoughThePageIsLeftAtOnce) {
    const QString path = makePicture("现场 1.jpg");
    int told = 0;
    QObject::connect(app.get(), &App::recorded, app.get(), [&] { ++told; });
    {
        CameraController page;
        page.setProperty("check", check);
        loaded(page);
        page.importFrom(QUrl::fromLocalFile(path).toString());
        EXPECT_FALSE(page.saving()) << "not before it is said how it was obtained";
        page.setObtained(1);
        page.importFrom(QUrl::fromLocalFile(path).toString());
    }
    ASSERT_TRUE(eventually([&] { return photos().size() == 1; }));
    EXPECT_TRUE(photos()[0].imported);
    EXPECT_EQ(photos()[0].importNote, "现场 1.jpg");
    EXPECT_FALSE(photos()[0].shotAtMs) << "when it was made nobody here knows";
    EXPECT_GT(told, 0) << "the other pages read again";
}

TEST_F(Pictures, whatIsNoFileIsToldAndTheNextOneCanBeTaken) {
    CameraController page;
    page.setProperty("check", check);
    loaded(page);
    page.setObtained(1);
    page.importFrom(QUrl::fromLocalFile(folder() + "/gone.jpg").toString());
    ASSERT_TRUE(eventually([&] { return !page.saving(); }));
    EXPECT_FALSE(page.trouble().isEmpty());
    page.importFrom(QUrl::fromLocalFile(makePicture("a.png")).toString());
    EXPECT_TRUE(eventually([&] { return photos().size() == 1; }));
}

TEST_F(Pictures, aFolderIsListedTheNewestFirst) {
    for (const char *name : {"old.jpg", "new.PNG", "middle.jpeg"})
        makePicture(name);
    const QDateTime now = QDateTime::currentDateTime();
    const std::pair<const char *, int> ages[] = {{"old.jpg", 30}, {"middle.jpeg", 20}, {"new.PNG", 10}};
    for (const auto &[name, age] : ages) {
        QFile file(folder() + '/' + name);
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        ASSERT_TRUE(file.setFileTime(now.addSecs(-age), QFileDevice::FileModificationTime));
    }
    QFile text(folder() + "/notes.txt");
    ASSERT_TRUE(text.open(QIODevice::WriteOnly));
    Gallery gallery;
    gallery.setFolder(folder());
    gallery.setProperty("most", 2);
    EXPECT_FALSE(gallery.listed());
    gallery.list();
    ASSERT_TRUE(eventually([&] { return gallery.listed(); }));
    EXPECT_EQ(gallery.pictures(), QStringList({QUrl::fromLocalFile(folder() + "/new.PNG").toString(),
                                               QUrl::fromLocalFile(folder() + "/middle.jpeg").toString()}));
    gallery.setFolder(folder() + "/nowhere");
    gallery.list();
    ASSERT_TRUE(eventually([&] { return gallery.listed(); }));
    EXPECT_TRUE(gallery.pictures().isEmpty());
}
} // namespace
