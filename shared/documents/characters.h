#pragma once
// Text as the signs that a page carries one by one; what would print something else than it says is refused.
#include "shared/base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace zhicha::documents {

/** BadEncoding for no UTF-8. InvalidArgument, naming the sign and where it stands, for control signs, signs that turn
 *  the direction of reading, invisible ones, private ones, and marks that stand on another sign. `place` is for people.
 */
[[nodiscard]] Result<std::u32string> signsOf(std::string_view text, std::string_view place);
/** 〓 in place of each sign that signsOf would refuse, or that `has` does not know. Of UTF-8. */
[[nodiscard]] std::string replacedSigns(std::string_view text, const std::function<bool(char32_t)> &has);
[[nodiscard]] std::string toUtf8(std::u32string_view signs);
/** U+20BB7 「𠮷」; a sign that does not show is named by its number alone. */
[[nodiscard]] std::string nameOfSign(char32_t sign);

[[nodiscard]] bool mayStartLine(char32_t sign); ///< 禁则: no closing mark begins a line
[[nodiscard]] bool mayEndLine(char32_t sign);   ///< and no opening one ends it

} // namespace zhicha::documents
