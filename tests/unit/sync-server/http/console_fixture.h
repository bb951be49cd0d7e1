#pragma once
// The console's resources over a real ledger file, called through their router without a socket. Owner: a test.
#include "sync-server/http/resources/console/console_gate.h"
#include "sync-server/http/resources/console/console_routes.h"
#include "sync-server/office/console/index_keeper.h"
#include "sync-server/office/ledger/book.h"
#include "sync-server/store/sqlite/mbtiles.h"
#include "tests/support/http/memory_photo_store.h"
#include "tests/unit/sync-server/office/office_fixture.h"

namespace zhicha::test {

class ConsoleFixture : public OfficeFixture {
protected:
    struct Answer {
        int status = 0;
        nlohmann::json body;
        [[nodiscard]] std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
    };

    ConsoleFixture() { addConsoleRoutes(m_gate); }

    /** Somebody with these roles who has given both factors a moment ago. */
    Uuid signedIn(const std::string &name, const std::string &roles, const std::string &team = "") {
        const Uuid id = person(name, roles, team);
        ConsoleSession session;
        m_tokens[id] = toBytes(m_random.array<32>());
        session.token = SignIn::digestOf(m_tokens[id]);
        session.person = id;
        session.state = "full";
        session.createdMs = session.seenMs = session.secondFactorMs = m_clock.nowMs();
        EXPECT_TRUE(ledger().begin());
        EXPECT_TRUE(ledger().putUser({id, name, roles.substr(0, roles.find(' ')), std::nullopt, "$none"}));
        EXPECT_TRUE(ledger().accounts().putSession(session));
        EXPECT_TRUE(ledger().commit());
        return id;
    }

    Answer ask(const Uuid &who, const std::string &method, const std::string &target,
               const std::optional<nlohmann::json> &body = {}, const std::string &key = "") {
        Request request;
        request.method = method;
        EXPECT_TRUE(readTarget("/api/v1/console" + target, request));
        request.peer = "198.51.100.7";
        request.headers["sec-fetch-site"] = "same-origin";
        if (const auto token = m_tokens.find(who); token != m_tokens.end()) {
            const std::string cookie = sessionCookie(token->second);
            request.headers["cookie"] = cookie.substr(0, cookie.find(';'));
            request.headers["x-csrf"] = m_signIn.csrfOf(token->second);
        }
        request.headers["idempotency-key"] = key.empty() ? "key-" + std::to_string(++m_keysUsed) + "-0000" : key;
        if (body) {
            request.headers["content-type"] = "application/json";
            request.body = toBytes(viewOf(body->dump()));
        }
        const Response response = m_router.handle(std::move(request));
        return {response.status, nlohmann::json::parse(response.body, nullptr, false)};
    }

    std::vector<AuditEntry> trail() {
        std::vector<AuditEntry> out;
        EXPECT_TRUE(ledger().audit().forEachAudit(1, [&](const AuditEntry &entry) -> Status {
            out.push_back(entry);
            return {};
        }));
        return out;
    }

    DirectAccess m_access{intake()};
    MemoryPhotoStore m_photos;
    SignIn m_signIn{m_keys, m_clock, m_random, PasswordCost{1, 8192}};
    EventHub m_hub;
    IndexKeeper m_keeper{m_access, m_hub, m_photos};
    std::unique_ptr<TileSource> m_tiles = openMbtilesFolder(m_folder / "tiles");
    LedgerBook m_book;
    ConsoleContext m_context{m_access, m_photos, m_signIn, m_hub, m_keeper, *m_tiles, m_book, "https://office.example"};
    Router m_router;
    ConsoleGate m_gate{m_router, m_context};
    std::map<Uuid, Bytes> m_tokens;
    int m_keysUsed = 0;
};

} // namespace zhicha::test
