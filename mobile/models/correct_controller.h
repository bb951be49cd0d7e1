#pragma once
// 更正现场: the check was begun at another site than was chosen. The first choice and the reason stay in its history.
#include "mobile/models/page_controller.h"
#include "mobile/models/site_rows.h"

namespace zhicha {

class CorrectController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY changed REQUIRED)
    Q_PROPERTY(QString now READ now NOTIFY changed)          ///< name of the site that the check has
    Q_PROPERTY(bool contested READ contested NOTIFY changed) ///< two sites stand: the office decides
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *sites READ sites CONSTANT)
    Q_PROPERTY(int siteCount READ siteCount NOTIFY changed)
    Q_PROPERTY(QString chosen READ chosen WRITE setChosen NOTIFY changed)
    Q_PROPERTY(QString chosenName READ chosenName NOTIFY changed)

public:
    using PageController::PageController;
    [[nodiscard]] QString now() const { return m_now; }
    [[nodiscard]] bool contested() const { return m_contested; }
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] QAbstractItemModel *sites() { return &m_sites; }
    [[nodiscard]] int siteCount() const { return m_sites.rowCount(); }
    [[nodiscard]] QString chosen() const { return m_chosen; }
    void setChosen(const QString &site);
    [[nodiscard]] QString chosenName() const;
    Q_INVOKABLE void correct(const QString &reason);

signals:
    void changed();
    void corrected();

protected:
    void read() override;

private:
    struct Loaded {
        std::vector<SiteRow> sites; ///< but the one that the check has
        QString now;
        bool contested = false;
    };

    QString m_check;
    QString m_now;
    QString m_query;
    QString m_chosen;
    bool m_contested = false;
    std::vector<SiteRow> m_all;
    GadgetModel<SiteRow> m_sites;
};

} // namespace zhicha
