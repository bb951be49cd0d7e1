// Prints the table of kinds for docs/FORMATS.md; tst_formats compares the two.
#include "tests/support/formats/kind_table.h"

#include <iostream>

int main() {
    std::cout << zhicha::kindTable();
    return std::cout.good() ? 0 : 1;
}
