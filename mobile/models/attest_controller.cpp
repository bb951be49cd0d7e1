#include "mobile/models/attest_controller.h"

#include "mobile/models/check_rows.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

#include <QCoreApplication>

#include <algorithm>

namespace zhicha {

namespace {
struct AttestWords {
    Q_DECLARE_TR_FUNCTIONS(AttestWords)
};

/** Fact and detail in words. */
std::pair<QString, QString> wordsOf(const Measurement &measured, int clause) {
    const cbor::Map &values = measured.values;
    if (values.empty())
        return {};
    if (clause == 3)
        return {AttestWords::tr("到达后 %1拍第一张照片")
                    .arg(text::duration(numberIn(values, "first_photo_ms").value_or(0)) + u' '),
                {}};
    if (clause == 5) {
        const std::int64_t stops = numberIn(values, "stops").value_or(0);
        const std::int64_t gaps = numberIn(values, "gaps").value_or(0);
        QString fact = AttestWords::tr("航迹 %1，途中停留\u00a0%2\u00a0次")
                           .arg(text::distance(numberIn(values, "track_mm").value_or(0)))
                           .arg(stops);
        if (stops > 0)
            fact += AttestWords::tr("，共 %1").arg(text::duration(numberIn(values, "stop_ms").value_or(0)));
        return {fact, gaps == 0 ? AttestWords::tr("航迹无缺口")
                                : AttestWords::tr("缺口\u00a0%1\u00a0处，共 %2")
                                      .arg(gaps)
                                      .arg(text::duration(numberIn(values, "gap_ms").value_or(0)))};
    }
    const auto inside = values.find("inside");
    const QString at = text::clockSeconds(numberIn(values, "arrived_at").value_or(0));
    const std::int64_t accuracy = numberIn(values, "accuracy_mm").value_or(0);
    QString fact = inside == values.end()      ? AttestWords::tr("%1 有定位，现场没有围栏").arg(at)
                   : *inside->second.boolean() ? AttestWords::tr("%1 进入围栏").arg(at)
                                               : AttestWords::tr("%1 的定位不在围栏内").arg(at);
    if (accuracy > 0)
        fact += AttestWords::tr("，±%1").arg(text::distance(accuracy));
    const auto flags = values.find("flags");
    const bool doubted = flags != values.end() && flags->second.array() != nullptr && !flags->second.array()->empty();
    return {fact,
            doubted ? AttestWords::tr("定位可疑，理由随记录送出") : AttestWords::tr("定位无异常：无模拟标志、无跳变")};
}
} // namespace

AttestController::AttestController(QObject *parent) : PageController(parent) {}

void AttestController::read() {
    readWith(
        [id = idOf(m_check)](StoreSession &session) -> Result<std::pair<CheckReading, Uuid>> {
            ZHICHA_ASSIGN(CheckReading check, readCheck(session.store(), id));
            ZHICHA_ASSIGN(const Identity identity, session.store().enrolledIdentity());
            return std::pair(std::move(check), identity.device);
        },
        [this](std::pair<CheckReading, Uuid> read) { take(std::move(read.first), read.second); });
}

void AttestController::take(CheckReading check, const Uuid &device) {
    m_of = std::move(check);
    m_signedHere = m_of.signedHere(device);
    std::vector<DutyRow> duties;
    for (int clause = 1; clause <= 6; ++clause) {
        const Measurement measured = measure(m_of, clause);
        const AttestReading &said = m_of.attestations[static_cast<std::size_t>(clause - 1)];
        DutyRow row;
        row.key = QString::number(clause);
        row.duty = clause - 1;
        row.measured = static_cast<int>(measured.verdict); // in the order of Ui.Measured
        std::tie(row.fact, row.detail) = wordsOf(measured, clause);
        row.kept = keptEnum(said.said);
        row.note = text::fromUtf8(said.note);
        row.contested = said.contested;
        duties.push_back(std::move(row));
    }
    m_duties.set(std::move(duties));
    std::vector<SignatureRow> signatures;
    for (const SignatureReading &sign : m_of.signatures) {
        SignatureRow row;
        row.key = textOf(sign.id);
        row.own = sign.device == device;
        row.person = text::fromUtf8(sign.person);
        row.signing = static_cast<int>(sign.refusal.empty() ? ui::Signing::Signed : ui::Signing::Refused);
        row.at = text::clockSeconds(sign.atMs);
        row.covers = sign.covers;
        row.head = text::grouped(sign.head);
        row.onItsWay = sign.onItsWay;
        row.refusal = text::fromUtf8(sign.refusal);
        signatures.push_back(std::move(row));
    }
    if (!m_signedHere) {
        SignatureRow row;
        row.key = "own";
        row.own = true;
        row.person = app().personName();
        row.signing = static_cast<int>(ui::Signing::Waiting);
        signatures.push_back(std::move(row));
    }
    m_signatures.set(std::move(signatures));
    emit changed();
}

QString AttestController::site() const {
    return text::fromUtf8(m_of.siteName);
}

int AttestController::said() const {
    return static_cast<int>(std::count_if(m_of.attestations.begin(), m_of.attestations.end(),
                                          [](const AttestReading &said) { return !said.said.empty(); }));
}

int AttestController::missingElsewhere() const {
    return static_cast<int>(std::count_if(m_of.missing.begin(), m_of.missing.end(), [](const MissingPart &part) {
        return part.kind != MissingPart::Kind::Attestation;
    }));
}

void AttestController::say(int duty, int kept, const QString &note) {
    if (duty < 0 || duty > 5 || kept < 1 || kept > 3)
        return;
    const Measurement measured = measure(m_of, duty + 1);
    write([id = idOf(m_check), duty, said = keptValue(kept), text = note.trimmed().toStdString(),
           measured](StoreSession &session) {
        return session.recorder().attest(id, duty + 1, said, text, measured.values, measured.basis);
    });
}

void AttestController::signNow(const std::optional<std::string> &refusal) {
    write([id = idOf(m_check), refusal](StoreSession &session) { return session.recorder().signCheck(id, refusal); },
          [this](const Result<Uuid> &done) {
              if (done)
                  emit signedNow();
          });
}

void AttestController::sign(const QString &pin) {
    withOwnPin(
        pin, [this] { signNow(std::nullopt); }, [this] { emit pinWrong(); });
}

void AttestController::refuse(const QString &reason) {
    if (!reason.trimmed().isEmpty())
        signNow(reason.trimmed().toStdString());
}

void AttestController::finish() {
    write([id = idOf(m_check)](StoreSession &session) { return session.recorder().finishCheck(id); },
          [this](const Result<Uuid> &done) {
              if (done)
                  emit finishDone();
          });
}

} // namespace zhicha
