#pragma once
// What a person of this tablet has chosen. Every change applies at once and is on disk at once.
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace zhicha {

/** Owner: App. Threads: the screen's. File: DIR/settings.ini; nothing of a check stands in it. */
class Settings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.settings")
    Q_PROPERTY(int look READ look WRITE setLook NOTIFY changed) ///< Ui.Look
    Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY changed)
    Q_PROPERTY(int hand READ hand WRITE setHand NOTIFY changed)
    Q_PROPERTY(bool calm READ calm WRITE setCalm NOTIFY changed)
    Q_PROPERTY(bool hasEnglish READ hasEnglish CONSTANT) ///< this build carries the English texts
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed) ///< zh or en
    Q_PROPERTY(bool keepAwake READ keepAwake WRITE setKeepAwake NOTIFY changed)
    Q_PROPERTY(bool shutterSound READ shutterSound WRITE setShutterSound NOTIFY changed)
    Q_PROPERTY(int lockMinutes READ lockMinutes WRITE setLockMinutes NOTIFY changed) ///< 2 to 15
    Q_PROPERTY(QString cameraFolder READ cameraFolder WRITE setCameraFolder NOTIFY changed)
    Q_PROPERTY(QString positionSource READ positionSource WRITE setPositionSource NOTIFY changed)
    Q_PROPERTY(QString tiles READ tiles WRITE setTiles NOTIFY changed) ///< an MBTiles file
    Q_PROPERTY(QList<QString> phrases READ phrases WRITE setPhrases NOTIFY changed)

public:
    explicit Settings(const QString &data, QObject *parent = nullptr);
    [[nodiscard]] int look() const { return integer("look", 0, 2, 0); }
    void setLook(int value) { put("look", value); }
    [[nodiscard]] int textSize() const { return integer("text_size", 0, 2, 0); }
    void setTextSize(int value) { put("text_size", value); }
    [[nodiscard]] int hand() const { return integer("hand", 0, 1, 1); }
    void setHand(int value) { put("hand", value); }
    [[nodiscard]] bool calm() const { return m_file.value("calm", false).toBool(); }
    void setCalm(bool value) { put("calm", value); }
    [[nodiscard]] bool hasEnglish() const;
    [[nodiscard]] QString language() const;
    void setLanguage(const QString &value) { put("language", value); }
    [[nodiscard]] bool keepAwake() const { return m_file.value("keep_awake", true).toBool(); }
    void setKeepAwake(bool value) { put("keep_awake", value); }
    [[nodiscard]] bool shutterSound() const { return m_file.value("shutter_sound", true).toBool(); }
    void setShutterSound(bool value) { put("shutter_sound", value); }
    [[nodiscard]] int lockMinutes() const { return integer("lock_minutes", 2, 15, 5); }
    void setLockMinutes(int value) { put("lock_minutes", value); }
    [[nodiscard]] QString cameraFolder() const { return m_file.value("camera_folder").toString(); }
    void setCameraFolder(const QString &value) { put("camera_folder", value); }
    [[nodiscard]] QString positionSource() const { return m_file.value("position_source").toString(); }
    void setPositionSource(const QString &value) { put("position_source", value); }
    [[nodiscard]] QString tiles() const { return m_file.value("tiles").toString(); }
    void setTiles(const QString &value) { put("tiles", value); }
    [[nodiscard]] QStringList phrases() const;
    void setPhrases(const QStringList &value) { put("phrases", value); }
    Q_INVOKABLE void addPhrase(const QString &phrase);
    Q_INVOKABLE void removePhrase(int index);

signals:
    void changed();

private:
    [[nodiscard]] int integer(const char *key, int least, int most, int otherwise) const;
    void put(const char *key, const QVariant &value);
    QSettings m_file;
};

} // namespace zhicha
