// Goal: marks are drawn on a copy that says so and never on the original; unfinished ones come back; hostile ones do
// nothing. Method: the real controller and canvas over the real store; the copy's pixels are looked at.
#include "mobile/models/camera_controller.h"
#include "mobile/models/draft_keeper.h"
#include "mobile/models/mark_controller.h"
#include "mobile/models/photo_work.h"
#include "mobile/models/ui.h"
#include "shared/crypto/digest.h"
#include "tests/unit/mobile/models/check_pages.h"

#include <QBuffer>

using namespace zhicha;
using namespace zhicha::test;

class Marks : public CheckPages {
protected:
    static Bytes picture(QRgb colour, QSize size = {640, 480}) {
        QImage image(size, QImage::Format_RGB32);
        image.fill(colour);
        QByteArray encoded;
        QBuffer sink(&encoded);
        sink.open(QIODevice::WriteOnly);
        EXPECT_TRUE(image.save(&sink, "JPG", 95));
        return {encoded.begin(), encoded.end()};
    }
    static QImage decoded(const Bytes &bytes) {
        return QImage::fromData(reinterpret_cast<const uchar *>(bytes.data()), static_cast<int>(bytes.size()));
    }
    Uuid takePhoto(const Bytes &bytes, const std::optional<Draft> &draft = std::nullopt) {
        const auto added = ask([place = PhotoPlace{idOf(check), std::nullopt, draft}, bytes](StoreSession &session) {
            PhotoToAdd photo;
            photo.howTaken = "public";
            photo.shotAtMs = systemClock().nowMs();
            return addPhotoAt(session, place, photo, bytes);
        });
        EXPECT_TRUE(added.has_value());
        return added->photo;
    }
    /** The page on this photo, as it stands when it is opened. */
    void open(MarkController &page, MarkCanvas &canvas, const Uuid &photo) {
        canvas.setSize({320, 240});
        page.setProperty("check", check);
        page.setProperty("photo", textOf(photo));
        page.setCanvas(&canvas);
        loaded(page);
    }
    std::vector<PhotoReading> photos() {
        return ask([id = idOf(check)](StoreSession &session) { return readCheck(session.store(), id); }).value().photos;
    }
    static void draw(MarkCanvas &canvas, int shape, QPointF from, QPointF to) {
        canvas.setProperty("shape", shape);
        canvas.press(from);
        canvas.move((from + to) / 2);
        canvas.move(to);
        canvas.release();
    }
};

TEST_F(Marks, goOnACopyThatNamesItsOriginal) {
    const Bytes original = picture(qRgb(40, 120, 60));
    const Uuid photo = takePhoto(original);
    MarkCanvas canvas;
    MarkController page;
    open(page, canvas, photo);
    EXPECT_EQ(page.stamp().size(), 4);
    draw(canvas, static_cast<int>(ui::MarkShape::Arrow), {20, 120}, {300, 120});
    draw(canvas, static_cast<int>(ui::MarkShape::Oval), {100, 60}, {220, 180});
    draw(canvas, static_cast<int>(ui::MarkShape::Line), {5, 5}, {6, 6});
    EXPECT_EQ(canvas.count(), 2) << "a tap draws nothing";
    bool saved = false;
    QObject::connect(&page, &MarkController::saved, &page, [&] { saved = true; });
    page.save();
    ASSERT_TRUE(eventually([&] { return saved; }));
    const std::vector<PhotoReading> all = photos();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].sha256, sha256(original));
    EXPECT_TRUE(all[1].imported) << "a copy never passes for a shot";
    EXPECT_EQ(all[1].importNote, "标注副本，原件 " + toHex(all[0].sha256).substr(0, 12));
    EXPECT_EQ(all[1].howTaken, "public");
    EXPECT_EQ(all[1].to, all[0].to);
    EXPECT_FALSE(all[1].shotAtMs);
    const Bytes kept =
        ask([digest = all[0].sha256](StoreSession &session) { return photoBytes(session.store(), digest); }).value();
    EXPECT_EQ(kept, original);
    const QImage copy = decoded(
        ask([digest = all[1].sha256](StoreSession &session) { return photoBytes(session.store(), digest); }).value());
    ASSERT_EQ(copy.width(), 640);
    ASSERT_GT(copy.height(), 480) << "the stamp hides nothing of the picture";
    EXPECT_GT(qRed(copy.pixel(320, 240)), 150) << "the arrow";
    EXPECT_LT(qRed(copy.pixel(500, 60)), 90) << "nothing there";
}

TEST_F(Marks, unfinishedOnesComeBackAndOneStrokeCanBeTakenBack) {
    const Uuid photo = takePhoto(picture(qRgb(9, 9, 9)));
    {
        MarkCanvas canvas;
        MarkController page;
        open(page, canvas, photo);
        draw(canvas, static_cast<int>(ui::MarkShape::Oval), {10, 10}, {100, 100});
        draw(canvas, 1, {10, 10}, {100, 100});
        canvas.undo();
        (void)ask([](StoreSession &) { return Result<int>(0); }); // what was drawn before is on disk now
    }
    MarkCanvas canvas;
    MarkController page;
    open(page, canvas, photo);
    ASSERT_EQ(canvas.count(), 1);
    EXPECT_EQ(canvas.marks()[0].shape, PhotoMark::Shape::Oval);
}

TEST_F(Marks, theCopyOfADraftsPhotoGoesWithTheDraft) {
    const Uuid finding = newUuid(systemClock(), systemRandom());
    const Uuid photo =
        takePhoto(picture(qRgb(9, 9, 9)), Draft{finding, kFindingDraft, idOf(check), {{"text", "半"}}, 1});
    MarkCanvas canvas;
    MarkController page;
    open(page, canvas, photo);
    draw(canvas, static_cast<int>(ui::MarkShape::Line), {0, 0}, {90, 90});
    bool saved = false;
    QObject::connect(&page, &MarkController::saved, &page, [&] { saved = true; });
    page.save();
    ASSERT_TRUE(eventually([&] { return saved; }));
    const auto draft = ask([finding](StoreSession &session) { return session.store().drafts().get(finding); }).value();
    ASSERT_TRUE(draft.has_value());
    EXPECT_EQ(draft->content.at("photos").array()->size(), 2U);
    EXPECT_EQ(draftText(*draft, "text"), "半");
}

TEST_F(Marks, hostileOnesAreNone) {
    MarkController page;
    page.setProperty("check", check);
    page.setProperty("photo", "kein foto");
    ASSERT_TRUE(eventually([&] { return !page.trouble().isEmpty(); }));
    page.save();
    EXPECT_FALSE(page.saving());
    EXPECT_FALSE(markedCopy(Bytes{1, 2, 3}, {}, {}));
    EXPECT_FALSE(markedCopy({}, {}, {}));
    for (const cbor::Value &value : std::vector<cbor::Value>{{},
                                                             3,
                                                             cbor::Array{1},
                                                             cbor::Array{cbor::Array{0, true}},
                                                             cbor::Array{cbor::Array{9, true, 1, 1}},
                                                             cbor::Array{cbor::Array{0, true, -1, 1}},
                                                             cbor::Array{cbor::Array{0, true, 1, 70'000}},
                                                             cbor::Array{cbor::Array{0, true, 1, 1, 2}}})
        EXPECT_TRUE(marksFromCbor(value).empty());
    const std::vector<PhotoMark> one{{PhotoMark::Shape::Arrow, true, {{0, 0}, {1, 0.5}}}};
    EXPECT_EQ(marksFromCbor(marksToCbor(one)), one);
    MarkCanvas canvas;
    canvas.setSize({100, 100});
    for (int i = 0; i < 200; ++i)
        draw(canvas, i % 3, {-50, 5}, {5'000, 90});
    EXPECT_EQ(canvas.count(), static_cast<int>(kMostMarks));
    EXPECT_TRUE(canvas.full());
    const auto copy = markedCopy(picture(qRgb(1, 2, 3), {4'000, 20}), canvas.marks(), {QString(500, u'长')});
    ASSERT_TRUE(copy.has_value());
    EXPECT_EQ(decoded(*copy).width(), 3'000);
}
