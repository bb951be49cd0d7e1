// Goal: photos come in through the router alone, as the simulation uses it. Method: requests made by hand, the
// product's folder store; cuts and sockets are in tests/integration/http.
#include "sync-server/http/resources/blobs_resource.h"

#include "shared/crypto/digest.h"
#include "shared/files/posix_disk.h"
#include "sync-server/store/directory/directory_photo_store.h"
#include "tests/support/http/test_gate.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

class BlobsResource : public testing::Test {
protected:
    BlobsResource()
        : m_disk(PosixDisk::open(m_folder / "photos").value()), m_photos(*m_disk, systemRandom(), [](const Digest &) {
              return Result<std::optional<FileKey>>(std::nullopt);
          }) {
        BlobLimits limits;
        limits.maxPhotoBytes = 10000;
        addBlobRoutes(m_router, m_photos, m_gate, limits);
        m_bytes = Bytes(5000, 7);
        m_digest = sha256(m_bytes);
        m_hex = toHex(m_digest);
    }
    Request request(std::string method, const std::string &path) {
        Request result;
        result.method = std::move(method);
        EXPECT_TRUE(readTarget(path, result));
        result.headers["tus-resumable"] = "1.0.0";
        result.headers["authorization"] = "Bearer good";
        return result;
    }
    Request creation(const std::string &size, const std::string &hex) {
        auto result = request("POST", "/api/v1/blobs");
        result.headers["upload-length"] = size;
        result.headers["upload-metadata"] = "sha256 " + toBase64(viewOf(hex));
        return result;
    }
    Request patch(const std::string &offset, Bytes body) {
        auto result = request("PATCH", "/api/v1/blobs/" + m_hex);
        result.headers["upload-offset"] = offset;
        result.headers["content-type"] = "application/offset+octet-stream";
        result.body = std::move(body);
        return result;
    }

    TempFolder m_folder;
    std::unique_ptr<PosixDisk> m_disk;
    DirectoryPhotoStore m_photos;
    TestGate m_gate;
    Router m_router;
    Bytes m_bytes;
    Digest m_digest{};
    std::string m_hex;
};

TEST_F(BlobsResource, takesAPhotoInPieces) {
    EXPECT_EQ(m_router.handle(creation("5000", m_hex)).status, 201);
    EXPECT_EQ(m_router.handle(patch("0", Bytes(m_bytes.begin(), m_bytes.begin() + 2000))).status, 204);
    const auto head = m_router.handle(request("HEAD", "/api/v1/blobs/" + m_hex));
    EXPECT_EQ(head.header("Upload-Offset"), "2000");
    EXPECT_EQ(head.header("Upload-Length"), "5000");
    EXPECT_EQ(head.header("Cache-Control"), "no-store");
    EXPECT_EQ(m_router.handle(patch("2000", Bytes(m_bytes.begin() + 2000, m_bytes.end()))).status, 204);
    EXPECT_TRUE(m_gate.isCompleted(m_digest));
    EXPECT_EQ(m_router.handle(patch("5000", {})).status, 204);
    EXPECT_EQ(m_router.handle(patch("5000", Bytes(1))).status, 413);
}

TEST_F(BlobsResource, refusesCreationsThatMakeNoSense) {
    for (const std::string size : {"", "0", "-1", "abc", "5000x", "99999999999999999999"})
        EXPECT_EQ(m_router.handle(creation(size, m_hex)).status, 400) << size;
    EXPECT_EQ(m_router.handle(creation("10001", m_hex)).status, 413);
    for (const std::string hex : {"", "abc", "../../etc/passwd"})
        EXPECT_EQ(m_router.handle(creation("5000", hex)).status, 400) << hex;
    auto upper = m_hex;
    upper[0] = 'A';
    EXPECT_EQ(m_router.handle(creation("5000", upper)).status, 400) << "one photo, one address";
    auto noMetadata = creation("5000", m_hex);
    noMetadata.headers.erase("upload-metadata");
    EXPECT_EQ(m_router.handle(noMetadata).status, 400);
    auto noToken = creation("5000", m_hex);
    noToken.headers.erase("authorization");
    EXPECT_EQ(m_router.handle(noToken).status, 401);
    auto noVersion = creation("5000", m_hex);
    noVersion.headers.erase("tus-resumable");
    const auto refused = m_router.handle(noVersion);
    EXPECT_EQ(refused.status, 412);
    EXPECT_EQ(refused.header("Tus-Version"), "1.0.0");
}

TEST_F(BlobsResource, takesPatchDisguisedAsPost) {
    EXPECT_EQ(m_router.handle(creation("5000", m_hex)).status, 201);
    auto disguised = patch("0", m_bytes);
    disguised.method = "POST";
    EXPECT_EQ(m_router.handle(disguised).status, 405);
    disguised.headers["x-http-method-override"] = "PATCH";
    EXPECT_EQ(m_router.handle(disguised).status, 204);
    EXPECT_TRUE(m_gate.isCompleted(m_digest));
}

TEST_F(BlobsResource, everyAnswerButGetNamesTheProtocol) {
    EXPECT_EQ(m_router.handle(patch("0", {})).header("Tus-Resumable"), "1.0.0");
    EXPECT_EQ(m_router.handle(request("HEAD", "/api/v1/blobs/" + m_hex)).header("Tus-Resumable"), "1.0.0");
    EXPECT_EQ(m_router.handle(creation("x", m_hex)).header("Tus-Resumable"), "1.0.0");
    EXPECT_EQ(m_router.handle(request("OPTIONS", "/api/v1/blobs/" + m_hex)).header("Tus-Resumable"), "1.0.0");
}

} // namespace
} // namespace zhicha::test
