// Goal: a photo survives every cut of its upload: HEAD tells what is durable, the next PATCH goes on there, the end is
// told once it is whole, and the gate hears of it even if it was busy. Method: tus by hand over raw sockets, cut after
// many different numbers of bytes, against the product's own folder store.
#include "shared/crypto/digest.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

/** Bytes that differ everywhere, so that a piece at a wrong place shows in the digest. */
std::string photoBytes(std::size_t size, unsigned seed = 1) {
    std::string bytes(size, '\0');
    unsigned state = seed * 2654435761u + 1;
    for (auto &c : bytes) {
        state = state * 1664525u + 1013904223u;
        c = static_cast<char>(state >> 24);
    }
    return bytes;
}

class Uploads : public testing::Test {
protected:
    void announce(const std::string &bytes) {
        m_bytes = bytes;
        m_digest = sha256(viewOf(bytes));
        m_hex = toHex(m_digest);
    }
    static std::string fields() { return "Tus-Resumable: 1.0.0\r\nAuthorization: Bearer good\r\n"; }
    RawAnswer begin(std::uint64_t size) {
        RawClient client(m_server.port());
        client.send(post("/api/v1/blobs", "",
                         fields() + "Upload-Length: " + std::to_string(size) +
                             "\r\nUpload-Metadata: name eA==,sha256 " + toBase64(viewOf(m_hex)) + "\r\n"));
        return client.read();
    }
    RawAnswer head() {
        RawClient client(m_server.port());
        client.send("HEAD /api/v1/blobs/" + m_hex + " HTTP/1.1\r\nHost: x\r\n" + fields() + "\r\n");
        return client.read(true);
    }
    std::string patchHead(std::uint64_t offset, std::uint64_t size, const std::string &more = "") {
        return "PATCH /api/v1/blobs/" + m_hex + " HTTP/1.1\r\nHost: x\r\n" + fields() + more +
               "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + std::to_string(offset) +
               "\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
    }
    RawAnswer patch(std::uint64_t offset, std::string_view piece) {
        RawClient client(m_server.port());
        client.send(patchHead(offset, piece.size()));
        client.send(piece);
        return client.read();
    }
    std::uint64_t offset() { return std::stoull("0" + head().field("upload-offset")); }

    TestServer m_server;
    std::string m_bytes, m_hex;
    Digest m_digest{};
};

TEST_F(Uploads, bringsAPhotoInOnePiece) {
    announce(photoBytes(1000000));
    EXPECT_EQ(head().status, 404);
    const auto begun = begin(m_bytes.size());
    EXPECT_EQ(begun.status, 201);
    EXPECT_EQ(begun.field("location"), "/api/v1/blobs/" + m_hex);
    EXPECT_EQ(begin(m_bytes.size()).status, 200) << "the same again is no new upload";
    EXPECT_EQ(begin(m_bytes.size() + 1).status, 409);
    const auto done = patch(0, m_bytes);
    EXPECT_EQ(done.status, 204);
    EXPECT_EQ(done.field("upload-offset"), "1000000");
    EXPECT_TRUE(m_server.gate.isCompleted(m_digest));
    EXPECT_TRUE(m_server.photos.verify(m_digest));
    EXPECT_EQ(head().field("upload-length"), "1000000");
}

TEST_F(Uploads, keepsWhatCameBeforeEveryCut) {
    for (const std::size_t cut : {1ul, 100ul, 65535ul, 65536ul, 65537ul, 200000ul, 262144ul, 262145ul, 299999ul}) {
        announce(photoBytes(300000, static_cast<unsigned>(cut)));
        ASSERT_EQ(begin(m_bytes.size()).status, 201);
        {
            RawClient client(m_server.port());
            client.send(patchHead(0, m_bytes.size()));
            client.send(std::string_view(m_bytes).substr(0, cut));
            client.halfClose();
            EXPECT_EQ(client.readAll(), "") << "no answer to half a request";
        }
        const auto durable = offset();
        ASSERT_EQ(durable, cut);
        ASSERT_EQ(patch(durable, std::string_view(m_bytes).substr(durable)).status, 204);
        EXPECT_TRUE(m_server.photos.verify(m_digest)) << cut;
        EXPECT_TRUE(m_server.gate.isCompleted(m_digest));
    }
}

TEST_F(Uploads, resumesAfterResetsAtManyPlacesWithLittleSentAgain) {
    announce(photoBytes(2000000, 7));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    std::uint64_t at = 0, sent = 0;
    for (int round = 0; round < 100 && at < m_bytes.size(); ++round) {
        RawClient client(m_server.port());
        client.send(patchHead(at, m_bytes.size() - at));
        const auto piece = std::string_view(m_bytes).substr(at, 70001);
        client.send(piece);
        sent += piece.size();
        if (round % 2 == 0) {
            client.reset(); // what lies in socket buffers is lost
        } else {
            client.halfClose();
            client.readAll();
        }
        const auto now = offset();
        ASSERT_GE(now, at) << "the durable offset never falls";
        at = now;
    }
    EXPECT_EQ(at, m_bytes.size());
    EXPECT_TRUE(m_server.photos.verify(m_digest));
    EXPECT_TRUE(m_server.gate.isCompleted(m_digest)) << "completed through HEAD";
}

TEST_F(Uploads, aNewHeadEndsADeadPatch) {
    announce(photoBytes(300000));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    RawClient dead(m_server.port());
    dead.send(patchHead(0, m_bytes.size(), "Expect: 100-continue\r\n"));
    ASSERT_EQ(dead.read().status, 100); // the store is open for it now
    const auto at = offset();
    EXPECT_EQ(at, 0u);
    EXPECT_EQ(patch(at, std::string_view(m_bytes)).status, 204);
    dead.send(m_bytes);
    EXPECT_NE(dead.read().status, 204) << "two writers";
    EXPECT_TRUE(m_server.photos.verify(m_digest));
}

TEST_F(Uploads, refusesAnotherOffsetTypeSizeOrVersion) {
    announce(photoBytes(1000));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    EXPECT_EQ(patch(5, "abc").status, 409);
    EXPECT_EQ(patch(0, m_bytes + "x").status, 413);
    RawClient client(m_server.port());
    client.send("PATCH /api/v1/blobs/" + m_hex + " HTTP/1.1\r\nHost: x\r\n" + fields() +
                "Content-Type: text/plain\r\nUpload-Offset: 0\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(client.read().status, 415);
    client.send("PATCH /api/v1/blobs/" + m_hex +
                " HTTP/1.1\r\nHost: x\r\nTus-Resumable: 0.2.2\r\nContent-Length: 0\r\n\r\n");
    const auto version = client.read();
    EXPECT_EQ(version.status, 412);
    EXPECT_EQ(version.field("tus-version"), "1.0.0");
    EXPECT_EQ(offset(), 0u);
    // A chunked body tells its size too late to be refused at the head: the store refuses it, and keeps nothing over.
    RawClient chunked(m_server.port());
    chunked.send(
        "PATCH /api/v1/blobs/" + m_hex + " HTTP/1.1\r\nHost: x\r\n" + fields() +
        "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nTransfer-Encoding: chunked\r\n\r\n"
        "7d0\r\n" +
        std::string(2000, 'c') + "\r\n0\r\n\r\n");
    EXPECT_EQ(chunked.read().status, 413);
    EXPECT_EQ(patch(offset(), std::string_view(m_bytes).substr(offset())).status, 204);
}

TEST_F(Uploads, deletesAMismatchAndTellsIt) {
    announce(photoBytes(5000));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    EXPECT_EQ(patch(0, photoBytes(5000, 99)).status, 460);
    EXPECT_EQ(m_server.gate.mismatches(), 1);
    EXPECT_FALSE(m_server.gate.isCompleted(m_digest));
    const auto again = head();
    if (again.status == 404)
        begin(m_bytes.size());
    EXPECT_EQ(offset(), 0u);
    EXPECT_EQ(patch(0, m_bytes).status, 204);
    EXPECT_TRUE(m_server.gate.isCompleted(m_digest));
}

TEST_F(Uploads, tellsACompletionThatTheGateWasTooBusyForAtTheNextHead) {
    announce(photoBytes(5000));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    m_server.gate.failNext(2);
    EXPECT_EQ(patch(0, m_bytes).status, 503) << "not delivered until it is recorded";
    EXPECT_EQ(head().status, 503);
    EXPECT_FALSE(m_server.gate.isCompleted(m_digest));
    EXPECT_EQ(head().status, 200);
    EXPECT_TRUE(m_server.gate.isCompleted(m_digest));
}

TEST_F(Uploads, showsNothingOfForeignPhotos) {
    announce(photoBytes(5000));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    ASSERT_EQ(patch(0, m_bytes).status, 204);
    m_server.gate.makeForeign(m_digest);
    EXPECT_EQ(head().status, 404);
    EXPECT_EQ(patch(5000, "").status, 404);
    EXPECT_EQ(begin(m_bytes.size()).status, 403);
    RawClient client(m_server.port());
    client.send(get("/api/v1/blobs/" + m_hex, fields()));
    EXPECT_EQ(client.read().status, 404);
    client.send("HEAD /api/v1/blobs/" + m_hex + " HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\n\r\n");
    EXPECT_EQ(client.read(true).status, 401);
}

TEST_F(Uploads, givesBackWholePhotosAndRanges) {
    announce(photoBytes(600000));
    ASSERT_EQ(begin(m_bytes.size()).status, 201);
    RawClient client(m_server.port());
    client.send(get("/api/v1/blobs/" + m_hex, fields()));
    EXPECT_EQ(client.read().status, 404) << "not while it is not whole";
    ASSERT_EQ(patch(0, m_bytes).status, 204);
    client.send(get("/api/v1/blobs/" + m_hex, fields()));
    const auto whole = client.read();
    EXPECT_EQ(whole.body, m_bytes);
    EXPECT_EQ(whole.field("content-disposition"), "attachment");
    client.send(get("/api/v1/blobs/" + m_hex, fields() + "Range: bytes=100-299\r\n"));
    const auto part = client.read();
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.field("content-range"), "bytes 100-299/600000");
    EXPECT_EQ(part.body, m_bytes.substr(100, 200));
    client.send(get("/api/v1/blobs/" + m_hex, fields() + "Range: bytes=600000-\r\n"));
    EXPECT_EQ(client.read().status, 416);
    client.send(get("/api/v1/blobs/" + m_hex, fields() + "If-None-Match: \"" + m_hex + "\"\r\n"));
    EXPECT_EQ(client.read().status, 304);
}

TEST_F(Uploads, saysWhatItSpeaks) {
    RawClient client(m_server.port());
    client.send("OPTIONS /api/v1/blobs HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto answer = client.read();
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.field("tus-version"), "1.0.0");
    EXPECT_EQ(answer.field("tus-extension"), "creation");
}

} // namespace
} // namespace zhicha::test
