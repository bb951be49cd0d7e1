// enrol, sync.
#include "mobile/cli/command_table.h"
#include "mobile/cli/output.h"
#include "mobile/cli/status_text.h"
#include "mobile/engine/courier/courier.h"
#include "mobile/platform/sync_runner.h"

#include <QCoreApplication>

namespace zhicha::cli {

namespace {
Result<QUrl> serverUrl(const std::string &text) {
    QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const bool plain = url.scheme() == QLatin1String("http");
    const bool fits = url.isValid() && !url.host().isEmpty() && (url.path().isEmpty() || url.path() == "/") &&
                      (plain || url.scheme() == QLatin1String("https"));
    if (!fits)
        return fail(Code::WrongUsage, "--server takes https://HOST:PORT", Retry::AfterUser);
    if (plain && !isLoopback(url))
        return fail(Code::WrongUsage, "plain http:// is taken for this machine only", Retry::AfterUser);
    url.setPath(QString());
    return url;
}

/** Runs until done, stopped, or (unless `keepOn`) waiting. */
void runMachine(SyncMachine &machine, const QUrl &server, bool keepOn) {
    int argc = 1;
    char name[] = "zhicha-field";
    char *argv[] = {name, nullptr};
    QCoreApplication application(argc, argv);
    QtTransport transport(server);
    std::int64_t announced = 0;
    SyncRunner::Hooks hooks;
    hooks.onExchange = [](const HttpRequest &request, int status) {
        const std::string size = request.body.empty() ? "" : " (" + std::to_string(request.body.size()) + " B)";
        say("  " + request.method + " " + request.path.substr(0, request.path.find('?')) + size + " → " +
            (status == 0 ? "无应答 / no answer" : std::to_string(status)));
    };
    hooks.onWaiting = [&](const SyncMachine &waiting) {
        if (keepOn && announced != waiting.waitUntilMs()) {
            announced = waiting.waitUntilMs();
            const std::int64_t seconds = (waiting.waitUntilMs() - systemClock().nowMs() + 999) / 1000;
            say("等待 " + std::to_string(seconds) + " 秒后再试 / trying again in " + std::to_string(seconds) +
                " s: " + wordsOf(std::string(codeName(waiting.error()->code))));
        }
        return keepOn;
    };
    hooks.onFinished = [] { QCoreApplication::quit(); };
    SyncRunner runner(machine, transport, std::move(hooks));
    QMetaObject::invokeMethod(
        &application, [&] { runner.run(); }, Qt::QueuedConnection);
    QCoreApplication::exec();
}

} // namespace

Result<nlohmann::json> runEnrol(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const QUrl url, serverUrl(arguments.value("server")));
    const std::string typed = arguments.optional("fingerprint").value_or(arguments.value("pin"));
    const auto fingerprint = digestFromHex(typed);
    if (!fingerprint)
        return fail(Code::WrongUsage, "--fingerprint takes 64 hex digits", Retry::AfterUser);
    Enrolment enrolment;
    enrolment.server = url.toString().toStdString();
    enrolment.code = arguments.value("code");
    enrolment.fingerprint = *fingerprint;
    enrolment.deviceName = arguments.optional("name").value_or("");
    ZHICHA_TRY(beginEnrolment(session.store(), enrolment, systemClock(), systemRandom()));
    SyncMachine machine(session.store(), systemClock(), systemRandom(), SyncGoal::Enrol);
    runMachine(machine, url, false);
    if (machine.error())
        return *machine.error();
    const Identity &identity = *session.store().identity();
    say("已登记：" + identity.personName + " / enrolled");
    return nlohmann::json{{"device", toText(identity.device)},
                          {"person", toText(identity.person)},
                          {"name", identity.personName},
                          {"ledger", toText(identity.ledger)},
                          {"server", identity.server}};
}

Result<nlohmann::json> runSync(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Identity identity, session.store().enrolledIdentity());
    ZHICHA_ASSIGN(const QUrl url, serverUrl(identity.server));
    SyncMachine machine(session.store(), systemClock(), systemRandom());
    runMachine(machine, url, arguments.has("wait"));
    StatusView view(session.store());
    ZHICHA_ASSIGN(const StatusSummary summary, view.summary());
    say(statusLine(summary));
    for (const Error &trouble : machine.troubles())
        say("另有 / also: " + wordsOf(std::string(codeName(trouble.code))) + " (" + trouble.detail + ")");
    if (machine.state() != SyncMachine::State::Done)
        return *machine.error();
    nlohmann::json json = summaryJson(summary);
    json["troubles"] = nlohmann::json::array();
    for (const Error &trouble : machine.troubles())
        json["troubles"].push_back({{"code", codeName(trouble.code)}, {"detail", trouble.detail}});
    return json;
}

Result<nlohmann::json> runExportOutbox(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const OutsidePlace place, outsidePlace(arguments.positional(0)));
    ZHICHA_ASSIGN(const OutboxWritten written,
                  exportOutbox(session.store(), systemClock(), systemRandom(), *place.disk, place.name));
    say("已封好 / sealed: " + std::to_string(written.operations) + " 条记录 / records, " +
        std::to_string(written.photos) + " 张照片 / photos");
    return nlohmann::json{{"file", arguments.positional(0)},
                          {"operations", written.operations},
                          {"photos", written.photos},
                          {"photo_bytes", written.bytes}};
}

Result<nlohmann::json> runImportReceipts(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const OutsidePlace place, outsidePlace(arguments.positional(0)));
    ZHICHA_ASSIGN(const ReceiptsRead read,
                  importReceipts(session.store(), systemClock(), systemRandom(), *place.disk, place.name));
    StatusView view(session.store());
    ZHICHA_ASSIGN(const StatusSummary summary, view.summary());
    say(statusLine(summary));
    nlohmann::json json = summaryJson(summary);
    json["acknowledged"] = read.acknowledged;
    json["pages"] = read.pages;
    return json;
}

Result<nlohmann::json> runKeyNote(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::optional<Bytes> note, session.store().state().get(statekey::kKeyNote));
    if (!note || !session.store().keyNote())
        return fail(Code::UnknownDevice, "this tablet is not enrolled yet", Retry::AfterUser);
    ZHICHA_TRY(writeOutside(arguments.positional(0), *note));
    const KeyNote &opened = *session.store().keyNote();
    return nlohmann::json{{"file", arguments.positional(0)},
                          {"ledger", toText(opened.ledger)},
                          {"serial", opened.serial},
                          {"generation", opened.generation}};
}

} // namespace zhicha::cli
