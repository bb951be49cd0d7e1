#pragma once
// A check of this tablet as a report with its photos (PDF), to hand over or to print where no network is.
#include "mobile/models/page_controller.h"
#include "shared/documents/check_report.h"

namespace zhicha {

struct CheckReading;
class LocalStore;

/** What this tablet has of a check; drafts and what is void stay out. Store's thread. `owner` is who uses the tablet.
 */
[[nodiscard]] ReportedCheck reportedCheck(LocalStore &store, const CheckReading &check, const std::string &owner);

/** Writes 检〔2026〕0003.pdf into the documents' folder, 直查 within. */
class ReportController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check READ check WRITE setCheck NOTIFY checkChanged REQUIRED)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString path READ path NOTIFY changed) ///< of the report that was written; empty: none yet

public:
    explicit ReportController(QObject *parent = nullptr) : PageController(parent) {}
    [[nodiscard]] QString check() const { return m_check; }
    void setCheck(const QString &check);
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString path() const { return m_path; }
    Q_INVOKABLE void write(); ///< a report of the same number is replaced: it says the same, later
    Q_INVOKABLE void open();  ///< with what the system has for PDF

signals:
    void checkChanged();
    void changed();

private:
    void done(const Result<QString> &path);

    QString m_check;
    QString m_path;
    bool m_busy = false;
};

} // namespace zhicha
