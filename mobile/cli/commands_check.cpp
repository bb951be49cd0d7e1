// check start, answer, tally, reply, note, attest, sign, finish.
#include "mobile/cli/output.h"
#include "mobile/cli/photos.h"
#include "mobile/cli/resolve.h"
#include "mobile/engine/record/track_replay.h"

namespace zhicha::cli {

namespace {
constexpr std::int64_t kInviteMinutes = 10;
constexpr std::int64_t kMaxInviteMinutes = 24 * 60;

Result<Uuid> checkArgument(Session &session, const Arguments &arguments) {
    return resolve(session.store(), arguments.positional(0), {EntityType::Check});
}

/** Arrival and track out of a receiver's log; a reason where there is no fix. */
Status takeLog(Session &session, const std::string &path, CheckStart &start) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> site, session.store().entities().row(start.site));
    ZHICHA_ASSIGN(TrackReplay replay, replayTrack(path, site ? fenceOf(*site) : std::nullopt));
    if (replay.refusedSentences > 0)
        say("定位记录中有 " + std::to_string(replay.refusedSentences) + " 句损坏，未采用 / broken sentences left out");
    if (!replay.arrival) {
        if (start.noFixReason.empty())
            start.noFixReason = "定位记录中没有有效位置";
        say("定位记录中没有有效位置，照此记录 / the log holds no valid fix: recorded as such");
        return {};
    }
    const auto inside = replay.arrival->find("inside");
    if (inside != replay.arrival->end() && !*inside->second.boolean())
        say("未进入围栏，照此记录 / no fix inside the site's fence: recorded as such");
    start.arrival = std::move(replay.arrival);
    start.track = std::move(replay.pieces);
    return {};
}
} // namespace

Result<nlohmann::json> runCheckStart(Session &session, const Arguments &arguments) {
    if (const auto join = arguments.optional("join")) {
        if (arguments.has("site"))
            return fail(Code::WrongUsage, "--join and --site exclude each other", Retry::AfterUser);
        ZHICHA_ASSIGN(const Uuid check, resolve(session.store(), *join, {EntityType::Check}));
        std::optional<Bytes> invite;
        if (const auto text = arguments.optional("invite")) {
            invite = fromHex(*text);
            if (!invite)
                return fail(Code::WrongUsage, "--invite is the hex text that check invite printed", Retry::AfterUser);
        }
        ZHICHA_ASSIGN(const Uuid joined, session.recorder().joinCheck(check, invite));
        return nlohmann::json{{"check", toText(joined)}};
    }
    if (arguments.has("invite"))
        return fail(Code::WrongUsage, "--invite goes with --join", Retry::AfterUser);
    if (!arguments.has("site"))
        return fail(Code::WrongUsage, "--site is missing (or --join)", Retry::AfterUser);
    CheckStart start;
    ZHICHA_ASSIGN(start.site,
                  resolve(session.store(), arguments.value("site"), {EntityType::Site, EntityType::SiteProposal}));
    for (const std::string &item : arguments.values("item")) {
        ZHICHA_ASSIGN(const Uuid id, resolve(session.store(), item, {EntityType::Item}));
        start.items.push_back(id);
    }
    ZHICHA_ASSIGN(start.id, uuidArgument(arguments.optional("id")));
    ZHICHA_ASSIGN(start.assignment, uuidArgument(arguments.optional("assignment")));
    start.noFixReason = arguments.value("no-fix-reason");
    if (const auto log = arguments.optional("nmea"))
        ZHICHA_TRY(takeLog(session, *log, start));
    else if (start.noFixReason.empty())
        start.noFixReason = "未提供定位记录";
    ZHICHA_ASSIGN(const Uuid check, session.recorder().startCheck(start));
    nlohmann::json json{{"check", toText(check)}, {"track_pieces", start.track.size()}};
    if (start.arrival) {
        const auto inside = start.arrival->find("inside");
        json["inside"] = inside == start.arrival->end() ? nlohmann::json() : nlohmann::json(*inside->second.boolean());
        json["dwell_s"] = *start.arrival->find("dwell_s")->second.integer();
    }
    return json;
}

Result<nlohmann::json> runCheckInvite(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    std::int64_t minutes = kInviteMinutes;
    if (arguments.has("minutes")) {
        ZHICHA_ASSIGN(minutes, arguments.integer("minutes"));
    }
    if (minutes < 1 || minutes > kMaxInviteMinutes)
        return fail(Code::WrongUsage, "an invite is good for 1 minute to 1 day", Retry::AfterUser);
    ZHICHA_ASSIGN(const Bytes invite, session.recorder().makeInvite(check, minutes * 60 * 1000));
    return nlohmann::json{{"check", toText(check)}, {"invite", toHex(invite)}};
}

Result<nlohmann::json> runCheckAnswer(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    ZHICHA_ASSIGN(const std::vector<Bytes> pictures, readPhotos(arguments));
    AnswerGiven given;
    given.check = check;
    ZHICHA_ASSIGN(given.item, resolve(session.store(), arguments.value("item"), {EntityType::Item}));
    given.question = arguments.value("question");
    given.value = arguments.value("value");
    given.note = arguments.optional("note");
    ZHICHA_ASSIGN(const Uuid answer, session.recorder().answer(given));
    ZHICHA_ASSIGN(const nlohmann::json photos, addPhotos(session, arguments, pictures, check, answer));
    return nlohmann::json{{"answer", toText(answer)}, {"photos", photos}};
}

Result<nlohmann::json> runCheckTally(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    TallyTotals totals;
    ZHICHA_ASSIGN(totals.satisfied, arguments.integer("satisfied"));
    ZHICHA_ASSIGN(totals.neutral, arguments.integer("neutral"));
    ZHICHA_ASSIGN(totals.dissatisfied, arguments.integer("dissatisfied"));
    ZHICHA_ASSIGN(const TallyTotals now, session.recorder().tally(check, totals));
    return nlohmann::json{{"satisfied", now.satisfied}, {"neutral", now.neutral}, {"dissatisfied", now.dissatisfied}};
}

Result<nlohmann::json> runCheckReply(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    ZHICHA_ASSIGN(const std::vector<Bytes> pictures, readPhotos(arguments));
    ZHICHA_ASSIGN(const std::optional<Uuid> question, uuidArgument(arguments.optional("question")));
    ZHICHA_ASSIGN(const std::optional<Uuid> id, uuidArgument(arguments.optional("id")));
    ZHICHA_ASSIGN(const Uuid reply, session.recorder().reply(check, *question, arguments.value("text"), id));
    ZHICHA_ASSIGN(const nlohmann::json photos, addPhotos(session, arguments, pictures, check, reply));
    return nlohmann::json{{"reply", toText(reply)}, {"photos", photos}};
}

Result<nlohmann::json> runCheckNote(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    ZHICHA_ASSIGN(const std::optional<Uuid> id, uuidArgument(arguments.optional("id")));
    ZHICHA_ASSIGN(const Uuid note, session.recorder().note(check, arguments.value("text"), id));
    return nlohmann::json{{"note", toText(note)}};
}

Result<nlohmann::json> runCheckAttest(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    ZHICHA_ASSIGN(const std::int64_t clause, arguments.integer("clause"));
    ZHICHA_ASSIGN(const Uuid attestation,
                  session.recorder().attest(check, clause, arguments.value("said"), arguments.optional("note")));
    return nlohmann::json{{"attestation", toText(attestation)}};
}

Result<nlohmann::json> runCheckSign(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    ZHICHA_ASSIGN(const Uuid sign, session.recorder().signCheck(check, arguments.optional("refusal")));
    return nlohmann::json{{"sign", toText(sign)}};
}

Result<nlohmann::json> runCheckFinish(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, checkArgument(session, arguments));
    ZHICHA_ASSIGN(const Uuid finish, session.recorder().finishCheck(check));
    return nlohmann::json{{"check", toText(check)}, {"finish", toText(finish)}};
}

} // namespace zhicha::cli
