#include "sync-server/cli/run_command.h"

int main(int argc, char **argv) {
    return zhicha::runServerCommand({argv + 1, argv + argc});
}
