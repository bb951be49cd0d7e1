#include "mobile/models/sync_controller.h"

#include "mobile/models/office_news.h"
#include "mobile/models/sync_rows.h"

#include <algorithm>

namespace zhicha {

SyncController::SyncController(QObject *parent) : PageController(parent) {
    connect(app().status(), &StatusModel::changed, this, &SyncController::reload);
}

namespace {
struct SyncReading {
    std::vector<SyncRow> rows;
    AuditDay audit;
};
} // namespace

void SyncController::read() {
    readWith(
        [](StoreSession &session) -> Result<SyncReading> {
            SyncReading reading;
            ZHICHA_ASSIGN(reading.rows, readSyncRows(session.store()));
            ZHICHA_ASSIGN(reading.audit, zhicha::auditDay(session.store()));
            return reading;
        },
        [this](SyncReading reading) {
            m_auditDay = QString::fromStdString(reading.audit.day).mid(5);
            m_auditEntries = QLocale(QLocale::English).toString(static_cast<qlonglong>(reading.audit.entries));
            m_rows.set(std::move(reading.rows));
            if (m_rows.find(m_chosen) == nullptr)
                m_chosen = m_rows.rows().empty() ? QString() : m_rows.rows().front().key;
            emit changed();
        });
}

int SyncController::troubles() const {
    const auto &rows = m_rows.rows();
    return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const SyncRow &row) { return row.trouble; }));
}

void SyncController::setChosen(const QString &key) {
    m_chosen = key;
    emit changed();
}

QVariantMap SyncController::detail() const {
    const SyncRow *row = m_rows.find(m_chosen);
    QVariantMap map;
    if (row != nullptr)
        for (int i = 0; i < SyncRow::staticMetaObject.propertyCount(); ++i) {
            const QMetaProperty property = SyncRow::staticMetaObject.property(i);
            map.insert(QString::fromUtf8(property.name()), property.readOnGadget(row));
        }
    return map;
}

QString SyncController::stoppedWhy() const {
    const QString code = app().status()->code();
    return code.isEmpty() ? QString() : problemText(code.toStdString()).what;
}

QString SyncController::stoppedNext() const {
    const QString code = app().status()->code();
    return code.isEmpty() ? QString() : problemText(code.toStdString()).next;
}

void SyncController::syncNow() {
    QMetaObject::invokeMethod(&app().store().sync(), &SyncWorker::start, Qt::QueuedConnection);
}

} // namespace zhicha
