#include "mobile/models/gallery.h"

#include <QCoreApplication>
#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>
#include <QUrl>

namespace zhicha {

namespace {
QStringList picturesOf(const QString &folder, int most) {
    const QDir dir(folder);
    QStringList found;
    for (const QString &name : dir.entryList({"*.jpg", "*.jpeg", "*.png"}, QDir::Files | QDir::Readable, QDir::Time)) {
        if (found.size() == most)
            break;
        found.append(QUrl::fromLocalFile(dir.filePath(name)).toString());
    }
    return found;
}
} // namespace

Gallery::Gallery(QObject *parent)
    : QObject(parent), m_folder(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)) {}

void Gallery::setFolder(const QString &folder) {
    m_folder = folder;
    m_pictures.clear();
    m_listed = false;
    emit changed();
}

void Gallery::list() {
    QThreadPool::globalInstance()->start([gallery = QPointer(this), folder = m_folder, most = m_most] {
        QMetaObject::invokeMethod(
            qApp,
            [gallery, folder, pictures = picturesOf(folder, most)] {
                if (!gallery || gallery->m_folder != folder) // another one was chosen meanwhile
                    return;
                gallery->m_pictures = pictures;
                gallery->m_listed = true;
                emit gallery->changed();
            },
            Qt::QueuedConnection);
    });
}

} // namespace zhicha
