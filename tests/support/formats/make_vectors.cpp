// Writes the files of tests/vectors into the folder named; tst_vectors compares the committed ones with what this
// makes.
#include "tests/support/formats/vectors.h"

#include <fstream>
#include <iostream>

int main(int argc, char **argv) {
    if (argc != 2) {
        std::cerr << "usage: make_vectors FOLDER\n";
        return 2;
    }
    for (const auto &[name, content] : zhicha::vectors::allFiles()) {
        std::ofstream out(std::string(argv[1]) + "/" + name, std::ios::binary | std::ios::trunc);
        out << content << std::flush;
        if (!out) {
            std::cerr << "cannot write " << name << "\n";
            return 1;
        }
    }
    return 0;
}
