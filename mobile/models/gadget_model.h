#pragma once
// A list model over plain rows: each property of the row's Q_GADGET is a role of the same name.
#include <QAbstractListModel>
#include <QMetaProperty>
#include <QSet>

#include <vector>

namespace zhicha {

/** Row: a Q_GADGET with `QString key` (unique in the list), copyable, equality-comparable.
 *  Threads: the screen's. Holds: set() tells the views only what changed, so that a delegate with an open editor or a
 *  pressed key stays the one that it is. */
template <typename Row>
class GadgetModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override {
        const int property = role - Qt::UserRole;
        if (!index.isValid() || index.row() >= rowCount() || property < 0 ||
            property >= Row::staticMetaObject.propertyCount())
            return {};
        return Row::staticMetaObject.property(property).readOnGadget(&m_rows[static_cast<std::size_t>(index.row())]);
    }
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override {
        QHash<int, QByteArray> names;
        for (int i = 0; i < Row::staticMetaObject.propertyCount(); ++i)
            names.insert(Qt::UserRole + i, Row::staticMetaObject.property(i).name());
        return names;
    }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] const Row *find(const QString &key) const {
        for (const Row &row : m_rows)
            if (row.key == key)
                return &row;
        return nullptr;
    }

    void set(std::vector<Row> rows) {
        removeMissing(rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const int at = static_cast<int>(i);
            if (i >= m_rows.size() || m_rows[i].key != rows[i].key) {
                const std::size_t from = indexOf(rows[i].key, i);
                if (from < m_rows.size()) {
                    beginMoveRows({}, static_cast<int>(from), static_cast<int>(from), {}, at);
                    Row moved = std::move(m_rows[from]);
                    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(from));
                    m_rows.insert(m_rows.begin() + at, std::move(moved));
                    endMoveRows();
                } else {
                    beginInsertRows({}, at, at);
                    m_rows.insert(m_rows.begin() + at, rows[i]);
                    endInsertRows();
                    continue;
                }
            }
            if (!(m_rows[i] == rows[i])) {
                m_rows[i] = std::move(rows[i]);
                emit dataChanged(index(at), index(at));
            }
        }
    }

private:
    [[nodiscard]] std::size_t indexOf(const QString &key, std::size_t from) const {
        std::size_t i = from;
        while (i < m_rows.size() && m_rows[i].key != key)
            ++i;
        return i;
    }
    void removeMissing(const std::vector<Row> &rows) {
        QSet<QString> wanted;
        for (const Row &row : rows)
            wanted.insert(row.key);
        for (int i = rowCount() - 1; i >= 0; --i) {
            if (wanted.contains(m_rows[static_cast<std::size_t>(i)].key))
                continue;
            beginRemoveRows({}, i, i);
            m_rows.erase(m_rows.begin() + i);
            endRemoveRows();
        }
    }

    std::vector<Row> m_rows;
};

} // namespace zhicha
