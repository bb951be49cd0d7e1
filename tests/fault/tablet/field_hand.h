#pragma once
// The child of the kill test: a hand that works in the real window until it is killed, and tells each step.
#include <QString>

namespace zhicha::test {

/** Pictures for the camera of files, others for each child, and the setting that names their folder. */
void makeCameraFolder(const QString &data, int child);
/** The first `count` keys of what is typed into every finding. */
[[nodiscard]] QString typedText(int count);
/** Types, shoots, types, records, again and again. Prints one line for each step, flushed, before the next: `finding
 * ID`, `key MS`, `shoot`, `sound` (after the photo was durable), `record` (before the press), `recorded`. Ends only
 * with a failure, whose number says which step was not possible. */
int workAway(const QString &data);

} // namespace zhicha::test
