#!/usr/bin/env python3
"""Tables between the office and other programs. Goal: what the office writes opens in another program and says the same
as its ledger file, figure by figure; what another program writes is registered, or refused cell by cell. Method: the real
server program; openpyxl reads ours and writes theirs (dates in both epochs, formulas, merged cells, a second sheet)."""
import datetime
import json
import os
import pathlib
import tempfile
import unittest

import openpyxl
from openpyxl.utils import datetime as sheet_dates

import programs

BINARIES = os.environ["ZHICHA_BIN"]
UNITS = [{"id": f"s{n}", "name": name, "group": group, "vice_mayor": "李志远"}
         for n, (name, group) in enumerate((("试验县", "county"), ("试验交通运输局", "department"), ("试验水利局", "department")))]
ITEMS = [{"id": f"t{n}", "number": f"督〔2026〕{100 + n}号", "title": title, "source": n % 5 + 1, "kind": "general", "lead": "s1",
          "cooperating": ["s0", "s2"], "issued_on": "2026-07-01", "due_on": "2026-09-30", "responsible_person": "朱镕喆",
          "supervisor": "𠮷田", "content": "第一行\n第二行 <&>\"", **more}
         for n, (title, more) in enumerate((("=HYPERLINK(\"http://198.51.100.1\",\"点我\")", {}), ("+86", {"completed_on": "2026-08-01", "awarded": 18.25}),
                                            ("@SUM(1)", {}), ("平常 x", {"standard": "95%"})), 1)]
HEADERS = ("事项名称", "办理时限", "牵头单位", "配合单位", "责任人", "督办人", "来源", "类别", "交办日期", "办理要求")


def row(title, due=datetime.date(2026, 12, 31), **more):
    cells = {"事项名称": title, "办理时限": due, "牵头单位": "试验交通运输局", "配合单位": "试验县、试验水利局", "责任人": "赵", "督办人": "钱",
             "来源": 3, "类别": "一般事项", "交办日期": "2026年7月1日", **more}
    return [cells.get(header) for header in HEADERS]


class Sheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="zhicha-sheets-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.office = programs.make_office(BINARIES, cls.folder / "ledger")
        cls.addClassCleanup(cls.office.close)
        file = cls.folder / "ledger.json"
        file.write_text(json.dumps({"units": UNITS, "items": ITEMS}, ensure_ascii=False), encoding="utf-8")
        cls.office.command("import", file)

    def save(self, rows, name="in.xlsx", change=None):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "登记"
        for cells in (HEADERS, *rows):
            sheet.append(cells)
        if change:
            change(book, sheet)
        book.save(self.folder / name)
        return self.folder / name

    def export(self, *words):
        path = self.folder / "out.xlsx"
        self.office.command("export", "--xlsx", path, *words)
        return openpyxl.load_workbook(path)

    def test_1_another_program_reads_what_the_ledger_file_says(self):
        book = self.export()
        self.assertEqual(book.sheetnames, ["说明", "台账"])
        table = [[cell for cell in line] for line in book["台账"].iter_rows()]
        headers = [cell.value for cell in table[0]]
        written = {line[0].value: dict(zip(headers, line)) for line in table[1:]}
        self.assertEqual({r[0].value: r[1].value for r in book["说明"].iter_rows()}["行数"], str(len(written)))
        ledger = self.office.call("export", self.office.folder).json
        names = {unit["id"]: unit["name"] for unit in ledger["units"]}
        self.assertEqual(set(written), {item["number"] for item in ledger["items"]})
        for item in ledger["items"]:
            line = written[item["number"]]
            self.assertTrue(all(cell.data_type != "f" for cell in line.values()), "no cell is a formula")
            for field, header in (("title", "事项名称"), ("content", "事项内容"), ("standard", "办理标准"), ("responsible_person", "责任人"), ("supervisor", "督办人")):
                self.assertEqual(line[header].value, item.get(field), header)
            for field, header in (("issued_on", "交办日期"), ("due_on", "办理时限"), ("completed_on", "办结日期")):
                day = line[header].value
                self.assertEqual(day and day.date().isoformat(), item.get(field), header)
            self.assertEqual(line["来源"].value, item["source"])
            self.assertEqual(line["牵头单位"].value, names[item["lead"]])
            self.assertEqual((line["配合单位"].value or "").split("、"), [names[unit] for unit in item["cooperating"]] or [""])
            self.assertEqual(line["得分"].value, float(item["awarded"]) if "awarded" in item else None)

    def test_2_a_months_ranking_has_the_figures_of_assess(self):
        book = self.export("--month", "2026-09")
        assessed = self.office.call("assess", self.office.folder, "--as-of", "2026-09-30", "--json").json
        names = {unit["id"]: unit["name"] for unit in self.office.call("export", self.office.folder).json["units"]}
        figures = {names[unit["id"]]: unit for unit in assessed["units"]}
        seen = set()
        for name in book.sheetnames[1:]:
            lines = [[cell.value for cell in line] for line in book[name].iter_rows()]
            for line in lines[1:]:
                cells = dict(zip(lines[0], line))
                unit = figures[cells["单位"]]
                seen.add(cells["单位"])
                self.assertEqual(cells["名次"], unit["rank"])
                self.assertEqual(cells["事项数"], unit["items"])
                for header, field in (("得分", "earned"), ("总分", "total"), ("功效系数", "efficacy"), ("事项得分", "item_score"), ("加分", "merits"), ("减分", "demerits"), ("考核计分", "score")):
                    self.assertEqual(cells[header], None if unit[field] is None else float(unit[field]), (header, unit))
        self.assertEqual(seen, set(figures))

    def test_3_a_faulty_table_registers_nothing_and_says_where(self):
        def spoil(book, sheet):
            sheet["A3"] = "=A2&\"乙\""
            sheet.merge_cells("E4:E5")
            sheet["B6"] = datetime.datetime(2026, 12, 31, 9, 30)
        file = self.save([row("甲"), row("乙"), row("丙"), row("丁"), row("戊"), row("己", due=20261231), row("庚", **{"牵头单位": "试验交通局"})], change=spoil)
        before = self.office.call("export", self.office.folder).out
        for words in (("--dry-run",), ()):
            answer = self.office.command("import", file, *words, expect=1)
            found = {p.get("cell"): (p["why"], p["right"]) for p in answer["problems"]}
            self.assertEqual({cell: why for cell, (why, _) in found.items()},
                             {"A3": "formula", "E4": "merged", "E5": "merged", "B6": "has_time", "B7": "not_a_day", "C8": "unknown_unit"})
            self.assertIn("试验交通运输局", found["C8"][1])
            self.assertIn("2026-12-31", found["B7"][1])
        self.assertEqual(self.office.call("export", self.office.folder).out, before)

    def test_4_a_clean_table_is_registered_in_its_order(self):
        def old_epoch(book, _sheet):
            book.epoch = sheet_dates.CALENDAR_MAC_1904
            book.create_sheet("别的")["A1"] = "不看"
        file = self.save([row("一", due=datetime.date(2026, 11, 30)), row("二", due="2026/12/1"), row("三", 办理要求=95)], change=old_epoch)
        looked = self.office.command("import", file, "--dry-run")
        self.assertEqual((looked["problem_count"], looked["rows"]), (0, 3))
        done = self.office.command("import", file)
        self.assertEqual(done["numbers"], [{"first": "督〔2026〕105号", "last": "督〔2026〕107号", "count": 3}])
        items = {item["title"]: item for item in self.office.call("export", self.office.folder).json["items"]}
        self.assertEqual([items[t]["number"] for t in "一二三"], ["督〔2026〕105号", "督〔2026〕106号", "督〔2026〕107号"])
        self.assertEqual([items[t]["due_on"] for t in "一二三"], ["2026-11-30", "2026-12-01", "2026-12-31"])
        self.assertEqual(items["三"]["requirement"], "95")
        self.assertEqual(items["三"]["cooperating"], ["s0", "s2"])
        again = self.office.command("import", file, expect=1)
        self.assertEqual({p["why"] for p in again["problems"]}, {"registered_already"})

    def test_5_what_is_no_table_is_refused(self):
        for name, content in (("a.xlsx", b"a,b\n"), ("b.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("c.xlsx", b"")):
            (self.folder / name).write_bytes(content)
            self.office.call("import", self.office.folder, self.folder / name, expect=1)

    def test_6_through_the_server_that_holds_the_folder(self):
        self.office.serve()
        done = self.office.command("import", self.save([row("服务时登记")]))
        self.assertEqual(done["registered"], 1)
        self.assertIn("服务时登记", {line[2].value for line in self.export()["台账"].iter_rows()})
        self.office.end()


if __name__ == "__main__":
    unittest.main()
