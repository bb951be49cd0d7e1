#!/usr/bin/env python3
"""Papers from the command line to the unit's signature. Goal: a paper is issued once, its PDF and DOCX open in other
programs and say the same, each role sees and does its own part. Method: a real office, in-process and through the server
that holds the folder; poppler reads the PDF, Python's own zip and XML readers the DOCX (and LibreOffice, where it is
installed, makes a PDF of it); a chief, a reviewer and two clerks at the console break each rule once."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
import uuid
import xml.etree.ElementTree as ElementTree
import zipfile

import programs
from tst_console_api import Browser

BINARIES = os.environ["ZHICHA_BIN"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEDGER = {
    "units": [{"id": "p1", "name": "湖滨区人民政府", "group": "county", "vice_mayor": "李志远"},
              {"id": "p2", "name": "市住房和城乡建设局", "group": "department", "vice_mayor": "王海"}],
    "items": [{"id": "q1", "number": "督〔2026〕7号", "title": "城区雨污分流改造工程", "source": 3, "kind": "general", "lead": "p2",
               "cooperating": [], "issued_on": "2026-07-01", "due_on": "2026-09-30", "responsible_person": "朱镕喆",
               "supervisor": "𠮷田", "requirement": "倒排工期，每月报送进展。"}]}


def text_of_pdf(path):
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return re.sub(r"[\s\f]", "", done.stdout.decode("utf-8"))


def text_of_docx(path):
    """Every part is well-formed XML, every relation leads to a part; the text in document order."""
    with zipfile.ZipFile(path) as docx:
        assert docx.testzip() is None
        names = set(docx.namelist())
        for name in names:
            ElementTree.fromstring(docx.read(name))
        for name in (n for n in names if n.endswith(".rels")):
            folder = pathlib.PurePosixPath(name).parent.parent
            for relation in ElementTree.fromstring(docx.read(name)):
                assert str(folder / relation.get("Target")) in names, relation.get("Target")
        types = {part.get("PartName", "").lstrip("/") for part in ElementTree.fromstring(docx.read("[Content_Types].xml"))}
        assert {n for n in names if n.endswith(".xml") and n != "[Content_Types].xml"} <= types, types
        body = ElementTree.fromstring(docx.read("word/document.xml"))
        return "".join(node.text or "" for node in body.iter(W + "t"))


class Papers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="zhicha-papers-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.office = programs.make_office(BINARIES, cls.folder / "ledger")
        file = cls.folder / "papers.json"
        file.write_text(json.dumps(LEDGER, ensure_ascii=False), encoding="utf-8")
        cls.office.json("import", cls.office.folder, file)
        people = (("张建国", "chief", ()), ("王颖", "reviewer", ()), ("何静", "unit_clerk", ("--unit", "p2")),
                  ("孙立", "unit_clerk", ("--unit", "p1")))
        cls.passwords = {name: cls.office.json("user", "add", cls.office.folder, "--name", name, "--role", role, *more)["password"]
                         for name, role, more in people}
        cls.addClassCleanup(cls.office.close)

    def paper(self, *words, expect=0):
        return self.office.json("paper", self.office.folder, *words, expect=expect)

    def test_1_a_paper_is_issued_in_process(self):
        pdf, docx = self.folder / "one.pdf", self.folder / "one.docx"
        draft = self.paper("draft", "督查通知", "督〔2026〕7号", "--on", "2026-07-01", "--pdf", pdf)
        self.assertEqual(draft["number"], "")
        self.assertIn("草稿，未签发", text_of_pdf(pdf))
        issued = self.paper("issue", "督查通知", "督〔2026〕7号", "--on", "2026-07-01", "--pdf", pdf, "--docx", docx)
        self.assertEqual(issued["number"], "三政督〔2026〕1号")
        text = text_of_pdf(pdf)
        for part in ("三门峡市人民政府督查室文件", "三政督〔2026〕1号", "城区雨污分流改造工程", "朱镕喆", "𠮷田", "2026年7月1日印发", "—1—"):
            self.assertIn(part, text)
        self.assertNotIn("草稿", text)
        said = text_of_docx(docx)
        for part in ("三政督〔2026〕1号", "朱镕喆", "𠮷田", "抄送：", "2026年7月1日印发"):
            self.assertIn(part, said)
        again = self.paper("issue", "督查通知", "督〔2026〕7号", "--on", "2026-07-01", expect=1)
        self.assertEqual(again.get("error", again)["code"], "already_done")
        self.assertEqual([p["number"] for p in self.paper("list")["papers"]], ["三政督〔2026〕1号"])
        office = shutil.which("soffice")
        if office is None:
            return  # too large for every test machine: the structure was held against the standard above
        subprocess.run([office, f"-env:UserInstallation=file://{self.folder}/profile", "--headless", "--convert-to", "pdf:writer_pdf_Export",
                        "--outdir", str(self.folder / "opened"), str(docx)], check=True, capture_output=True, timeout=300)
        opened = text_of_pdf(self.folder / "opened" / "one.pdf")
        for part in ("三政督〔2026〕1号", "朱镕喆", "𠮷田", "抄送：", "2026年7月1日印发"):
            self.assertIn(part, opened)

    def test_2_through_the_server_and_at_the_console(self):
        if not self.office.process:
            self.office.serve()
        pdf = self.folder / "two.pdf"
        issued = self.paper("issue", "urging_notice", "q1", "--on", "2026-09-24", "--as", "张建国", "--pdf", pdf)
        self.assertEqual((issued["number"], issued["actor"]), ("三政督〔2026〕2号", "张建国"))
        self.assertIn("现予催办", text_of_pdf(pdf))
        self.assertEqual(self.office.call("paper", self.office.folder, "show", "三政督〔2026〕2号", "--pdf",
                                          self.folder / "no such folder" / "x.pdf", expect=1).code, 1)
        refused = self.paper("issue", "urging_notice", "q1", "--on", "2026-09-25", "--as", "王颖", expect=1)
        self.assertEqual(refused.get("error", refused)["code"], "not_allowed")

        chief, reviewer, clerk, other = (Browser(self.office) for _ in range(4))
        for browser, name in ((chief, "张建国"), (reviewer, "王颖"), (clerk, "何静"), (other, "孙立")):
            browser.sign_in(name, self.passwords[name], "春眠不觉晓处处闻啼鸟-" + str(len(name)))
        type(self).signed_in = {"chief": chief, "reviewer": reviewer}
        status, page = chief.ask("GET", "/papers?limit=1")
        self.assertEqual((status, page["count"], page["rows"][0]["number"]), (200, 2, "三政督〔2026〕2号"), page)
        status, page = chief.ask("GET", "/papers?limit=1&after=" + page["next"])
        self.assertEqual((page["rows"][0]["number"], page.get("next")), ("三政督〔2026〕1号", None))
        first = page["rows"][0]["id"]
        for query in ("kind=letter", "state=lost", "unit=x", "after=" + str(uuid.uuid4())):
            self.assertEqual(chief.ask("GET", "/papers?" + query)[0], 400, query)

        order = {"kind": "circular", "subject": "q1", "day": "2026-10-09"}
        status, draft = reviewer.ask("POST", "/papers/drafts", order)
        self.assertEqual((status, draft["pages"] >= 1, len(draft["to"])), (200, True, 4), draft)
        self.assertTrue(draft["images"][0].startswith("iVBOR"))
        self.assertEqual(reviewer.op("/papers", order)[0], 403)
        key = uuid.uuid4().hex
        status, done = chief.ask("POST", "/papers", order, key=key)
        self.assertEqual((status, done["number"]), (200, "三政督〔2026〕3号"), done)
        self.assertEqual(chief.ask("POST", "/papers", order, key=key), (status, done), "the same key again")
        self.assertEqual(chief.op("/papers", order)[0], 409)
        self.assertEqual(chief.op("/papers", {**order, "kind": "criticism"})[0], 400)

        for path, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("pages/1", b"\x89PNG")):
            status, data = clerk.ask("GET", f"/papers/{first}/{path}")
            self.assertEqual((status, data[:len(start)]), (200, start), path)
            self.assertNotIn("湖滨", str(clerk.headers))
            self.assertEqual(other.ask("GET", f"/papers/{first}/{path}")[0], 403, path)
        self.assertEqual(chief.ask("GET", f"/papers/{first}/pages/99")[0], 404)
        self.assertEqual({other.ask("GET", f"/papers/{which}")[0] for which in (first, uuid.uuid4())}, {403})
        self.assertEqual([p["number"] for p in other.ask("GET", "/papers")[1]["rows"]], ["三政督〔2026〕3号"])

        status, receipt = clerk.op(f"/papers/{done['paper']}/receipts", {})
        self.assertEqual(status, 200, receipt)
        self.assertEqual(other.op(f"/papers/{first}/receipts", {})[0], 403)
        self.assertEqual(chief.op(f"/papers/{first}/receipts", {})[0], 403)
        status, seen = clerk.ask("GET", f"/papers/{done['paper']}")
        self.assertEqual((seen["state"], len(seen["receipts"])), ("received", 1), "a unit sees its own receipt alone")
        status, seen = chief.ask("GET", f"/papers/{done['paper']}")
        self.assertEqual((seen["received"], seen["of"]), (1, 4))

        self.assertEqual(reviewer.op(f"/papers/{first}/revoke", {"by": done["paper"], "reason": "写错了"})[0], 403)
        status, revoked = chief.op(f"/papers/{first}/revoke", {"by": done["paper"], "reason": "写错了"})
        self.assertEqual(status, 200, revoked)
        status, data = clerk.ask("GET", f"/papers/{first}/pdf")
        pdf.write_bytes(data)
        self.assertIn("已被三政督〔2026〕3号撤销", text_of_pdf(pdf))
        self.assertTrue(self.office.command("fsck")["ok"])

    def test_2_a_check_is_printed_with_its_photos(self):
        if not self.office.process:
            self.office.serve()
        tablet = programs.Tablet(BINARIES, self.folder / "tablet")
        self.office.enrol(tablet, "周文博")
        tablet.sync()
        check = tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "室内")["check"]
        photo = self.folder / "photo.png"
        photo.write_bytes(programs.make_png(check, 3000))
        tablet.json("finding", "add", check, "--severity", "major", "--text", "围挡破损，井盖🕳缺失", "--photo", photo)
        tablet.json("check", "finish", check)
        tablet.sync()
        pdf = self.folder / "check.pdf"
        self.paper("check", check, "--pdf", pdf)
        text = text_of_pdf(pdf)
        for part in ("检查情况报告", "检〔", "黄河大桥南引道", "周文博", "问题1（较重）", "围挡破损，井盖〓缺失", "照片以预览印出，共1张"):
            self.assertIn(part, text)
        images = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True).stdout
        self.assertEqual(len(re.findall(r" jpeg ", images)), 1, images)

    def test_3_the_papers_go_with_the_ledger_file(self):
        exported = self.office.call("export", self.office.folder).out
        self.assertEqual(len(json.loads(exported)["papers"]), 3)
        other = programs.make_office(BINARIES, self.folder / "other")
        file = self.folder / "exported.json"
        file.write_text(exported, encoding="utf-8")
        other.json("import", other.folder, file)
        self.assertEqual([p["number"] for p in other.json("paper", other.folder, "list")["papers"]],
                         ["三政督〔2026〕3号", "三政督〔2026〕2号", "三政督〔2026〕1号"])

    def test_4_a_draft_that_waits_outlives_a_kill_a_rebuild_and_a_restore(self):
        if not self.office.process:
            self.office.serve()
        status, handed = self.signed_in["reviewer"].op("/paper-drafts", {"kind": "circular", "subject": "q1", "more": "请按期报送。"})
        self.assertEqual(status, 200, handed)

        def waits():
            status, queue = self.signed_in["chief"].ask("GET", "/paper-drafts")
            self.assertEqual((status, [(row["id"], row["state"]) for row in queue["rows"]]), (200, [(handed["draft"], "waiting")]), queue)

        waits()
        self.office.end(signal.SIGKILL)
        self.office.json("rebuild", self.office.folder)
        self.assertTrue(self.office.json("fsck", self.office.folder)["ok"])
        self.office.serve()
        waits()
        backup = self.folder / "backup.tar"
        self.office.json("backup", self.office.folder, backup)
        self.office.end()
        restored = programs.Office(BINARIES, self.folder / "restored")
        self.addCleanup(restored.close)
        restored.json("restore", backup, restored.folder, "--root-key", self.office.made["root_key_file"])
        restored.port = self.office.port
        restored.serve()
        waits()


if __name__ == "__main__":
    unittest.main()
