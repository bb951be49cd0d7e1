#pragma once
// image://photo/<digest>: a photo or preview of the open store, unsealed off the screen's thread.
#include "mobile/platform/store_thread.h"

#include <QQuickAsyncImageProvider>

namespace zhicha {

/** Owner: the QML engine. Threads: any asks; the store's thread reads, a pool thread decodes. A photo that is not on
 *  this tablet gives an error, which the page shows as missing. */
class PhotoProvider : public QQuickAsyncImageProvider {
public:
    explicit PhotoProvider(StoreThread &store) : m_store(store) {}
    QQuickImageResponse *requestImageResponse(const QString &id, const QSize &requestedSize) override;

private:
    StoreThread &m_store;
};

} // namespace zhicha
