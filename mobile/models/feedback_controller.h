#pragma once
// 意见建议: what somebody thinks of the programme or of the work, and what the office answered. A duty: always
// reachable.
#include "mobile/models/draft_keeper.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

struct FeedbackRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString at MEMBER at)
    Q_PROPERTY(QString answer MEMBER answer) ///< empty: not answered yet
    Q_PROPERTY(QString answeredBy MEMBER answeredBy)
    Q_PROPERTY(QString answeredAt MEMBER answeredAt)
public:
    QString key;
    QString text;
    QString at;
    QString answer;
    QString answeredBy;
    QString answeredAt;
    bool operator==(const FeedbackRow &) const = default;
};

/** What is typed is a draft until it is sent; sending makes one operation of one's own chain. */
class FeedbackController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY typedChanged)
    Q_PROPERTY(QString contact READ contact WRITE setContact NOTIFY typedChanged) ///< may be empty
    Q_PROPERTY(bool missingText READ missingText NOTIFY typedChanged)
    Q_PROPERTY(QAbstractItemModel *given READ given CONSTANT) ///< the newest first
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(zhicha::DraftKeeper *draft READ draft CONSTANT)

public:
    explicit FeedbackController(QObject *parent = nullptr);
    ~FeedbackController() override;
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] QString contact() const { return m_contact; }
    void setContact(const QString &contact);
    [[nodiscard]] bool missingText() const { return m_text.trimmed().isEmpty(); }
    [[nodiscard]] QAbstractItemModel *given() { return &m_given; }
    [[nodiscard]] int count() const { return m_given.rowCount(); }
    [[nodiscard]] DraftKeeper *draft() { return &m_keeper; }
    Q_INVOKABLE void give(); ///< the fields are empty again when it is durable
    Q_INVOKABLE void leave() override;

signals:
    void typedChanged();
    void changed();

protected:
    void read() override;

private:
    struct Loaded {
        Uuid id;
        std::vector<FeedbackRow> rows;
        std::optional<Draft> draft;
    };
    [[nodiscard]] static Result<Loaded> load(LocalStore &store);
    [[nodiscard]] Draft currentDraft() const;
    void take(Loaded loaded);
    void giveNow();

    QString m_text;
    QString m_contact;
    Uuid m_draftId; ///< one draft for each person; nil until it was read
    bool m_sending = false;
    bool m_loaded = false;
    GadgetModel<FeedbackRow> m_given;
    DraftKeeper m_keeper;
};

} // namespace zhicha
