#pragma once
// What every window of the tests needs before it loads: the module, the icons, the letters, the language.
#include <QGuiApplication>
#include <QQmlEngine>
#include <QTranslator>

namespace zhicha {

/** Sets the application's font to that of the product: without it Japanese forms may be taken. */
void useProductFont();

/** Gives the engine the module Zhicha and image://glyph. */
void prepareEngine(QQmlEngine &engine);

/** Installs or removes English; false when the translation is not there. */
bool speakEnglish(QTranslator &translator, bool english);

} // namespace zhicha
