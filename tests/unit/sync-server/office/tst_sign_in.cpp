// Goal: a password and a second factor make a session that ends by idleness, age and command; failures lock an account
// known or unknown alike, and slow an address down; codes count once. Method: the product's own functions over a real
// ledger file, with a clock that the test moves.
#include "sync-server/office/signin/sign_in.h"

#include "shared/crypto/one_time_code.h"
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
const PasswordCost kCheap{1, 8192};

class SignInTest : public OfficeFixture {
protected:
    SignInTest() : m_person(person("林晓东", "reviewer")) {
        const auto hash = m_signIn.hash("督查室口令-2026");
        in([&](LedgerWriter &to) { return to.putUser({m_person, "林晓东", "reviewer", {}, *hash}); });
    }
    void in(const std::function<Status(LedgerWriter &)> &work) {
        ASSERT_TRUE(ledger().begin());
        const Status done = work(ledger());
        EXPECT_TRUE(done) << (done ? "" : done.error().detail);
        ASSERT_TRUE(ledger().commit());
    }
    SignInVerdict attempt(const std::string &name, const std::string &password,
                          const std::string &address = "198.51.100.7") {
        const auto candidate = m_signIn.candidate(ledger(), name, address);
        EXPECT_TRUE(candidate);
        const bool matches = passwordMatches(candidate->hash, password);
        SignInVerdict verdict;
        in([&](LedgerWriter &to) -> Status {
            auto concluded = m_signIn.concludePassword(to, *candidate, matches, name, address);
            EXPECT_TRUE(concluded);
            verdict = *concluded;
            return {};
        });
        return verdict;
    }
    std::string reasonOf(ByteView token) {
        std::string reason;
        const auto found = m_signIn.find(ledger(), token, reason);
        EXPECT_TRUE(found);
        EXPECT_EQ(found && found->has_value(), reason.empty());
        return reason;
    }
    std::string state(bool second) {
        const auto state = m_signIn.stateAfter(ledger(), m_person, second);
        return state ? *state : "";
    }

    SignIn m_signIn{m_keys, m_clock, m_random, kCheap};
    Uuid m_person;
};

TEST_F(SignInTest, unknownAndWrongGiveOneAnswer) {
    const SignInVerdict wrong = attempt("林晓东", "x");
    const SignInVerdict unknown = attempt("无此人", "x");
    EXPECT_EQ(wrong.what, SignInVerdict::What::Wrong);
    EXPECT_EQ(unknown.what, wrong.what);
    EXPECT_TRUE(wrong.token.empty());
    // The hash that is compared for nobody is of the same form and cost.
    const auto nobody = m_signIn.candidate(ledger(), "无此人", "a");
    const auto somebody = m_signIn.candidate(ledger(), "林晓东", "a");
    EXPECT_EQ(nobody->hash.substr(0, 27), somebody->hash.substr(0, 27));
    EXPECT_FALSE(nobody->user);
}

TEST_F(SignInTest, theFifthFailureLocksKnownAndUnknownForHalfAnHour) {
    for (const char *name : {"林晓东", "无此人"}) {
        for (int i = 0; i < kFailuresAllowed - 1; ++i)
            EXPECT_EQ(attempt(name, "x", name).what, SignInVerdict::What::Wrong) << i;
        const SignInVerdict locked = attempt(name, "x", name);
        EXPECT_EQ(locked.what, SignInVerdict::What::Locked);
        EXPECT_EQ(locked.untilMs, m_clock.nowMs() + kLockMs);
    }
    EXPECT_EQ(attempt("林晓东", "督查室口令-2026", "b").what, SignInVerdict::What::Locked); // from anywhere
    m_clock.advanceMs(kLockMs + 1);
    EXPECT_EQ(attempt("林晓东", "督查室口令-2026", "b").what, SignInVerdict::What::Accepted);
}

TEST_F(SignInTest, aThousandTriesFromOneAddressBarelyGetAnywhere) {
    int compared = 0;
    for (int i = 0; i < 1000; ++i) {
        m_clock.advanceMs(1000);
        const auto candidate = m_signIn.candidate(ledger(), "人" + std::to_string(i), "203.0.113.9");
        if (candidate->lockedUntilMs > 0)
            continue;
        ++compared;
        EXPECT_EQ(attempt("人" + std::to_string(i), "x", "203.0.113.9").what, SignInVerdict::What::Wrong);
    }
    EXPECT_LE(compared, kAddressFailuresAllowed + 10);
    EXPECT_EQ(attempt("林晓东", "督查室口令-2026", "198.51.100.1").what, SignInVerdict::What::Accepted);
}

TEST_F(SignInTest, aSessionEndsByIdlenessAgeAndCommand) {
    const Bytes token = attempt("林晓东", "督查室口令-2026").token;
    ASSERT_EQ(token.size(), 32u);
    EXPECT_EQ(reasonOf(token), "");
    EXPECT_EQ(reasonOf(Bytes(32, 7)), "none");
    EXPECT_EQ(reasonOf(Bytes(31, 7)), "none");
    m_clock.advanceMs(kHalfOpenMs + 1);
    EXPECT_EQ(reasonOf(token), "expired"); // between the factors
    std::string reason;
    const auto make = [&](const char *state) {
        const Bytes fresh = attempt("林晓东", "督查室口令-2026").token;
        auto session = m_signIn.find(ledger(), fresh, reason);
        ConsoleSession full = **session;
        full.state = state;
        in([&](LedgerWriter &to) { return to.accounts().putSession(full); });
        return fresh;
    };
    const Bytes idle = make("full");
    m_clock.advanceMs(kIdleMs + 1);
    EXPECT_EQ(reasonOf(idle), "idle");
    const Bytes ended = make("full");
    in([&](LedgerWriter &to) { return to.accounts().endSessions(m_person, std::nullopt, "ended"); });
    EXPECT_EQ(reasonOf(ended), "ended");
    const Bytes old = make("full");
    for (int i = 0; i < 50; ++i) {
        m_clock.advanceMs(15 * 60 * 1000);
        auto session = ledger().accounts().session(SignIn::digestOf(old));
        (*session)->seenMs = m_clock.nowMs();
        in([&](LedgerWriter &to) { return to.accounts().putSession(**session); });
    }
    EXPECT_EQ(reasonOf(old), "expired"); // 12.5 hours of work
}

TEST_F(SignInTest, theStepsAreSecondFactorPasswordThenFull) {
    EXPECT_EQ(state(false), "password_change");
    in([&](LedgerWriter &to) {
        Account account;
        account.person = m_person;
        account.mustChangePassword = false;
        return to.accounts().putAccount(account);
    });
    EXPECT_EQ(state(false), "second_factor_setup");
    Bytes secret;
    in([&](LedgerWriter &to) { return m_signIn.beginTotp(to, m_person, secret); });
    EXPECT_EQ(state(false), "second_factor_setup"); // shown is not in force
    in([&](LedgerWriter &to) -> Status {
        const auto wrong = m_signIn.confirmTotp(to, m_person, "000000");
        EXPECT_TRUE(wrong && !*wrong);
        const auto right =
            m_signIn.confirmTotp(to, m_person, hotp(secret, static_cast<std::uint64_t>(codeStep(m_clock.nowMs()))));
        EXPECT_TRUE(right && *right);
        return {};
    });
    EXPECT_EQ(state(false), "second_factor");
    EXPECT_EQ(state(true), "full");
}

TEST_F(SignInTest, aCodeCountsOnceAndASecretIsNeverReadable) {
    Bytes secret;
    in([&](LedgerWriter &to) { return m_signIn.beginTotp(to, m_person, secret); });
    const auto code = [&] { return hotp(secret, static_cast<std::uint64_t>(codeStep(m_clock.nowMs()))); };
    in([&](LedgerWriter &to) -> Status {
        EXPECT_TRUE(*m_signIn.confirmTotp(to, m_person, code()));
        EXPECT_FALSE(*m_signIn.checkTotp(to, m_person, code())); // the one that set it up
        return {};
    });
    m_clock.advanceMs(kCodeStepMs);
    in([&](LedgerWriter &to) -> Status {
        EXPECT_TRUE(*m_signIn.checkTotp(to, m_person, code()));
        EXPECT_FALSE(*m_signIn.checkTotp(to, m_person, code()));
        return {};
    });
    const auto account = ledger().accounts().account(m_person);
    EXPECT_EQ(std::search((*account)->totpSecret.begin(), (*account)->totpSecret.end(), secret.begin(), secret.end()),
              (*account)->totpSecret.end());
}

TEST_F(SignInTest, passwordsThatAnybodyWouldGuessAreRefused) {
    EXPECT_EQ(passwordProblem("短口令", "林晓东", ""), "short");
    EXPECT_EQ(passwordProblem("123456789", "a", ""), "short");
    EXPECT_EQ(passwordProblem("1234567890", "a", ""), "usual");
    EXPECT_EQ(passwordProblem("aaaaaaaaaaaa", "b", ""), "usual");
    EXPECT_EQ(passwordProblem("Password12!", "b", ""), "usual");
    EXPECT_EQ(passwordProblem("linxiaodong-3", "linxiaodong", ""), "name");
    EXPECT_EQ(passwordProblem("一样的口令写两遍就不行", "a", "一样的口令写两遍就不行"), "same");
    EXPECT_EQ(passwordProblem("春眠不觉晓处处闻啼鸟", "林晓东", "旧口令"), "");
}
} // namespace
