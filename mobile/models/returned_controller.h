#pragma once
// A question of the office about a check: who asked, until when, what about; and the answer to it.
#include "mobile/models/check_rows.h"
#include "mobile/models/draft_keeper.h"
#include "mobile/models/today_controller.h"

namespace zhicha {

/** The answer is a draft like any; past the due time it stays possible. */
class ReturnedController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString question MEMBER m_question NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString check MEMBER m_check NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString questionText READ questionText NOTIFY changed)
    Q_PROPERTY(QString askedBy READ askedBy NOTIFY changed)
    Q_PROPERTY(QString askedAt READ askedAt NOTIFY changed)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString due READ due NOTIFY changed)
    Q_PROPERTY(QString left READ left NOTIFY changed)
    Q_PROPERTY(bool overdue READ overdue NOTIFY changed)
    Q_PROPERTY(bool open READ open NOTIFY changed)      ///< false: answered
    Q_PROPERTY(QString about READ about NOTIFY changed) ///< text of the finding that it is about; empty = the check
    Q_PROPERTY(int aboutSeverity READ aboutSeverity NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *aboutPhotos READ aboutPhotos CONSTANT)
    Q_PROPERTY(int aboutPhotoCount READ aboutPhotoCount NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *photos READ photos CONSTANT) ///< of the answer
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(zhicha::DraftKeeper *draft READ draft CONSTANT)
    Q_PROPERTY(QString draftId READ draftId CONSTANT)

public:
    explicit ReturnedController(QObject *parent = nullptr);
    ~ReturnedController() override;
    [[nodiscard]] QString questionText() const { return m_row.title; }
    [[nodiscard]] QString askedBy() const { return m_row.askedBy; }
    [[nodiscard]] QString askedAt() const;
    [[nodiscard]] QString site() const { return m_row.site; }
    [[nodiscard]] QString due() const { return m_row.due; }
    [[nodiscard]] QString left() const { return m_row.left; }
    [[nodiscard]] bool overdue() const { return m_row.overdue; }
    [[nodiscard]] bool open() const { return m_open; }
    [[nodiscard]] QString about() const;
    [[nodiscard]] int aboutSeverity() const;
    [[nodiscard]] QAbstractItemModel *aboutPhotos() { return &m_aboutPhotos; }
    [[nodiscard]] int aboutPhotoCount() const { return m_aboutPhotos.rowCount(); }
    [[nodiscard]] QAbstractItemModel *photos() { return &m_photos; }
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] DraftKeeper *draft() { return &m_keeper; }
    [[nodiscard]] QString draftId() const { return m_question; }
    Q_INVOKABLE void reply();
    Q_INVOKABLE void importPhoto(const QUrl &file);
    Q_INVOKABLE void leave() override;

signals:
    void idChanged();
    void changed();
    void textChanged();
    void replied();

protected:
    void read() override;

private:
    struct Loaded {
        CheckReading check;
        std::optional<Error> trouble; ///< why there is no check; the draft is shown all the same
        std::vector<OpenQuestion> questions;
        std::optional<Draft> draft;
    };
    [[nodiscard]] Draft currentDraft() const;
    void take(Loaded loaded);
    void replyNow();

    QString m_question;
    QString m_check;
    QString m_text;
    ReturnedRow m_row;
    std::int64_t m_askedAtMs = 0;
    std::optional<FindingReading> m_about;
    bool m_open = true;
    bool m_loaded = false;
    bool m_ended = false;
    GadgetModel<PhotoRow> m_aboutPhotos;
    GadgetModel<PhotoRow> m_photos;
    DraftKeeper m_keeper;
};

} // namespace zhicha
