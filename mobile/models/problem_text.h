#pragma once
// The words of an error in the language of the screen (shared/protocol/problems).
#include "shared/base/error.h"

#include <QString>

namespace zhicha {

struct ProblemText {
    QString what; ///< what happened
    QString safe; ///< what this means for the data
    QString next; ///< what to do
};
[[nodiscard]] ProblemText problemText(const Error &error);
/** By the name of a code, a reason without effect or an outcome; empty texts for a word that has no row. */
[[nodiscard]] ProblemText problemText(std::string_view key);
/** The language that texts from C++ tables take: true = English. Set by the app when the setting changes. */
void setEnglish(bool english);
[[nodiscard]] bool isEnglish();

} // namespace zhicha
