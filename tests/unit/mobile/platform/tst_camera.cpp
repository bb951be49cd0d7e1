// Goal: pictures come whole and off the screen's thread, a machine without a camera says so, and a code is read only
// where there is one. Method: files of a folder, codes drawn here and photographed by turning, scaling and noise, and
// pictures that are broken, huge by their header, or foreign.
#include "mobile/platform/camera/code_reader.h"
#include "mobile/platform/camera/folder_camera.h"
#include "mobile/platform/camera/lens_camera.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/mobile/models/eventually.h"

#include <QBuffer>
#include <QPainter>

#include <fstream>
#include <gtest/gtest.h>
#include <random>

using namespace zhicha;
using namespace zhicha::test;

namespace {
const char *const kEnrolment =
    R"({"code":"7K3M-9QXD","fingerprint":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","server":"https://office.example:8443"})";

Bytes encoded(const QImage &image, const char *format) {
    QByteArray raw;
    QBuffer buffer(&raw);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return Bytes(raw.begin(), raw.end());
}

void write(const std::string &path, const Bytes &bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/** A screen that shows the code, as a hand photographs it: turned, off the middle, unevenly lit, noisy. */
QImage photographed(const QImage &code, const QSize &size, double degrees) {
    QImage photo(size, QImage::Format_RGB32);
    photo.fill(QColor(90, 96, 88));
    QPainter painter(&photo);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.translate(size.width() * 0.45, size.height() * 0.55);
    painter.rotate(degrees);
    painter.shear(0.12, 0.05);
    const int side = size.height() / 2;
    painter.drawImage(QRect(-side / 2, -side / 2, side, side), code);
    painter.end();
    std::mt19937 dice(5);
    for (int y = 0; y < photo.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(photo.scanLine(y));
        for (int x = 0; x < photo.width(); ++x) {
            const int change = static_cast<int>(dice() % 41) - 20 + x * 40 / photo.width() - 20;
            line[x] = qRgb(std::clamp(qRed(line[x]) + change, 0, 255), std::clamp(qGreen(line[x]) + change, 0, 255),
                           std::clamp(qBlue(line[x]) + change, 0, 255));
        }
    }
    return photo;
}
} // namespace

TEST(CodeReader, readsWhatTheOfficeShowsAsAHandPhotographsIt) {
    const QImage code = drawCode(kEnrolment);
    for (const double degrees : {0.0, 7.0, 40.0, 180.0})
        EXPECT_EQ(readCodeInPicture(encoded(photographed(code, {2000, 1500}, degrees), "jpg")).value(), kEnrolment)
            << degrees;
    EXPECT_EQ(readCode(code.scaled(code.size() * 4)).value_or("").toStdString(), kEnrolment);
}

TEST(CodeReader, findsNothingWhereNothingIsAndOpensNothingThatIsBroken) {
    QImage plain(800, 600, QImage::Format_RGB32);
    plain.fill(Qt::white);
    EXPECT_EQ(readCodeInPicture(encoded(plain, "png")).error().code, Code::NotFound);
    EXPECT_FALSE(readCode(QImage()));
    const Bytes whole = encoded(photographed(drawCode(kEnrolment), {900, 700}, 3), "jpg");
    for (std::size_t size = 0; size < whole.size(); size += whole.size() / 40)
        (void)readCodeInPicture(ByteView(whole).first(size)); // cut anywhere: an answer, no crash
    EXPECT_EQ(readCodeInPicture(ByteView(whole).first(20)).error().code, Code::BadPicture);
    std::mt19937 dice(11);
    for (int round = 0; round < 200; ++round) {
        Bytes broken = whole;
        for (int i = 0; i < 30; ++i)
            broken[dice() % broken.size()] = static_cast<std::uint8_t>(dice());
        (void)readCodeInPicture(broken);
    }
    Bytes huge = encoded(plain, "png");
    for (const std::size_t at : {16U, 20U}) // width and height by the header alone: two thousand million pixels
        for (std::size_t i = 0; i < 4; ++i)
            huge[at + i] = i == 1 ? 0x01 : 0x00;
    EXPECT_FALSE(readCodeInPicture(huge));
    EXPECT_FALSE(readCodeInPicture(Bytes{}));
}

TEST(CodeReader, understandsOursAndNothingElse) {
    const auto enrol = std::get<EnrolmentCode>(understandCode(kEnrolment));
    EXPECT_EQ(enrol.server, "https://office.example:8443");
    EXPECT_EQ(enrol.code, "7K3M9QXD");
    EXPECT_EQ(enrol.fingerprint[1], 0x11);
    const Uuid check = uuidFromText("0192f7a0-0000-7000-8000-000000000001").value();
    const auto join = std::get<JoinCode>(understandCode(textOf(JoinCode{check, Bytes{1, 2, 255}})));
    EXPECT_EQ(join.check, check);
    EXPECT_EQ(join.invite, (Bytes{1, 2, 255}));
    const CountersignCode asked{check, Bytes{1, 2}, {{"00", cbor::Array{7, Bytes(32, 3)}}}, "滨河公园", "王督查"};
    const auto sign = std::get<CountersignCode>(understandCode(textOf(asked)));
    EXPECT_EQ(sign.check, check);
    EXPECT_EQ(sign.invite, asked.invite);
    EXPECT_EQ(sign.upto, asked.upto);
    EXPECT_EQ(sign.site + sign.person, "滨河公园王督查");
    EXPECT_FALSE(
        std::get<CountersignCode>(understandCode(textOf(CountersignCode{check, {}, asked.upto, "", ""}))).invite);
    const QString rare = QString(39, u'园') + QString::fromUtf8("𠮷𠮷");
    const auto cut =
        std::get<CountersignCode>(understandCode(textOf(CountersignCode{check, {}, asked.upto, rare, rare})));
    EXPECT_EQ(cut.site, QString(39, u'园')) << "no half of a sign";
    EXPECT_EQ(cut.person, cut.site);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(understandCode(textOf(CountersignCode{check, {}, {}, "", ""}))))
        << "it covers nothing";
    EXPECT_EQ(readCode(drawCode(textOf(CountersignCode{check,
                                                       Bytes(95),
                                                       {{std::string(32, 'a'), cbor::Array{7, Bytes(32, 3)}},
                                                        {std::string(32, 'b'), cbor::Array{7, Bytes(32, 3)}}},
                                                       QString(80, u'园'),
                                                       QString(80, u'王')})))
                  .has_value(),
              true)
        << "the longest is still read";
    for (
        const char *text :
        {"", "https://example.org", "{}", "[1]", "zhicha:join:", "zhicha:join:0192f7a0-0000-7000-8000-000000000001:",
         "zhicha:join:0192f7a0-0000-7000-8000-000000000001:xyz", "zhicha:sign:1", "zhicha:sign:", "zhicha:sign:gIGA",
         "zhicha:sign:9v_2", "zhicha:pay:1", R"x({"code":"7K3M9QXD","fingerprint":"00","server":"https://a"})x",
         R"x({"code":"7K3M9QXD","fingerprint":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","server":"javascript:alert(1)"})x",
         R"x({"code":"7K3M9QXD","fingerprint":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","server":"https://office@evil.example"})x",
         R"x({"code":"'; --xxx","fingerprint":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","server":"https://a"})x"})
        EXPECT_TRUE(std::holds_alternative<std::monostate>(understandCode(QString::fromUtf8(text)))) << text;
    EXPECT_TRUE(std::holds_alternative<std::monostate>(understandCode("zhicha:join:" + QString(100'000, u'0'))));
    EXPECT_TRUE(drawCode(QString(10'000, u'x')).isNull()) << "more than a code can hold";
}

TEST(FolderCamera, givesEachFileWholeAndOneAtATime) {
    const TempFolder folder;
    const Bytes one = encoded(drawCode("1"), "jpg"), two = encoded(drawCode("2"), "png");
    write(folder / "a.jpg", one);
    write(folder / "b.png", two);
    write(folder / "c.txt", {1});
    FolderCamera camera(QString::fromStdString(folder.path()));
    EXPECT_EQ(camera.state(), CameraState::Ready);
    EXPECT_FALSE(camera.hasLens());
    EXPECT_EQ(readCode(camera.frame()()).value_or("").toStdString(), "1");
    std::vector<Bytes> shots;
    std::vector<Code> failures;
    QObject::connect(&camera, &Camera::shot, &camera,
                     [&](const Camera::Picture &picture) { shots.push_back(*picture); });
    QObject::connect(&camera, &Camera::failed, &camera, [&](const Error &error) { failures.push_back(error.code); });
    camera.shoot();
    camera.shoot(); // a second tap while the first is under way
    EXPECT_TRUE(shots.empty()) << "nothing is read within the call";
    ASSERT_TRUE(eventually([&] { return shots.size() == 1; }));
    EXPECT_EQ(failures, std::vector<Code>{Code::Busy});
    EXPECT_EQ(FolderCamera(QString::fromStdString(folder.path())).still(), camera.still()) << "the next page goes on";
    camera.shoot();
    ASSERT_TRUE(eventually([&] { return shots.size() == 2; }));
    EXPECT_EQ(shots, (std::vector<Bytes>{one, two}));
    std::filesystem::remove(folder / "a.jpg");
    camera.shoot();
    ASSERT_TRUE(eventually([&] { return failures.size() == 2; })) << "the card was pulled out";
    EXPECT_EQ(failures[1], Code::NotFound);
    EXPECT_EQ(FolderCamera("/nowhere").state(), CameraState::Absent);
}

TEST(LensCamera, aMachineWithoutACameraSaysSoAndFailsInOrder) {
    if (!QMediaDevices::videoInputs().isEmpty())
        GTEST_SKIP() << "this machine has a camera";
    LensCamera camera;
    EXPECT_EQ(camera.state(), cameraIsForbidden() ? CameraState::NoPermission : CameraState::Absent);
    EXPECT_EQ(camera.lenses(), 0);
    EXPECT_FALSE(camera.frame());
    std::vector<Code> failures;
    QObject::connect(&camera, &Camera::failed, &camera, [&](const Error &error) { failures.push_back(error.code); });
    camera.shoot();
    EXPECT_EQ(failures, std::vector<Code>{Code::NotFound});
}

TEST(LensCamera, aFrameBecomesAPictureThatCanBeOpened) {
    EXPECT_EQ(encodeShot(QImage()).error().code, Code::BadPicture);
    QImage frame(4000, 3000, QImage::Format_RGB32);
    frame.fill(Qt::darkGreen);
    const auto picture = encodeShot(frame);
    ASSERT_TRUE(picture);
    EXPECT_EQ(QImage::fromData((*picture)->data(), static_cast<int>((*picture)->size())).size(), QSize(4000, 3000));
}
