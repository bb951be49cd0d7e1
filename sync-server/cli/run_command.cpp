#include "sync-server/cli/run_command.h"

#include "shared/protocol/explanation.h"
#include "sync-server/cli/assess.h"
#include "sync-server/cli/command_help.h"
#include "sync-server/cli/serve.h"
#include "sync-server/http/tls_identity.h"
#include "sync-server/office/backup.h"
#include "sync-server/office/init.h"
#include "sync-server/office/keys.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace zhicha {

namespace {
int finish(const ControlAnswer &answer) {
    for (const OutputFile &file : answer.files) {
        std::ofstream out(file.path, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char *>(file.bytes.data()), static_cast<std::streamsize>(file.bytes.size()));
        if (!out.flush()) {
            std::fputs(explanationText(fail(Code::DiskError, file.path + " cannot be written")).c_str(), stderr);
            return 1;
        }
    }
    std::fwrite(answer.out.data(), 1, answer.out.size(), stdout);
    std::fwrite(answer.err.data(), 1, answer.err.size(), stderr);
    return answer.exitCode;
}

ControlAnswer answerOf(const Error &error, bool json) {
    ControlAnswer answer;
    answer.exitCode = error.code == Code::WrongUsage ? 2 : 1;
    answer.err = explanationText(error);
    if (json)
        answer.out = problemJson(error) + "\n";
    return answer;
}

int finish(const Error &error, bool json) {
    return finish(answerOf(error, json));
}

int finish(const Result<nlohmann::json> &result, bool json) {
    if (!result)
        return finish(result.error(), json);
    return finish(ControlAnswer{0, result->dump(json ? -1 : 2) + "\n", {}});
}

std::string keyFileOf(const Arguments &arguments) {
    const char *fromEnvironment = std::getenv("ZHICHA_KEY_FILE");
    return arguments.get("key-file", fromEnvironment != nullptr ? fromEnvironment : "");
}

std::string absolutePath(const std::string &path) {
    std::array<char, PATH_MAX> folder{};
    if (path.empty() || path[0] == '/' || ::getcwd(folder.data(), folder.size()) == nullptr)
        return path;
    return std::string(folder.data()) + "/" + path;
}

Result<std::string> readFile(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(Code::NotFound, path + " cannot be read");
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

/** "CERT,KEY": two PEM files. */
Result<TlsMaterial> readTlsFiles(const std::string &text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos)
        return fail(Code::WrongUsage, "a certificate and its key are given as CERT,KEY");
    TlsMaterial tls;
    ZHICHA_ASSIGN(tls.certificatePem, readFile(text.substr(0, comma)));
    ZHICHA_ASSIGN(tls.privateKeyPem, readFile(text.substr(comma + 1)));
    return tls;
}

Result<nlohmann::json> init(const Arguments &arguments) {
    if (arguments.get("suite", "1") != "1")
        return fail(Code::NotYet, "suite 2 (SM2, SM3, SM4) comes with a later version; suite 1 is used now");
    ZHICHA_ASSIGN(const std::string folder, arguments.word(0, "DIR"));
    ZHICHA_ASSIGN(const TlsIdentity identity, makeTlsIdentity("localhost", systemClock()));
    InitOptions options;
    options.folder = folder;
    options.name = arguments.get("ledger", options.name);
    options.keyFile = keyFileOf(arguments);
    options.tls = {identity.certificatePem, identity.privateKeyPem};
    options.tlsKey = identity.tlsKeyDigest;
    ZHICHA_ASSIGN(const InitAnswer answer, initLedger(options, systemClock(), systemRandom()));
    return nlohmann::json{{"administrator", answer.administrator},
                          {"password", answer.password},
                          {"root_key_file", absolutePath(answer.rootKeyFile)},
                          {"fingerprint", answer.fingerprint}};
}

Status serveCommand(const Arguments &arguments) {
    if (arguments.has("database") || arguments.has("blobs"))
        return fail(Code::NotYet,
                    "--database and --blobs come with a later version; the folder's own store is used now");
    ZHICHA_ASSIGN(const std::string path, arguments.word(0, "DIR"));
    ZHICHA_ASSIGN(const LedgerFolder folder, LedgerFolder::at(path, keyFileOf(arguments)));
    ServeOptions options;
    const std::string listen = arguments.get("listen", "127.0.0.1:8443");
    const std::size_t colon = listen.rfind(':');
    unsigned port = 0;
    const char *first = listen.data() + (colon == std::string::npos ? listen.size() : colon + 1);
    const auto [end, error] = std::from_chars(first, listen.data() + listen.size(), port);
    if (colon == std::string::npos || error != std::errc() || end != listen.data() + listen.size() || port > 65535)
        return fail(Code::WrongUsage, "--listen takes ADDR:PORT");
    options.address = listen.substr(0, colon);
    if (options.address.size() > 2 && options.address.front() == '[')
        options.address = options.address.substr(1, options.address.size() - 2);
    options.port = static_cast<std::uint16_t>(port);
    const std::string tls = arguments.get("tls", "self");
    options.tls = tls != "off";
    if (tls != "off" && tls != "self") {
        ZHICHA_ASSIGN(options.tlsFiles, readTlsFiles(tls));
    }
    options.publicUrl = arguments.get("url");
    return serve(folder, options);
}

Result<nlohmann::json> restore(const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string rootKey, arguments.option("root-key"));
    ZHICHA_ASSIGN(const TlsIdentity identity, makeTlsIdentity("localhost", systemClock()));
    const TlsMaterial tls{identity.certificatePem, identity.privateKeyPem};
    const bool lost = arguments.has("from-tablets");
    ZHICHA_ASSIGN(const std::string path, arguments.word(lost ? 0 : 1, "DIR"));
    ZHICHA_ASSIGN(const LedgerFolder folder, LedgerFolder::at(path, keyFileOf(arguments)));
    if (lost) {
        ZHICHA_ASSIGN(const std::string note, arguments.option("note"));
        return restoreFromTablets(note, folder, rootKey, tls, identity.tlsKeyDigest, systemClock(), systemRandom());
    }
    ZHICHA_ASSIGN(const std::string file, arguments.word(0, "FILE"));
    return restoreLedger(file, folder, rootKey, arguments.get("note"), tls, identity.tlsKeyDigest, systemClock(),
                         systemRandom());
}

Result<nlohmann::json> key(const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string path, arguments.word(0, "DIR"));
    ZHICHA_ASSIGN(const std::string purpose, arguments.option("purpose"));
    ZHICHA_ASSIGN(const std::string rootKey, arguments.option("root-key"));
    ZHICHA_ASSIGN(const LedgerFolder folder, LedgerFolder::at(path, keyFileOf(arguments)));
    ZHICHA_ASSIGN(const FolderLock lock, FolderLock::take(folder));
    std::optional<TlsMaterial> tls;
    std::optional<Digest> tlsKey;
    if (purpose == "tls") {
        if (arguments.has("cert")) {
            ZHICHA_ASSIGN(tls, readTlsFiles(arguments.get("cert")));
        } else {
            ZHICHA_ASSIGN(const TlsIdentity identity, makeTlsIdentity("localhost", systemClock()));
            tls = TlsMaterial{identity.certificatePem, identity.privateKeyPem};
        }
        ZHICHA_ASSIGN(tlsKey, tlsKeyDigestOf(tls->certificatePem));
    }
    return replaceKey(folder, purpose, rootKey, tls, tlsKey, systemClock(), systemRandom());
}

/** Commands on a ledger: in this process where nobody holds the folder, else in the one that serves it. */
ControlAnswer runOnLedger(const Command &command, std::vector<std::string> given) {
    // DIR is the first word (the second of `user add DIR`); everything else goes to the command as it is.
    std::set<std::string> values = command.values;
    values.insert({"as", "key-file"});
    std::set<std::string> flags = command.flags;
    flags.insert("json");
    const auto parsed = readArguments(given, values, flags);
    if (!parsed)
        return answerOf(parsed.error(), false);
    const bool json = parsed->has("json");
    const std::size_t at = command.name == "user" ? 1 : 0;
    const auto path = parsed->word(at, "DIR");
    if (!path)
        return answerOf(path.error(), json);
    const auto folder = LedgerFolder::at(*path, keyFileOf(*parsed));
    if (!folder)
        return answerOf(folder.error(), json);
    ControlRequest request;
    if (command.readsInput) {
        const auto file = parsed->word(at + 1, "FILE");
        const auto content = file ? readFile(*file) : Result<std::string>(file.error());
        if (!content)
            return answerOf(content.error(), json);
        request.input = *content;
    }
    // The folder's word is taken out by position; files are made absolute, since `serve` runs elsewhere.
    given.erase(std::find(given.begin(), given.end(), *path));
    if (command.takesPaths)
        for (std::size_t i = 1; i < parsed->words.size(); ++i)
            *std::find(given.begin(), given.end(), parsed->words[i]) = absolutePath(parsed->words[i]);
    request.arguments = std::move(given);
    request.arguments.insert(request.arguments.begin(), std::string(command.name));

    const auto lock = FolderLock::take(*folder);
    if (!lock && lock.error().code == Code::StoreLocked) {
        const auto answer = askServer(*folder, request);
        return answer ? *answer : answerOf(answer.error(), json);
    }
    if (!lock)
        return answerOf(lock.error(), json);
    const auto open = OpenFolder::open(*folder, false, command.name == "fsck");
    if (!open)
        return answerOf(open.error(), json);
    return runInProcess(request, (*open)->access(), (*open)->photos(), *folder, knownServerUrl((*open)->access()));
}

/** `assess` and `due`: a folder's ledger is what `export` prints of it, in-process or through the one that serves it.
 */
int runFigures(const std::string &name, const std::vector<std::string> &rest) {
    const auto parsed = readArguments(rest, figureOptions(), {"json", "explain"});
    if (!parsed)
        return finish(parsed.error(), false);
    const bool json = parsed->has("json");
    std::optional<ControlAnswer> refused;
    const auto exported = [&]() -> Result<std::string> {
        std::vector<std::string> words{parsed->words[0]};
        if (parsed->has("key-file"))
            words.insert(words.end(), {"--key-file", parsed->get("key-file")});
        if (json)
            words.emplace_back("--json");
        ControlAnswer answer = runOnLedger(*findCommand("export"), words);
        if (answer.exitCode == 0)
            return std::move(answer.out);
        refused = std::move(answer);
        return fail(Code::Internal, "the folder was refused");
    };
    const auto figures = name == "assess" ? assessCommand(*parsed, exported) : dueCommand(*parsed, exported);
    if (!figures)
        return refused ? finish(*refused) : finish(figures.error(), json);
    return finish(ControlAnswer{0, figures->out, figures->warnings});
}

int runOne(const std::vector<std::string> &arguments) {
    if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "help") {
        std::fputs(overview().c_str(), arguments.empty() ? stderr : stdout);
        return arguments.empty() ? 2 : 0;
    }
    const std::string &name = arguments[0];
    const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
    const std::string usage = commandUsage(name);
    if (usage.empty()) {
        std::fprintf(stderr, "zhicha-server: 没有这个命令 · no such command: %s\n\n%s", name.c_str(),
                     overview().c_str());
        return 2;
    }
    if (std::find(rest.begin(), rest.end(), "--help") != rest.end()) {
        std::fputs(usage.c_str(), stdout);
        return 0;
    }
    for (const std::string_view later : {"bundle", "fork"})
        if (name == later) {
            std::fprintf(stderr, "zhicha-server %s: 以后的版本才有 · comes with a later version\n", name.c_str());
            return 1;
        }
    if (const Command *command = findCommand(name))
        return finish(runOnLedger(*command, rest));
    if (name == "assess" || name == "due")
        return runFigures(name, rest);
    const auto parsed = readArguments(rest,
                                      {"ledger", "suite", "key-file", "listen", "tls", "database", "blobs", "url",
                                       "root-key", "purpose", "cert", "note"},
                                      {"json", "from-tablets"});
    if (!parsed)
        return finish(parsed.error(), false);
    const bool json = parsed->has("json");
    if (name == "init")
        return finish(init(*parsed), true);
    if (name == "restore")
        return finish(restore(*parsed), json);
    if (name == "key")
        return finish(key(*parsed), json);
    const Status served = serveCommand(*parsed);
    return served ? 0 : finish(served.error(), json);
}
} // namespace

int runServerCommand(const std::vector<std::string> &arguments) {
    const int code = runOne(arguments);
    // Success and half an answer would be a lie to a script.
    if ((std::fflush(stdout) == 0 && std::ferror(stdout) == 0) || code != 0)
        return code;
    std::fputs(
        "zhicha-server: 命令已执行，但结果没有写全：再做之前请先查看 · the command ran, but its answer could not be "
        "written whole: look before you run it again\n",
        stderr);
    return 1;
}

} // namespace zhicha
