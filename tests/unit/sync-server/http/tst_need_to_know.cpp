// Goal: "not there" and "not yours" are one answer for a tablet: the same bytes, by the same way, after the same number
// of questions to ledger and photo store, so that neither content nor count nor time tells them apart.
// Method: the tablets' real resources over a real ledger, with the calls of ledger and photos counted; each request
// once about a colleague's thing and once about nothing.
#include "shared/crypto/digest.h"
#include "sync-server/http/resources/tablet/ledger_blob_gate.h"
#include "sync-server/http/resources/tablet/tablet_resource.h"
#include "sync-server/intake/sessions.h"
#include "tests/support/http/memory_photo_store.h"
#include "tests/unit/sync-server/office/office_fixture.h"

namespace zhicha::test {
namespace {

class CountedAccess final : public LedgerAccess {
public:
    explicit CountedAccess(Intake &intake) : m_access(intake) {}
    Status write(const std::function<Status(Intake &)> &work) override {
        ++writes;
        return m_access.write(work);
    }
    Status read(const std::function<Status(LedgerReader &)> &work) override {
        ++reads;
        return m_access.read(work);
    }
    [[nodiscard]] const ServerKeys &keys() const override { return m_access.keys(); }
    [[nodiscard]] const Clock &clock() const override { return m_access.clock(); }
    [[nodiscard]] RandomSource &random() override { return m_access.random(); }
    int reads = 0, writes = 0;

private:
    DirectAccess m_access;
};

class CountedPhotos final : public PhotoStore {
public:
    Result<UploadState> state(const Digest &photo) override { return counted(m_photos.state(photo)); }
    Result<UploadState> create(const Digest &photo, std::uint64_t size) override {
        return counted(m_photos.create(photo, size));
    }
    Result<std::unique_ptr<PhotoUpload>> resume(const Digest &photo, std::uint64_t offset) override {
        return counted(m_photos.resume(photo, offset));
    }
    Status read(const Digest &photo, std::uint64_t first, std::uint64_t last,
                const std::function<Status(ByteView)> &sink) override {
        return counted(m_photos.read(photo, first, last, sink));
    }
    Status verify(const Digest &photo) override { return counted(m_photos.verify(photo)); }
    Status remove(const Digest &photo) override { return counted(m_photos.remove(photo)); }
    Status forEach(const std::function<Status(const Digest &, const UploadState &)> &visit) override {
        return counted(m_photos.forEach(visit));
    }
    int calls = 0;

private:
    template <typename R>
    R counted(R result) {
        ++calls;
        return result;
    }
    MemoryPhotoStore m_photos;
};

class NeedToKnow : public OfficeFixture {
protected:
    struct Told {
        int status = 0;
        std::vector<std::pair<std::string, std::string>> headers;
        std::string body;
        int reads = 0, writes = 0, photoCalls = 0;
        bool operator==(const Told &) const = default;
    };

    NeedToKnow() {
        addTabletRoutes(m_router, m_access);
        addBlobRoutes(m_router, m_photos, m_gate);
        m_check = startCheck(m_owner);
        addPhoto(m_owner, m_check, m_check, m_photo, static_cast<std::int64_t>(m_bytes.size()));
        addFinding(m_owner, m_check, "护栏缺失");
        send(m_owner);
        finish(m_stranger, startCheck(m_stranger));
        send(m_stranger);
        EXPECT_TRUE(m_photos.create(m_photo, m_bytes.size()));
        auto upload = m_photos.resume(m_photo, 0);
        EXPECT_TRUE(upload && (*upload)->write(ByteView(m_bytes).first(100)) && (*upload)->finish());
    }

    std::string tokenOf(const TestDevice &device) {
        const Bytes challenge = makeChallenge(m_keys, device.id(), m_clock, m_random);
        const Signature signature =
            device.key().signFor("session", sessionSignedContent(m_keys.ledger, device.id(), challenge));
        const auto opened = openSession(ledger(), ledger(), m_keys, m_clock, device.id(), challenge, signature);
        EXPECT_TRUE(opened) << opened.error().detail;
        return opened ? opened->token : "";
    }

    Told ask(const TestDevice &device, const std::string &method, const std::string &target, const Bytes &body = {},
             std::map<std::string, std::string> headers = {}) {
        Request request;
        request.method = method;
        EXPECT_TRUE(readTarget("/api/v1" + target, request));
        for (const auto &[name, value] : headers)
            request.headers[name] = value;
        request.headers["authorization"] = "Bearer " + tokenOf(device);
        request.headers["tus-resumable"] = "1.0.0";
        request.contentLength = body.size();
        request.body = body;
        const int reads = m_access.reads;
        const int writes = m_access.writes;
        const int calls = m_photos.calls;
        const Response response = m_router.handle(std::move(request));
        Told told{response.status,
                  {},
                  std::string(textOf(response.body)),
                  m_access.reads - reads,
                  m_access.writes - writes,
                  m_photos.calls - calls};
        for (const auto &[name, value] : response.headers)
            told.headers.emplace_back(name, value);
        return told;
    }

    /** A cursor as this office gives it out, that asks for the earlier operations of a check. */
    static std::string cursorFor(const Uuid &check, std::int64_t position) {
        Bytes out;
        cbor::Writer(out).array(2).integer(position).array(1).array(3).bytes(check.bytes).integer(0).integer(position);
        return toHex(out);
    }

    TestDevice m_owner = enrolled(person("周文博", "inspector", "一组"), 1);
    TestDevice m_stranger = enrolled(person("韩雪", "inspector", "二组"), 2);
    const Bytes m_bytes = Bytes(500, 7);
    const Digest m_photo = sha256(m_bytes);
    Uuid m_check;
    CountedAccess m_access{intake()};
    CountedPhotos m_photos;
    LedgerBlobGate m_gate{m_access};
    Router m_router;
};

TEST_F(NeedToKnow, aColleaguesPhotoIsAsMuchThereAsNone) {
    const std::string theirs = "/blobs/" + toHex(m_photo);
    const std::string none = "/blobs/" + std::string(64, '7');
    EXPECT_EQ(ask(m_owner, "HEAD", theirs).status, 200);
    for (const std::string method : {"HEAD", "GET"}) {
        const Told about = ask(m_stranger, method, theirs);
        EXPECT_EQ(about, ask(m_stranger, method, none)) << method;
        EXPECT_EQ(about.status, 404);
        EXPECT_EQ(about.photoCalls, 0) << "nobody's upload is disturbed by a stranger's question";
    }
    const std::map<std::string, std::string> chunk{{"content-type", "application/offset+octet-stream"},
                                                   {"upload-offset", "100"}};
    const Told patched = ask(m_stranger, "PATCH", theirs, Bytes(10), chunk);
    EXPECT_EQ(patched, ask(m_stranger, "PATCH", none, Bytes(10), chunk));
    EXPECT_EQ(patched.photoCalls, 0);
    const auto creation = [&](const std::string &hex) {
        return ask(m_stranger, "POST", "/blobs", {},
                   {{"upload-length", "500"}, {"upload-metadata", "sha256 " + toBase64(viewOf(hex))}});
    };
    const Told created = creation(toHex(m_photo));
    EXPECT_EQ(created, creation(std::string(64, '7')));
    EXPECT_EQ(created.photoCalls, 0);
    EXPECT_EQ(ask(m_owner, "HEAD", theirs).status, 200);
}

TEST_F(NeedToKnow, aColleaguesCheckInACursorIsAsMuchThereAsNone) {
    const auto last = ledger().lastLog();
    ASSERT_TRUE(last);
    const Told about = ask(m_stranger, "GET", "/changes?after=" + cursorFor(m_check, *last));
    const Told none = ask(m_stranger, "GET", "/changes?after=" + cursorFor(Uuid{{3}}, *last));
    EXPECT_EQ(about.status, 200);
    EXPECT_EQ(about, none);
    EXPECT_EQ(about.body.find("护栏缺失"), std::string::npos);
    EXPECT_NE(about, ask(m_owner, "GET", "/changes?after=" + cursorFor(m_check, *last))) << "the owner gets it";
}

TEST_F(NeedToKnow, whatAColleagueDoesLeavesTheStrangersPageAsItWas) {
    const Told before = ask(m_stranger, "GET", "/changes");
    const auto runsIn = [](const Told &told) {
        const auto value = cbor::decode(viewOf(told.body));
        EXPECT_TRUE(value);
        return value->map()->find("runs")->second.array()->size();
    };
    for (int i = 0; i < 5; ++i)
        addFinding(m_owner, m_check, "又一处 " + std::to_string(i));
    send(m_owner);
    const Told after = ask(m_stranger, "GET", "/changes");
    EXPECT_EQ(runsIn(after), runsIn(before));
    EXPECT_EQ(after.reads, before.reads);
}

} // namespace
} // namespace zhicha::test
