#pragma once
// One question of a check, large: answer, note, evidence, and what was answered before.
#include "mobile/models/check_rows.h"
#include "mobile/models/draft_keeper.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

/** One earlier answer of this check: nothing is overwritten. */
struct AnswerRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString at MEMBER at)
    Q_PROPERTY(int value MEMBER value) ///< Ui.Answer; unanswered = only the note changed
    Q_PROPERTY(QString note MEMBER note)
public:
    QString key;
    QString at;
    int value = 0;
    QString note;
    bool operator==(const AnswerRow &) const = default;
};

/** The answer is an operation at once; the note is a draft while it is typed and an operation when the page is left.
 * What is typed before the store answered goes behind the note that stood there. The draft has an id of its own: an
 * answer that is given meanwhile ends drafts under the answer's. */
class AnswerController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString item MEMBER m_item NOTIFY idChanged REQUIRED) ///< a key of the check's items
    Q_PROPERTY(int question MEMBER m_question NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString itemNumber READ itemNumber NOTIFY changed)
    Q_PROPERTY(QString itemTitle READ itemTitle NOTIFY changed)
    Q_PROPERTY(int value READ value NOTIFY changed) ///< Ui.Answer
    Q_PROPERTY(bool contested READ contested NOTIFY changed)
    Q_PROPERTY(QString note READ note WRITE setNote NOTIFY noteChanged)
    Q_PROPERTY(QAbstractItemModel *photos READ photos CONSTANT)
    Q_PROPERTY(QAbstractItemModel *history READ history CONSTANT)
    Q_PROPERTY(int photoCount READ photoCount NOTIFY changed)
    Q_PROPERTY(zhicha::DraftKeeper *draft READ draft CONSTANT)
    Q_PROPERTY(QString answerId READ answerId NOTIFY changed)        ///< where its photos hang
    Q_PROPERTY(bool canTakePhotos READ canTakePhotos NOTIFY changed) ///< a photo needs an answer to hang on

public:
    explicit AnswerController(QObject *parent = nullptr);
    ~AnswerController() override;
    [[nodiscard]] QString site() const;
    [[nodiscard]] QString itemNumber() const;
    [[nodiscard]] QString itemTitle() const;
    [[nodiscard]] int value() const;
    [[nodiscard]] bool contested() const;
    [[nodiscard]] QString note() const { return m_note; }
    void setNote(const QString &note);
    [[nodiscard]] QAbstractItemModel *photos() { return &m_photos; }
    [[nodiscard]] QAbstractItemModel *history() { return &m_history; }
    [[nodiscard]] int photoCount() const { return static_cast<int>(m_answer.photos.size()); }
    [[nodiscard]] DraftKeeper *draft() { return &m_keeper; }
    [[nodiscard]] QString answerId() const { return textOf(m_answer.id); }
    [[nodiscard]] bool canTakePhotos() const { return !m_answer.value.empty() || !m_answer.note.empty(); }

    Q_INVOKABLE void choose(int answer);
    Q_INVOKABLE void clear();          ///< 清除: the value is taken back, as an operation; note and photos stay
    Q_INVOKABLE void leave() override; ///< the note becomes an operation
    Q_INVOKABLE QString photoAt(int index) const; ///< its id; empty past the end
    Q_INVOKABLE void importPhoto(const QUrl &file);
    Q_INVOKABLE void removePhoto(const QString &photo, const QString &reason);

signals:
    void idChanged();
    void changed();
    void noteChanged();

protected:
    void read() override;

private:
    struct Loaded {
        CheckReading check;
        Uuid noteDraft;
        AnswerReading answer;
        std::vector<AnswerRow> history;
        std::optional<Draft> draft;
    };
    [[nodiscard]] static Result<Loaded> load(LocalStore &store, const Uuid &check, const std::optional<Uuid> &item,
                                             std::size_t question);
    [[nodiscard]] AnswerGiven given() const;
    [[nodiscard]] Draft currentDraft() const;
    void take(Loaded loaded);
    void takeNote(const Loaded &loaded);
    void noteGiven(const Status &status);

    QString m_check;
    QString m_item;
    int m_question = 0;
    QString m_note;
    CheckReading m_of;
    AnswerReading m_answer;
    GadgetModel<PhotoRow> m_photos;
    GadgetModel<AnswerRow> m_history;
    DraftKeeper m_keeper;
    bool m_loaded = false;
    bool m_typed = false;
    int m_onTheWay = 0; ///< notes that became operations and are not yet durable: what is read meanwhile is older
    Uuid m_noteDraft;
};

} // namespace zhicha
