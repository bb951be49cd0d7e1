#include "mobile/models/check_rows.h"

#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"
#include "shared/base/instant.h"

#include <QCoreApplication>
#include <QDate>

#include <algorithm>
#include <cstdlib>

namespace zhicha {

namespace {
struct CheckWords {
    Q_DECLARE_TR_FUNCTIONS(CheckWords)
};

template <std::size_t N>
int indexOf(const std::array<const char *, N> &words, const std::string &word) {
    const auto it = std::find(words.begin(), words.end(), word);
    return it == words.end() ? 0 : static_cast<int>(it - words.begin());
}
template <std::size_t N>
std::string wordAt(const std::array<const char *, N> &words, int index) {
    return index >= 0 && index < static_cast<int>(N) ? words[static_cast<std::size_t>(index)] : words[0];
}

// In the order of the enums of ui.h; the first stands for "none yet".
constexpr std::array<const char *, 4> kAnswers{"none", "yes", "partly", "no"};
constexpr std::array<const char *, 4> kSeverities{"", "minor", "major", "critical"};
constexpr std::array<const char *, 5> kObtained{"unstated", "public", "disclosed", "consented", "approved"};
constexpr std::array<const char *, 4> kSaid{"", "kept", "explain", "not_kept"};

/** Days since the deadline passed; 0 = not passed. Official days are Asia/Shanghai's. */
qint64 daysOverdue(const std::string &dueOn, std::int64_t nowMs) {
    if (!isDay(dueOn))
        return 0;
    const QDate due = QDate::fromString(text::fromUtf8(dueOn), Qt::ISODate);
    const QDate today = QDate::fromString(text::fromUtf8(shanghaiDay(nowMs)), Qt::ISODate);
    return std::max<qint64>(due.daysTo(today), 0);
}

QVariantMap questionMap(const CheckReading &check, const AnswerReading &answer, int question) {
    QString source;
    for (const PhotoReading &photo : answer.photos)
        if (source.isEmpty())
            source = photoSource(photo);
    const bool counted = question == 2 && check.people() > 0;
    return {{"question", question},
            {"value", answerEnum(answer.value)},
            {"note", text::fromUtf8(answer.note)},
            {"people", question == 2 ? static_cast<qlonglong>(check.people()) : 0},
            {"photos", static_cast<int>(answer.photos.size())},
            {"photo", source},
            {"contested", answer.contested},
            {"evidence", !answer.photos.empty() || !answer.note.empty() || counted}};
}

QString questionShort(std::size_t question) {
    return question == 0 ? CheckWords::tr("落实") : question == 1 ? CheckWords::tr("整改") : CheckWords::tr("群众满意");
}
} // namespace

QString itemKey(const std::optional<Uuid> &item) {
    return item ? QString::fromStdString(toText(*item)) : QString::fromUtf8(kCheckKey);
}

std::optional<Uuid> itemOfKey(const QString &key) {
    return uuidFromText(key.toStdString());
}

int answerEnum(const std::string &value) {
    return indexOf(kAnswers, value);
}
std::string answerValue(int answer) {
    return wordAt(kAnswers, answer);
}
int fenceEnum(FenceRelation relation) {
    switch (relation) {
    case FenceRelation::Inside:
        return static_cast<int>(ui::Fence::Inside);
    case FenceRelation::Edge:
        return static_cast<int>(ui::Fence::Edge);
    case FenceRelation::Outside:
        break;
    }
    return static_cast<int>(ui::Fence::Outside);
}
int severityEnum(const std::string &severity) {
    return indexOf(kSeverities, severity);
}
std::string severityValue(int severity) {
    return wordAt(kSeverities, severity);
}
int obtainedEnum(const std::string &howTaken) {
    return indexOf(kObtained, howTaken);
}
std::string obtainedValue(int obtained) {
    return wordAt(kObtained, obtained);
}
int keptEnum(const std::string &said) {
    return indexOf(kSaid, said);
}
std::string keptValue(int kept) {
    return wordAt(kSaid, kept);
}

QString shortNumberOf(const std::string &number) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t end = number.size();
    while (end > 0 && !isDigit(number[end - 1]))
        --end;
    std::size_t begin = end;
    while (begin > 0 && isDigit(number[begin - 1]))
        --begin;
    return begin == end ? text::fromUtf8(number)
                        : CheckWords::tr("%1\u00a0号").arg(text::fromUtf8(number.substr(begin, end - begin)));
}

QString photoSource(const PhotoReading &photo) {
    if (photo.preview)
        return "image://photo/" + QString::fromStdString(toHex(*photo.preview));
    return photo.record ? "image://photo/" + QString::fromStdString(toHex(photo.sha256)) : QString();
}

std::vector<ItemRow> itemRows(const CheckReading &check, std::int64_t nowMs) {
    std::vector<ItemRow> rows;
    for (const ItemReading &item : check.items) {
        ItemRow row;
        row.key = itemKey(item.id);
        row.number = text::fromUtf8(item.number);
        row.shortNumber = shortNumberOf(item.number);
        row.title = item.id ? text::fromUtf8(item.title) : CheckWords::tr("本次检查");
        row.due = text::officialDay(item.dueOn, nowMs);
        row.overdueDays = static_cast<int>(daysOverdue(item.dueOn, nowMs));
        for (int q = 0; q < 3; ++q) {
            const QVariantMap question = questionMap(check, item.answers[static_cast<std::size_t>(q)], q);
            const bool done = question["value"].toInt() != 0 && question["evidence"].toBool();
            if (row.firstOpen < 0 && !done)
                row.firstOpen = q;
            row.answers.append(question["value"].toInt());
            row.questions.append(question);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<FindingRow> findingRows(const CheckReading &check) {
    std::vector<FindingRow> rows;
    for (const FindingReading &finding : check.findings) {
        FindingRow row;
        row.key = QString::fromStdString(toText(finding.id));
        row.severity = severityEnum(finding.severity);
        row.text = text::fromUtf8(finding.text).simplified();
        for (const ItemReading &item : check.items)
            if (finding.item && item.id == finding.item)
                row.itemNumber = shortNumberOf(item.number);
        row.at = finding.draft ? text::clockSeconds(finding.atMs) : text::clock(finding.atMs);
        row.photos = static_cast<int>(finding.photos.size());
        row.draft = finding.draft;
        row.voided = finding.isVoid;
        row.contested = finding.contested;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<MissingRow> missingRows(const CheckReading &check) {
    std::vector<MissingRow> rows;
    for (const MissingPart &part : check.missing) {
        MissingRow row;
        row.kind = static_cast<int>(part.kind);
        if (part.kind == MissingPart::Kind::Draft) {
            row.draft = QString::fromStdString(toText(part.draft));
            row.text = CheckWords::tr("问题草稿未记入");
        } else if (part.kind == MissingPart::Kind::Attestation) {
            row.clause = static_cast<int>(part.clause);
            row.text = CheckWords::tr("四不两直 第\u00a0%1\u00a0项").arg(part.clause);
        } else {
            const ItemReading &item = check.items[part.item];
            const QString number = item.id ? shortNumberOf(item.number) : CheckWords::tr("本次");
            row.item = itemKey(item.id);
            row.question = static_cast<int>(part.question);
            row.text = part.kind == MissingPart::Kind::Answer
                           ? number + u' ' + questionShort(part.question)
                           : CheckWords::tr("%1 %2 缺依据").arg(number, questionShort(part.question));
        }
        row.key = QStringLiteral("%1/%2/%3/%4/%5")
                      .arg(row.kind)
                      .arg(row.item)
                      .arg(row.question)
                      .arg(row.draft)
                      .arg(row.clause);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<PhotoRow> photoRowsAt(const CheckReading &check, const std::vector<PhotoReading> &photos, const Uuid &to) {
    std::vector<PhotoReading> all = photos;
    if (!check.finished)
        std::copy_if(check.removed.begin(), check.removed.end(), std::back_inserter(all),
                     [&](const PhotoReading &photo) { return photo.to == to; });
    return photoRows(all);
}

std::vector<PhotoRow> photoRows(const std::vector<PhotoReading> &photos) {
    std::vector<PhotoRow> rows;
    for (const PhotoReading &photo : photos) {
        PhotoRow row;
        row.key = QString::fromStdString(toText(photo.id));
        row.source = photoSource(photo);
        row.imported = photo.imported;
        row.voided = photo.isVoid;
        row.at = photo.shotAtMs ? text::clockSeconds(*photo.shotAtMs) : QString();
        row.obtained = obtainedEnum(photo.howTaken);
        row.number = static_cast<int>(rows.size()) + 1;
        row.photoState = static_cast<int>(photo.mine ? ui::PhotoState::Missing : ui::PhotoState::Elsewhere);
        row.tag = QString::number(row.number) + (row.at.isEmpty() ? QString() : u' ' + row.at);
        if (photo.record) {
            const PhotoRecord &record = *photo.record;
            row.percent = record.size > 0 ? static_cast<int>(record.sentBytes * 100 / record.size) : 0;
            row.photoState = static_cast<int>(record.erased()                         ? ui::PhotoState::Erased
                                              : record.state == PhotoState::Delivered ? ui::PhotoState::Delivered
                                              : record.sentBytes > 0                  ? ui::PhotoState::Uploading
                                                                                      : ui::PhotoState::OnTablet);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace zhicha
