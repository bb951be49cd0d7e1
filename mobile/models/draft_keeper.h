#pragma once
// Keeps what is being typed on disk, at most 0.7 s behind the keyboard, valid or not (R5).
#include "mobile/engine/store/draft_table.h"
#include "mobile/platform/store_thread.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace zhicha {

/** Owner: a controller, which gives it the content. Threads: the screen's.
 *  Holds:  the first change starts the clock and later ones do not restart it, so that steady typing is saved too. A
 *          write that failed is tried again every 3 s, with the text kept. Photos that others added to the draft in the
 *          store stay there. What stands on disk and was not read yet is never replaced: typing waits for noteRead(),
 *          and a page that is left before joins what was typed to what stands there. */
class DraftKeeper : public QObject {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(int state READ state NOTIFY changed)         ///< Ui.Save
    Q_PROPERTY(QString savedAt READ savedAt NOTIFY changed) ///< the commit's time, 14:02:07
    Q_PROPERTY(QString why READ why NOTIFY changed)         ///< of a failure
    Q_PROPERTY(int retries READ retries NOTIFY changed)

public:
    static constexpr int kDelayMs = 400; ///< leaves 0.3 s for the commit
    static constexpr int kRetryMs = 3000;

    /** `textField`: the field of the content that is typed. */
    DraftKeeper(StoreThread &store, const char *textField, std::function<Draft()> content, QObject *parent);
    ~DraftKeeper() override; ///< what was typed last is still written
    [[nodiscard]] int state() const { return m_state; }
    [[nodiscard]] QString savedAt() const;
    [[nodiscard]] QString why() const { return m_why; }
    [[nodiscard]] int retries() const { return m_retries; }

    void noteRead(); ///< the page has taken over what stood on disk
    void touch();    ///< something was typed
    void flush();    ///< now: the page is being left
    void forget();   ///< the draft became an operation, or was thrown away: nothing more is written
    void cameFromDisk(std::int64_t savedMs);

signals:
    void changed();

private:
    void write();
    void setState(int state);

    StoreThread &m_store;
    const char *m_textField;
    std::function<Draft()> m_content;
    QTimer m_timer;
    int m_state = 0;
    std::int64_t m_savedMs = 0;
    QString m_why;
    int m_retries = 0;
    bool m_dirty = false;
    bool m_read = false;
};

/** What a field shows once the text from disk is there: that text, then what was typed before it came. */
[[nodiscard]] QString joinTyped(const QString &fromDisk, const QString &typed);
/** A text of a draft's content; empty if there is none. */
[[nodiscard]] std::string draftText(const Draft &draft, const char *field);

} // namespace zhicha
