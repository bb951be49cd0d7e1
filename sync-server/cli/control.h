#pragma once
// DIR/control.sock: carries a command's arguments and input to the process that serves the folder.
#include "sync-server/cli/commands.h"

#include <thread>

namespace zhicha {

struct ControlRequest {
    std::vector<std::string> arguments; ///< command name first, without DIR
    std::string input;
};
struct ControlAnswer {
    int exitCode = 0;
    std::string out; ///< for standard output
    std::string err; ///< for standard error
    std::vector<OutputFile> files = {};
};

/** Runs one command in this process. */
[[nodiscard]] ControlAnswer runInProcess(const ControlRequest &request, LedgerAccess &access, PhotoStore &photos,
                                         const LedgerFolder &folder, const std::string &server);
/** Asks the process that serves the folder. NetworkDown if nobody listens. */
[[nodiscard]] Result<ControlAnswer> askServer(const LedgerFolder &folder, const ControlRequest &request);

/** Answers commands until destroyed. Owner: `serve`. One connection at a time; only this user may connect (0600). */
class ControlSocket {
public:
    using Run = std::function<ControlAnswer(const ControlRequest &)>;
    [[nodiscard]] static Result<std::unique_ptr<ControlSocket>> listen(const LedgerFolder &folder, Run run);
    ~ControlSocket();

private:
    ControlSocket(int socket, std::string path, Run run);
    void loop();
    int m_socket;
    std::string m_path;
    Run m_run;
    int m_wake[2] = {-1, -1};
    std::thread m_thread;
};

} // namespace zhicha
