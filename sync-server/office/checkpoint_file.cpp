#include "sync-server/office/checkpoint_file.h"

#include <fstream>
#include <iterator>

namespace zhicha {

Status ledgerIsWhole(LedgerReader &ledger, const ServerKeys &keys, const std::string &ledgerPath) {
    std::ifstream file(ledgerPath + ".checkpoint", std::ios::binary);
    std::string note((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    note.erase(note.find_last_not_of('\n') + 1);
    const auto beside = openCheckpoint(note + "\n", keys.log.publicKey());
    if (note.empty() || !beside)
        return {};
    ZHICHA_ASSIGN(const std::optional<std::string> inside, ledger.setting(std::string(kCheckpointSetting)));
    const auto held = openCheckpoint(inside.value_or(""), keys.log.publicKey());
    if (!held) // fsck says more about that
        return {};
    if (held->size < beside->size)
        return fail(Code::StoreDamaged, "the ledger holds " + std::to_string(held->size) + " leaves and had signed " +
                                            std::to_string(beside->size) + ": its last transactions are gone");
    if (held->size == beside->size && held->root != beside->root)
        return fail(Code::StoreDamaged, "the ledger is not the one that its last checkpoint describes");
    return {};
}

} // namespace zhicha
