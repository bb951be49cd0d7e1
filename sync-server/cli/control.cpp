#include "sync-server/cli/control.h"

#include "shared/base/ids.h"
#include "shared/protocol/explanation.h"
#include "sync-server/cli/command_help.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace zhicha {

namespace {
constexpr std::size_t kMaxMessage = 256u << 20;

bool sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/** Everything until the peer closes its half. */
std::optional<std::string> receiveAll(int socket) {
    std::string out;
    std::array<char, 65536> piece{};
    for (;;) {
        const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || out.size() > kMaxMessage)
            return std::nullopt;
        if (got == 0)
            return out;
        out.append(piece.data(), static_cast<std::size_t>(got));
    }
}

/** A socket path is short (108 bytes); a long folder is reached through its open descriptor. */
Result<sockaddr_un> addressOf(const std::string &path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(Code::InvalidArgument, path + " is too long for a control socket; use a shorter folder");
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

ControlAnswer failed(const Error &error, bool json) {
    ControlAnswer answer;
    answer.exitCode = error.code == Code::WrongUsage ? 2 : 1;
    answer.err = explanationText(error);
    if (json)
        answer.out = problemJson(error) + "\n";
    return answer;
}
} // namespace

ControlAnswer runInProcess(const ControlRequest &request, LedgerAccess &access, PhotoStore &photos,
                           const LedgerFolder &folder, const std::string &server) {
    const Command *command = request.arguments.empty() ? nullptr : findCommand(request.arguments[0]);
    if (command == nullptr)
        return failed(fail(Code::WrongUsage, "no such command"), false);
    std::set<std::string> values = command->values;
    values.insert({"as", "key-file"});
    std::set<std::string> flags = command->flags;
    flags.insert({"json"});
    auto arguments = readArguments({request.arguments.begin() + 1, request.arguments.end()}, values, flags);
    if (!arguments)
        return failed(arguments.error(), false);
    const bool json = arguments->has("json");
    CommandContext context{access, photos, folder, server, request.input};
    auto output = command->run(context, *arguments);
    if (!output)
        return failed(output.error(), json);
    ControlAnswer answer;
    answer.exitCode = output->failed ? 1 : 0;
    answer.out = !output->text.empty() ? output->text : output->json.dump(json ? -1 : 2);
    if (answer.out.empty() || answer.out.back() != '\n')
        answer.out.push_back('\n');
    answer.files = std::move(output->files);
    return answer;
}

Result<ControlAnswer> askServer(const LedgerFolder &folder, const ControlRequest &request) {
    ZHICHA_ASSIGN(const sockaddr_un address, addressOf(folder.socketPath()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto close = [&] { ::close(socket); };
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close();
        return fail(Code::NetworkDown, "the process that holds this folder does not answer commands", Retry::Later);
    }
    const nlohmann::json message{{"arguments", request.arguments}, {"input", toBase64(viewOf(request.input))}};
    const bool sent = sendAll(socket, message.dump());
    ::shutdown(socket, SHUT_WR);
    const auto received = sent ? receiveAll(socket) : std::nullopt;
    close();
    const auto json = nlohmann::json::parse(received.value_or(""), nullptr, false);
    if (!json.is_object())
        return fail(Code::NetworkDown, "the server ended before it answered; ask again", Retry::Later);
    ControlAnswer answer{json.value("exit", 1), json.value("out", ""), json.value("err", "")};
    if (const auto files = json.find("files"); files != json.end() && files->is_array())
        for (const auto &file : *files)
            if (auto bytes = fromBase64(file.value("bytes", "")))
                answer.files.push_back({file.value("path", ""), *std::move(bytes)});
    return answer;
}

Result<std::unique_ptr<ControlSocket>> ControlSocket::listen(const LedgerFolder &folder, Run run) {
    ZHICHA_ASSIGN(const sockaddr_un address, addressOf(folder.socketPath()));
    ::unlink(folder.socketPath().c_str()); // we hold the lock, so a socket that lies here is a dead one
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const mode_t before = ::umask(0177);
    const bool bound =
        ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 && ::listen(socket, 8) == 0;
    ::umask(before);
    if (!bound) {
        ::close(socket);
        return fail(Code::DiskError, folder.socketPath() + ": " + std::strerror(errno));
    }
    return std::unique_ptr<ControlSocket>(new ControlSocket(socket, folder.socketPath(), std::move(run)));
}

ControlSocket::ControlSocket(int socket, std::string path, Run run)
    : m_socket(socket), m_path(std::move(path)), m_run(std::move(run)) {
    ZHICHA_CHECK(::pipe(m_wake) == 0);
    m_thread = std::thread([this] { loop(); });
}

ControlSocket::~ControlSocket() {
    const char stop = 0;
    ZHICHA_CHECK(::write(m_wake[1], &stop, 1) == 1);
    m_thread.join();
    ::close(m_socket);
    ::close(m_wake[0]);
    ::close(m_wake[1]);
    ::unlink(m_path.c_str());
}

void ControlSocket::loop() {
    for (;;) {
        std::array<pollfd, 2> waiting{{{m_socket, POLLIN, 0}, {m_wake[0], POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR)
            return;
        if (waiting[1].revents != 0)
            return;
        if ((waiting[0].revents & POLLIN) == 0)
            continue;
        const int peer = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer < 0)
            continue;
        const timeval limit{30, 0};
        ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const auto json = nlohmann::json::parse(receiveAll(peer).value_or(""), nullptr, false);
        ControlRequest request;
        if (json.is_object() && json.contains("arguments") && json["arguments"].is_array())
            for (const auto &argument : json["arguments"])
                request.arguments.push_back(argument.is_string() ? argument.get<std::string>() : std::string());
        if (json.is_object())
            if (const auto input = fromBase64(json.value("input", "")))
                request.input = textOf(*input);
        const ControlAnswer answer = m_run(request);
        nlohmann::json files = nlohmann::json::array();
        for (const OutputFile &file : answer.files)
            files.push_back({{"path", file.path}, {"bytes", toBase64(file.bytes)}});
        const nlohmann::json message{
            {"exit", answer.exitCode}, {"out", answer.out}, {"err", answer.err}, {"files", std::move(files)}};
        sendAll(peer, message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        ::close(peer);
    }
}

} // namespace zhicha
