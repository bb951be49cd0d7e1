#pragma once
// `serve`: the ledger thread, the readers, the photo store, the listener and the control socket of one folder.
#include "sync-server/cli/control.h"

namespace zhicha {

struct ServeOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8443;
    bool tls = true;
    std::optional<TlsMaterial> tlsFiles; ///< --tls CERT,KEY; must be listed by a note (see `key --purpose tls`)
    std::string publicUrl;               ///< what enrol-code prints; "" = from address and port
};

/** The parts of an open folder that commands and serve share. Owner: the caller. */
class OpenFolder {
public:
    /** StoreDamaged if the ledger lost its last transactions; `evenIfBehind` opens it all the same, to look at it. */
    [[nodiscard]] static Result<std::unique_ptr<OpenFolder>> open(const LedgerFolder &folder, bool threaded,
                                                                  bool evenIfBehind = false);
    ~OpenFolder();
    [[nodiscard]] LedgerAccess &access();
    [[nodiscard]] PhotoStore &photos();
    [[nodiscard]] const FolderSecrets &secrets() const;

private:
    struct Parts;
    explicit OpenFolder(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/** Serves until SIGTERM or SIGINT; then finishes running requests. Prints one line when it listens. */
[[nodiscard]] Status serve(const LedgerFolder &folder, const ServeOptions &options);

/** The URL that commands print while nobody serves: what the last serve listened on. */
[[nodiscard]] std::string knownServerUrl(LedgerAccess &access);

} // namespace zhicha
