// Accounts, second factors, sessions and failures of the console.
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

namespace zhicha {

namespace {
constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;

Result<SecurityKey> readKey(Statement &row) {
    const auto person = uuidFromBytes(row.blob(1));
    if (!person)
        return fail(Code::StoreDamaged, "a security key does not read");
    return SecurityKey{toBytes(row.blob(0)), *person,        std::string(row.text(2)), row.integer(3),
                       toBytes(row.blob(4)), row.integer(5), std::string(row.text(6)), row.integer(7),
                       row.integer(8)};
}
} // namespace

Result<std::optional<Account>> SqliteLedger::account(const Uuid &person) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT must_change, totp_secret, totp_pending, totp_since_ms, totp_step, "
                                           "last_sign_in_ms, last_address, failures_since FROM accounts WHERE "
                                           "person = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, person.bytes).step());
    if (!found)
        return std::optional<Account>();
    return std::optional(Account{person, find->integer(0) != 0, toBytes(find->blob(1)), toBytes(find->blob(2)),
                                 find->integer(3), find->integer(4), find->integer(5), std::string(find->text(6)),
                                 find->integer(7)});
}

Status SqliteLedger::putAccount(const Account &account) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT OR REPLACE INTO accounts VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    put->bind(1, account.person.bytes)
        .bind(2, account.mustChangePassword ? 1 : 0)
        .bind(3, account.totpSecret)
        .bind(4, account.totpPending)
        .bind(5, account.totpSinceMs)
        .bind(6, account.totpStep)
        .bind(7, account.lastSignInMs)
        .bind(8, account.lastAddress)
        .bind(9, account.failuresSince);
    return m_seals.change("accounts", ByteView(account.person.bytes), [&] { return put->run(); });
}

Result<std::vector<SecurityKey>> SqliteLedger::keysOf(const Uuid &person) {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT * FROM security_keys WHERE person = ?1 ORDER BY added_ms"));
    std::vector<SecurityKey> keys;
    ZHICHA_TRY(all->bind(1, person.bytes).forEach([&](Statement &row) -> Status {
        ZHICHA_ASSIGN(SecurityKey key, readKey(row));
        keys.push_back(std::move(key));
        return {};
    }));
    return keys;
}

Result<std::optional<SecurityKey>> SqliteLedger::key(ByteView credential) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT * FROM security_keys WHERE credential = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, credential).step());
    if (!found)
        return std::optional<SecurityKey>();
    ZHICHA_ASSIGN(SecurityKey key, readKey(*find));
    return std::optional(std::move(key));
}

Status SqliteLedger::putKey(const SecurityKey &key) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT OR REPLACE INTO security_keys VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    put->bind(1, key.credential)
        .bind(2, key.person.bytes)
        .bind(3, key.rpId)
        .bind(4, key.algorithm)
        .bind(5, key.publicKey)
        .bind(6, key.signCount)
        .bind(7, key.name)
        .bind(8, key.addedMs)
        .bind(9, key.lastUsedMs);
    return m_seals.change("security_keys", ByteView(key.credential), [&] { return put->run(); });
}

Status SqliteLedger::dropKey(ByteView credential) {
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM security_keys WHERE credential = ?1"));
    return m_seals.change("security_keys", credential, [&] { return drop->bind(1, credential).run(); });
}

Result<std::optional<ConsoleSession>> SqliteLedger::session(const Digest &token) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT person, state, created_ms, seen_ms, second_factor_ms, address, "
                                           "challenge, challenge_until_ms, ended FROM console_sessions WHERE "
                                           "token = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, token).step());
    if (!found)
        return std::optional<ConsoleSession>();
    const auto person = uuidFromBytes(find->blob(0));
    if (!person)
        return fail(Code::StoreDamaged, "a session does not read");
    return std::optional(ConsoleSession{token, *person, std::string(find->text(1)), find->integer(2), find->integer(3),
                                        find->integer(4), std::string(find->text(5)), toBytes(find->blob(6)),
                                        find->integer(7), std::string(find->text(8))});
}

Status SqliteLedger::putSession(const ConsoleSession &session) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT OR REPLACE INTO console_sessions VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
    put->bind(1, session.token)
        .bind(2, session.person.bytes)
        .bind(3, session.state)
        .bind(4, session.createdMs)
        .bind(5, session.seenMs)
        .bind(6, session.secondFactorMs)
        .bind(7, session.address)
        .bind(8, session.challenge)
        .bind(9, session.challengeUntilMs)
        .bind(10, session.ended);
    return m_seals.change("console_sessions", ByteView(session.token), [&] { return put->run(); });
}

Result<std::vector<Digest>> SqliteLedger::sessionsOf(const Uuid &person) {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT token FROM console_sessions WHERE person = ?1 AND ended = ''"));
    std::vector<Digest> tokens;
    ZHICHA_TRY(all->bind(1, person.bytes).forEach([&](Statement &row) -> Status {
        if (const auto token = row.fixed<32>(0))
            tokens.push_back(*token);
        return {};
    }));
    return tokens;
}

Status SqliteLedger::endSessions(const Uuid &person, const std::optional<Digest> &except, const std::string &why) {
    ZHICHA_ASSIGN(const std::vector<Digest> tokens, sessionsOf(person));
    ZHICHA_ASSIGN(Statement * end, cached("UPDATE console_sessions SET ended = ?2 WHERE token = ?1"));
    for (const Digest &token : tokens)
        if (token != except)
            ZHICHA_TRY(m_seals.change("console_sessions", ByteView(token),
                                      [&] { return end->bind(1, token).bind(2, why).run(); }));
    return {};
}

Status SqliteLedger::sweep(std::int64_t nowMs) {
    ZHICHA_ASSIGN(Statement * old, cached("SELECT token FROM console_sessions WHERE created_ms < ?1"));
    std::vector<Digest> tokens;
    ZHICHA_TRY(old->bind(1, nowMs - 2 * kDayMs).forEach([&](Statement &row) -> Status {
        if (const auto token = row.fixed<32>(0))
            tokens.push_back(*token);
        return {};
    }));
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM console_sessions WHERE token = ?1"));
    for (const Digest &token : tokens)
        ZHICHA_TRY(m_seals.change("console_sessions", ByteView(token), [&] { return drop->bind(1, token).run(); }));
    const std::pair<const char *, std::int64_t> kOld[]{
        {"DELETE FROM sign_in_failures WHERE last_ms < ?1", kDayMs},
        {"DELETE FROM console_answers WHERE at_ms < ?1", kDayMs},
        {"DELETE FROM drafts WHERE at_ms < ?1 AND form <> 'views'", 30 * kDayMs},
    };
    for (const auto &[sql, age] : kOld) {
        ZHICHA_ASSIGN(Statement * forget, cached(sql));
        ZHICHA_TRY(forget->bind(1, nowMs - age).run());
    }
    return {};
}

Result<Failures> SqliteLedger::failures(const std::string &subject) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT count, last_ms, until_ms FROM sign_in_failures WHERE subject = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, subject).step());
    Failures out;
    out.subject = subject;
    if (found) {
        out.count = find->integer(0);
        out.lastMs = find->integer(1);
        out.untilMs = find->integer(2);
    }
    return out;
}

Status SqliteLedger::putFailures(const Failures &failures) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO sign_in_failures VALUES(?1, ?2, ?3, ?4)"));
    return put->bind(1, failures.subject)
        .bind(2, failures.count)
        .bind(3, failures.lastMs)
        .bind(4, failures.untilMs)
        .run();
}

Status SqliteLedger::dropFailures(const std::string &subject) {
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM sign_in_failures WHERE subject = ?1"));
    return drop->bind(1, subject).run();
}

Result<std::optional<RememberedAnswer>> SqliteLedger::answer(const Uuid &person, const std::string &key) {
    ZHICHA_ASSIGN(Statement * find,
                  cached("SELECT request, status, body, at_ms FROM console_answers WHERE person = ?1 AND key = ?2"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, person.bytes).bind(2, key).step());
    if (!found)
        return std::optional<RememberedAnswer>();
    return std::optional(RememberedAnswer{find->fixed<32>(0).value_or(Digest{}), find->integer(1),
                                          std::string(find->text(2)), find->integer(3)});
}

Status SqliteLedger::putAnswer(const Uuid &person, const std::string &key, const RememberedAnswer &answer) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO console_answers VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    return put->bind(1, person.bytes)
        .bind(2, key)
        .bind(3, answer.request)
        .bind(4, answer.status)
        .bind(5, answer.body)
        .bind(6, answer.atMs)
        .run();
}

Result<std::optional<FormDraft>> SqliteLedger::draft(const Uuid &person, const std::string &form,
                                                     const std::string &id) {
    ZHICHA_ASSIGN(Statement * find,
                  cached("SELECT content, at_ms FROM drafts WHERE person = ?1 AND form = ?2 AND id = ?3"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, person.bytes).bind(2, form).bind(3, id).step());
    return found ? std::optional(FormDraft{toBytes(find->blob(0)), find->integer(1)}) : std::optional<FormDraft>();
}

Status SqliteLedger::putDraft(const Uuid &person, const std::string &form, const std::string &id,
                              const FormDraft &draft) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT OR REPLACE INTO drafts VALUES(?1, ?2, ?3, ?4, ?5)"));
    return put->bind(1, person.bytes).bind(2, form).bind(3, id).bind(4, draft.atMs).bind(5, draft.content).run();
}

Status SqliteLedger::dropDraft(const Uuid &person, const std::string &form, const std::string &id) {
    ZHICHA_ASSIGN(Statement * drop, cached("DELETE FROM drafts WHERE person = ?1 AND form = ?2 AND id = ?3"));
    return drop->bind(1, person.bytes).bind(2, form).bind(3, id).run();
}

} // namespace zhicha
