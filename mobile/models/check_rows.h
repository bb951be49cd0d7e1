#pragma once
// Rows of a check's lists, and how a reading of the store becomes them.
#include "mobile/models/check_reading.h"

#include <QObject>
#include <QVariantList>

namespace zhicha {

/** One item with its three questions; `questions`: three maps {question, value, note, photos, photo, contested}. */
struct ItemRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(QString shortNumber MEMBER shortNumber)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString due MEMBER due)
    Q_PROPERTY(int overdueDays MEMBER overdueDays)
    Q_PROPERTY(QList<int> answers MEMBER answers) ///< three times Ui.Answer
    Q_PROPERTY(QVariantList questions MEMBER questions)
    Q_PROPERTY(int firstOpen MEMBER firstOpen) ///< index of the first question that is not done; -1 = none
public:
    QString key; ///< the item's id; "check" for the check itself
    QString number;
    QString shortNumber;
    QString title;
    QString due;
    int overdueDays = 0;
    QList<int> answers;
    QVariantList questions;
    int firstOpen = -1;
    bool operator==(const ItemRow &) const = default;
};

struct FindingRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int severity MEMBER severity) ///< Ui.Severity
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString itemNumber MEMBER itemNumber)
    Q_PROPERTY(QString at MEMBER at)
    Q_PROPERTY(int photos MEMBER photos)
    Q_PROPERTY(bool draft MEMBER draft)
    Q_PROPERTY(bool voided MEMBER voided)
    Q_PROPERTY(bool contested MEMBER contested)
public:
    QString key;
    int severity = 0;
    QString text;
    QString itemNumber;
    QString at;
    int photos = 0;
    bool draft = false;
    bool voided = false;
    bool contested = false;
    bool operator==(const FindingRow &) const = default;
};

/** What is still to be done; a tap leads there. */
struct MissingRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(int kind MEMBER kind) ///< 0 answer, 1 evidence, 2 draft, 3 attestation
    Q_PROPERTY(QString item MEMBER item)
    Q_PROPERTY(int question MEMBER question)
    Q_PROPERTY(QString draft MEMBER draft)
    Q_PROPERTY(int clause MEMBER clause)
public:
    QString key;
    QString text;
    int kind = 0;
    QString item;
    int question = 0;
    QString draft;
    int clause = 0;
    bool operator==(const MissingRow &) const = default;
};

struct PhotoRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key) ///< the photo's id
    Q_PROPERTY(QString source MEMBER source)
    Q_PROPERTY(QString at MEMBER at)
    Q_PROPERTY(bool imported MEMBER imported)
    Q_PROPERTY(int photoState MEMBER photoState) ///< Ui.PhotoState
    Q_PROPERTY(QString tag MEMBER tag)           ///< number and time
    Q_PROPERTY(int percent MEMBER percent)
    Q_PROPERTY(int obtained MEMBER obtained) ///< Ui.Obtained
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(bool voided MEMBER voided)
public:
    QString key;
    QString source;
    QString at;
    bool imported = false;
    int photoState = 0;
    QString tag;
    int percent = 0;
    int obtained = 0;
    int number = 0;
    bool voided = false;
    bool operator==(const PhotoRow &) const = default;
};

inline constexpr const char *kCheckKey = "check";

[[nodiscard]] std::vector<ItemRow> itemRows(const CheckReading &check, std::int64_t nowMs);
[[nodiscard]] std::vector<FindingRow> findingRows(const CheckReading &check);
[[nodiscard]] std::vector<MissingRow> missingRows(const CheckReading &check);
[[nodiscard]] std::vector<PhotoRow> photoRows(const std::vector<PhotoReading> &photos);
/** Those at one place, and behind them what was taken away there while the check is not finished: it can come back. */
[[nodiscard]] std::vector<PhotoRow> photoRowsAt(const CheckReading &check, const std::vector<PhotoReading> &photos,
                                                const Uuid &to);
/** image://photo/… : the preview where there is one; empty if the bytes are not on this tablet. */
[[nodiscard]] QString photoSource(const PhotoReading &photo);
[[nodiscard]] QString itemKey(const std::optional<Uuid> &item);
[[nodiscard]] std::optional<Uuid> itemOfKey(const QString &key); ///< nullopt for the check itself

/** The wire's words as enums of mobile/models/ui.h, and back. */
[[nodiscard]] int answerEnum(const std::string &value);
[[nodiscard]] std::string answerValue(int answer);
[[nodiscard]] int fenceEnum(FenceRelation relation);
[[nodiscard]] int severityEnum(const std::string &severity);
[[nodiscard]] std::string severityValue(int severity); ///< "" for none
[[nodiscard]] int obtainedEnum(const std::string &howTaken);
[[nodiscard]] std::string obtainedValue(int obtained); ///< "unstated" for none
[[nodiscard]] int keptEnum(const std::string &said);
[[nodiscard]] std::string keptValue(int kept);
/** 督〔2026〕15号 → 15 号: the last number of the document number. */
[[nodiscard]] QString shortNumberOf(const std::string &number);

} // namespace zhicha
