#pragma once
// Which receiver was chosen in the settings, as one line of text.
#include <QString>

#include <optional>

namespace zhicha {

/** In writing: "off" · "system" · "serial:/dev/ttyUSB0@9600" · "tcp:host:port" · "log:/path" (at the receiver's pace)
 *  · "log-fast:/path". Empty reads "system": a tablet's own receiver needs no setting. */
struct PositionChoice {
    enum class Kind { Off, System, Serial, Tcp, Log };
    Kind kind = Kind::System;
    QString where;  ///< device, host or path
    int number = 0; ///< baud rate or port
    bool fast = false;
    bool operator==(const PositionChoice &) const = default;
};

inline constexpr int kUsualBaud = 9600; ///< of nearly every receiver as it leaves the factory

/** nullopt for what is none: an unknown kind, no device, a port outside 1 to 65535, a rate outside 1200 to 921600. */
[[nodiscard]] std::optional<PositionChoice> positionChoice(const QString &text);
[[nodiscard]] QString textOf(const PositionChoice &choice);

} // namespace zhicha
