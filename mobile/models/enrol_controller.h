#pragma once
// 登记这台平板: address and code, the office's fingerprint compared by a person, a PIN, the first data.
#include "mobile/models/page_controller.h"

#include <QStringList>

namespace zhicha {

/** Before the fingerprint was compared nothing of this tablet is sent: only the office's public key note is asked for.
 */
class EnrolController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int step READ step NOTIFY changed) ///< 1 type, 2 compare, 3 PIN, 4 fetch
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString server READ server WRITE setServer NOTIFY changed)
    Q_PROPERTY(QString code READ code WRITE setCode NOTIFY changed)
    Q_PROPERTY(bool serverFits READ serverFits NOTIFY changed)
    Q_PROPERTY(bool codeFits READ codeFits NOTIFY changed)
    Q_PROPERTY(int codeLeft READ codeLeft NOTIFY changed)               ///< characters that are missing
    Q_PROPERTY(QStringList fingerprint READ fingerprint NOTIFY changed) ///< six groups of four
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)
    Q_PROPERTY(QString troubleNext READ troubleNext NOTIFY changed)
    Q_PROPERTY(QString person READ person NOTIFY changed)

public:
    static constexpr int kCodeLength = 8;
    static constexpr int kPinLength = 6;

    explicit EnrolController(QObject *parent = nullptr);
    ~EnrolController() override;
    [[nodiscard]] int step() const { return m_step; }
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString server() const { return m_server; }
    void setServer(const QString &server);
    [[nodiscard]] QString code() const { return m_code; }
    void setCode(const QString &code);
    [[nodiscard]] bool serverFits() const;
    [[nodiscard]] bool codeFits() const { return codeLeft() == 0; }
    [[nodiscard]] int codeLeft() const;
    [[nodiscard]] QStringList fingerprint() const;
    [[nodiscard]] QString trouble() const { return m_trouble.what; }
    [[nodiscard]] QString troubleNext() const { return m_trouble.next; }
    [[nodiscard]] QString person() const { return m_person; }
    Q_INVOKABLE void ask(); ///< step 1 → 2: the office's key note
    /** From a scanned code: its fingerprint takes the place of the comparison. */
    Q_INVOKABLE void takeScanned(const QString &server, const QString &code, const QString &fingerprint);
    Q_INVOKABLE void same();                                           ///< step 2 → 3
    Q_INVOKABLE void different();                                      ///< step 2 → 1: nothing was sent
    Q_INVOKABLE void setPin(const QString &pin, const QString &again); ///< step 3 → 4
    Q_INVOKABLE void back();
    Q_INVOKABLE void tryAgain();  ///< in step 4
    Q_INVOKABLE void otherCode(); ///< step 4 → 1, where the code was a wrong one: PIN and comparison stand

signals:
    void changed();
    void pinsDiffer();
    void done();

private:
    void fail(const Error &error);
    void onNote(TransportResult result);
    void goOn(); ///< the office is the right one
    void begin();
    void goOnWithStore();
    void roundEnded(const QString &code);

    int m_step = 1;
    bool m_busy = false;
    QString m_server = QStringLiteral("https://");
    QString m_code;
    std::optional<Digest> m_fingerprint;
    std::optional<Digest> m_expected; ///< by the scanned code
    std::optional<Digest> m_compared; ///< by a person
    QString m_folder;
    bool m_opened = false; ///< the store in that folder is open
    QString m_person;
    ProblemText m_trouble;
    std::unique_ptr<QtTransport> m_transport;
};

} // namespace zhicha
