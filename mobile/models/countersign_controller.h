#pragma once
// 会签: what a colleague's tablet asks this inspector to sign, read from its code. This tablet may not know the check.
#include "mobile/engine/record/recorder.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

/** What the code says of site and person is a stranger's word: the page says so, and shows the mark to compare. */
class CountersignController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString code READ code WRITE setCode NOTIFY changed REQUIRED)
    Q_PROPERTY(bool readable READ readable NOTIFY changed)
    Q_PROPERTY(QString check READ check NOTIFY changed)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString asker READ asker NOTIFY changed)
    Q_PROPERTY(QString mark READ mark NOTIFY changed)
    Q_PROPERTY(QString person READ person CONSTANT) ///< who signs
    Q_PROPERTY(bool signedHere READ signedHere NOTIFY changed)

public:
    using PageController::PageController;
    [[nodiscard]] QString code() const { return m_code; }
    void setCode(const QString &code);
    [[nodiscard]] bool readable() const { return !m_asked.check.isNil(); }
    [[nodiscard]] QString check() const { return textOf(m_asked.check); }
    [[nodiscard]] QString site() const { return m_site; }
    [[nodiscard]] QString asker() const { return m_asker; }
    [[nodiscard]] QString mark() const;
    [[nodiscard]] QString person() const { return app().personName(); }
    [[nodiscard]] bool signedHere() const { return m_signed; }
    Q_INVOKABLE void sign(const QString &pin); ///< with the own PIN; pinWrong() if it is another
    Q_INVOKABLE void refuse(const QString &reason);

signals:
    void changed();
    void pinWrong();
    void done();

protected:
    void read() override;

private:
    void signNow(const std::optional<std::string> &refusal);

    QString m_code;
    SignatureAsked m_asked;
    QString m_site;
    QString m_asker;
    bool m_signed = false;
};

} // namespace zhicha
