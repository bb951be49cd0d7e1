"""One edit of a row by hand, drawn from dice: a value changed, a row removed, added, or a value swapped with another row.

Values are meant to look right: of the same type and mostly of the same length as what stood there.
"""


class Hand:
    def __init__(self, database, dice, table, columns, keys):
        self.database, self.dice, self.table, self.columns, self.keys = database, dice, table, columns, keys
        self.rows = database.execute(f"SELECT * FROM {table}").fetchall()

    def other_value(self, value):
        dice = self.dice
        if value is None:
            return dice.choice([dice.randbytes(16), 1])
        if isinstance(value, int):
            if value in (0, 1) and dice.random() < 0.7:
                return 1 - value
            step = dice.choice([-1, 1, 7, 1 << 20])
            return value + step if value + step < 1 << 63 else value - step
        if isinstance(value, bytes):
            at = dice.randrange(len(value)) if value else 0
            flipped = value[:at] + bytes([value[at] ^ (1 << dice.randrange(8))]) + value[at + 1:] if value else b"\1"
            return dice.choice([flipped, flipped, dice.randbytes(len(value) or 1)])
        return dice.choice([value + "1", value[1:] if value else "x", value + "\0x"])

    def where(self):
        # A table WITHOUT ROWID has no other name for a row than its key: all columns as they are name it.
        return " AND ".join(f"{column} IS ?" for column in self.columns)

    def put(self, row):
        self.database.execute(f"INSERT INTO {self.table} VALUES({', '.join('?' * len(row))})", row)

    def update(self, column=None):
        column = column or self.dice.choice(self.columns)
        for _ in range(20):
            row = self.dice.choice(self.rows)
            old = row[self.columns.index(column)]
            new = self.other_value(old)
            try:
                changed = self.database.execute(
                    f"UPDATE {self.table} SET {column} = ? WHERE {self.where()}", [new, *row]).rowcount
            except self.database.IntegrityError:
                continue  # the type, or another row has this key
            if changed == 1 and new != old:
                return ("update", column, old, new)
        return None

    def delete(self):
        row = self.dice.choice(self.rows)
        changed = self.database.execute(f"DELETE FROM {self.table} WHERE {self.where()}", row).rowcount
        return ("delete", row) if changed == 1 else None

    def insert(self):
        if not self.rows:
            types = [row[2] for row in self.database.execute(f"PRAGMA table_info({self.table})")]
            row = [{"BLOB": self.dice.randbytes(32), "INTEGER": 1, "TEXT": "x"}[kind] for kind in types]
            self.put(row)
            return ("insert", row)
        row = list(self.dice.choice(self.rows))
        for key in self.keys:
            at = self.columns.index(key)
            row[at] = max(r[at] for r in self.rows) + 1 if isinstance(row[at], int) else self.other_value(row[at])
        self.put(row)
        return ("insert", row)

    def swap(self):
        column = self.dice.choice(self.columns)
        at = self.columns.index(column)
        if len(self.rows) < 2:
            return None
        one, two = (list(row) for row in self.dice.sample(self.rows, 2))
        rest = [i for i in range(len(one)) if i != at]
        if one[at] == two[at] or all(one[i] == two[i] for i in rest):
            return None  # the same rows again
        for row in (one, two):
            self.database.execute(f"DELETE FROM {self.table} WHERE {self.where()}", row)
        one[at], two[at] = two[at], one[at]
        self.put(one)
        self.put(two)
        return ("swap", column, one, two)

    def edit(self):
        """(how, …) or None if there was nothing to do."""
        if not self.rows:
            return self.insert()
        return self.dice.choice([self.update, self.update, self.delete, self.insert, self.swap])()
