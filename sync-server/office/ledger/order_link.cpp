#include "sync-server/office/ledger/order_link.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "sync-server/intake/enrolment.h"

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::string_view kLinkAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::int64_t kWrongOfOrder = 10, kWrongOfAddress = 20;
constexpr std::int64_t kCodeLockMs = std::int64_t{30} * 60'000;

std::string linkSetting(const Uuid &order) {
    return "order_link/" + toText(order);
}

/** Bound to this ledger's secret and to the order: a stolen file gives no code away, and none fits another order. */
Digest linkDigest(const ServerKeys &keys, const Uuid &order, const std::string &code) {
    return hmacSha256(keys.tokenKey, taggedDigest("zhicha/v1/order-link", {order.bytes, viewOf(code)}));
}

Status keepLink(const LedgerAct &act, const Uuid &order, const std::string &value) {
    LedgerWriter &ledger = act.intake.ledger();
    ZHICHA_TRY(ledger.begin());
    if (const Status put = ledger.putSetting(linkSetting(order), value); !put) {
        ledger.rollback();
        return put;
    }
    return ledger.commit();
}

/** An order that the office may give a link of. */
Result<BookOrder> linkedOrder(const LedgerAct &act, const Uuid &id) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    return act.look<BookOrder>([&](const Book &book) -> Result<BookOrder> {
        ZHICHA_ASSIGN(const BookOrder *found, shownOrder(book, id));
        return *found;
    });
}

Result<bool> codeOpens(LedgerReader &reader, const ServerKeys &keys, const Uuid &order, std::string_view code,
                       std::int64_t nowMs) {
    ZHICHA_ASSIGN(const std::optional<std::string> kept, reader.setting(linkSetting(order)));
    const json link = kept ? json::parse(*kept, nullptr, false) : json();
    const std::string typed = normalizeCode(code);
    // Compared in any case: how long it takes tells nothing of what exists.
    const std::string digest = toHex(linkDigest(keys, order, typed));
    const std::string known = link.is_object() ? link.value("digest", "") : "";
    const bool same = equalInConstantTime(viewOf(known), viewOf(digest));
    return same && !typed.empty() && link.value("until", std::int64_t{0}) > nowMs;
}

Status noteWrongCode(LedgerWriter &ledger, const std::string &subject, std::int64_t allowed, std::int64_t nowMs) {
    ZHICHA_ASSIGN(Failures failures, ledger.accounts().failures(subject));
    if (nowMs - failures.lastMs > kCodeLockMs)
        failures = Failures{subject, 0, 0, 0};
    failures.lastMs = nowMs;
    if (++failures.count >= allowed)
        failures.untilMs = nowMs + kCodeLockMs;
    return ledger.accounts().putFailures(failures);
}

Status noteWrongBoth(LedgerWriter &ledger, const std::string &ofOrder, const std::string &ofAddress,
                     std::int64_t nowMs) {
    ZHICHA_TRY(ledger.begin());
    Status noted = noteWrongCode(ledger, ofOrder, kWrongOfOrder, nowMs);
    if (noted)
        noted = noteWrongCode(ledger, ofAddress, kWrongOfAddress, nowMs);
    if (noted)
        return ledger.commit();
    ledger.rollback();
    return noted;
}
} // namespace

Result<json> makeOrderLink(const LedgerAct &act, const Uuid &id, OrderRefusal &refusal) {
    ZHICHA_ASSIGN(const BookOrder order, linkedOrder(act, id));
    if (!order.outside || order.now().isOver()) {
        refusal = {"not_now", order.outside ? "closed" : "inside", "", ""};
        return fail(Code::WrongUsage, "no link for this order");
    }
    std::string code;
    for (const std::uint8_t byte : act.intake.random().array<kCodeLength>())
        code.push_back(kLinkAlphabet[byte & 31]);
    const std::int64_t until = act.intake.clock().nowMs() + kOrderLinkMs;
    const json link{{"digest", toHex(linkDigest(act.intake.keys(), id, code))}, {"until", until}};
    ZHICHA_TRY(keepLink(act, id, link.dump()));
    return json{{"order", toText(id)},
                {"code", code},
                {"code_groups", {code.substr(0, 4), code.substr(4)}},
                {"path", "/answer/" + toText(id)},
                {"expires_at", toRfc3339(until)}};
}

Result<json> endOrderLink(const LedgerAct &act, const Uuid &id) {
    const auto order = linkedOrder(act, id);
    ZHICHA_TRY(order ? Status() : Status(order.error()));
    ZHICHA_TRY(keepLink(act, id, "{}"));
    return json{{"order", toText(id)}};
}

Result<CodeVerdict> tryOrderCode(LedgerAccess &access, const Uuid &order, std::string_view code,
                                 const std::string &address) {
    const std::int64_t now = access.clock().nowMs();
    const std::string ofOrder = "order-code/" + toText(order);
    const std::string ofAddress = "order-code-address/" + address;
    CodeVerdict verdict;
    ZHICHA_TRY(access.read([&](LedgerReader &reader) -> Status {
        for (const std::string &subject : {ofOrder, ofAddress}) {
            ZHICHA_ASSIGN(const Failures failures, reader.accounts().failures(subject));
            verdict.untilMs = std::max(verdict.untilMs, failures.untilMs);
        }
        if (verdict.untilMs > now) {
            verdict.what = CodeVerdict::What::Locked;
            return {};
        }
        ZHICHA_ASSIGN(const bool opens, codeOpens(reader, access.keys(), order, code, now));
        if (opens)
            verdict.what = CodeVerdict::What::Opens;
        return {};
    }));
    if (verdict.what != CodeVerdict::What::Wrong)
        return verdict;
    ZHICHA_TRY(access.write([&](Intake &intake) { return noteWrongBoth(intake.ledger(), ofOrder, ofAddress, now); }));
    return verdict;
}

Result<json> outsideOrderJson(LedgerReader &ledger, const Book &book, const BookOrder &order) {
    const OrderScope scope{{false, {order.unit}}, std::nullopt};
    ZHICHA_ASSIGN(const json whole, orderDetailJson(ledger, book, order, scope));
    json out = json::object();
    for (const char *name : {"number", "state", "lamp", "due_on", "first_due_on", "issued_on", "photos_required", "why",
                             "requirement", "assignee", "acknowledged_on", "reopened"})
        if (whole.contains(name))
            out[name] = whole[name];
    out["finding"] = whole["finding"];
    out["finding"].erase("id");
    for (const char *name : {"site", "unit"})
        if (whole.contains(name))
            out[name] = {{"name", whole[name]["name"]}};
    out["steps"] = json::array();
    for (const json &step : whole["steps"]) {
        if (step["kind"] != "answer" && step["kind"] != "return" && step["kind"] != "accept")
            continue;
        json one{{"kind", step["kind"]}, {"on", step["on"]}};
        for (const char *name : {"text", "reason", "due_on", "photos"})
            if (step.contains(name))
                one[name] = step[name];
        out["steps"].push_back(std::move(one));
    }
    return out;
}

} // namespace zhicha
