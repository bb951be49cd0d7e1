#pragma once
// The pictures of a folder, to choose from.
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace zhicha {

/** Threads: the screen's; the folder is read on another one, since it may hold thousands of pictures. */
class Gallery : public QObject {
    Q_OBJECT
    QML_ELEMENT
    /** Where a system keeps a person's pictures, unless something else is said. */
    Q_PROPERTY(QString folder READ folder WRITE setFolder NOTIFY changed)
    Q_PROPERTY(int most MEMBER m_most NOTIFY changed)
    Q_PROPERTY(QList<QString> pictures READ pictures NOTIFY changed) ///< URLs, the newest first
    Q_PROPERTY(bool listed READ listed NOTIFY changed)               ///< false: it is not known yet what is there

public:
    explicit Gallery(QObject *parent = nullptr);
    [[nodiscard]] QString folder() const { return m_folder; }
    void setFolder(const QString &folder);
    [[nodiscard]] QStringList pictures() const { return m_pictures; }
    [[nodiscard]] bool listed() const { return m_listed; }
    Q_INVOKABLE void list(); ///< looks again

signals:
    void changed();

private:
    QString m_folder;
    QStringList m_pictures;
    int m_most = 60;
    bool m_listed = false;
};

} // namespace zhicha
