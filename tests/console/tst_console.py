#!/usr/bin/env python3
"""The office's console in a real Chromium. Goal: console.test.mjs beside this file holds, and what it brings in. Method: a real zhicha-server with
what the real zhicha-field recorded (two tablets, photos, a receiver's log); this program makes the day, writes where
everything is, and runs the browser's tests under `node --test`.

ZHICHA_BIN      where the two programs are
ZHICHA_PICTURES a folder for pictures of every page (none are taken without it)
ZHICHA_SAMPLES  a folder with photos to show instead of made ones
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "integration"))
import programs  # noqa: E402

FINDING = "健身步道约 40 米路面破损，雨后湿滑"
INSPECTORS = ("周文博", "韩雪")


def record(tablet, site, photos, track=None, text=FINDING):
    """One whole check: answers, a finding with photos, tally, attestation, signature."""
    where = ("--nmea", track) if track else ("--no-fix-reason", "室内，无卫星信号")
    item = "i1" if site == "s1" else "i2"
    check = tablet.json("check", "start", "--site", site, "--item", item, *where)["check"]
    with_photo = ("--photo", photos[0]) if photos else ()
    tablet.json("check", "answer", check, "--item", item, "--question", "carried_out", "--value", "partly", "--note",
                "步道、绿化已建成；东门广场照明未通电", *with_photo)
    tablet.json("check", "answer", check, "--item", item, "--question", "rectified", "--value", "no", "--note",
                "上次指出的 2 处坐凳缺失仍在，破损路面未修")
    tablet.json("check", "answer", check, "--item", item, "--question", "satisfied", "--value", "partly")
    shots = [word for photo in photos[1:] for word in ("--photo", photo)]
    tablet.json("finding", "add", check, "--item", item, "--severity", "major", "--text", text, *shots,
                *(("--how-taken", "public") if shots else ()))
    tablet.json("finding", "add", check, "--item", item, "--severity", "minor", "--text", "补植苗木约三成枯死，现场未见养护记录")
    tablet.json("check", "tally", check, "--satisfied", "11", "--neutral", "4", "--dissatisfied", "6")
    for clause in range(1, 7):
        note = ("--note", "公园管理员到场约 5 分钟，未随行、未介绍") if clause == 4 else ()
        tablet.json("check", "attest", check, "--clause", str(clause), "--said", "explain" if note else "kept", *note)
    tablet.json("check", "sign", check)
    tablet.json("check", "finish", check)
    return check


def brief(tablet, text, photo=None, finish=True):
    """A short check: one finding; signed and finished, unless it is to stay under way."""
    check = tablet.json("check", "start", "--site", "s2", "--item", "i2", "--no-fix-reason", "室内，无卫星信号")["check"]
    shot = ("--photo", photo, "--how-taken", "public") if photo else ()
    finding = tablet.json("finding", "add", check, "--item", "i2", "--severity", "major", "--text", text, *shot)["finding"]
    if finish:
        tablet.json("check", "sign", check)
        tablet.json("check", "finish", check)
    return check, finding


def disagree(first, second):
    """Two inspectors correct one finding without knowing of each other: a conflict that waits for the office."""
    check, finding = brief(first, "配电箱门未上锁", finish=False)
    first.sync()
    second.json("check", "start", "--join", check)
    second.sync()
    first.sync()
    second.sync()
    first.json("finding", "amend", finding, "--severity", "critical", "--reason", "儿童可触及")
    second.json("finding", "amend", finding, "--severity", "minor", "--reason", "箱内已断电")
    for tablet in (first, second):
        tablet.json("check", "finish", check)
    return check


def make_table(path, rows):
    """A workbook as a program that is not ours writes it: texts in the cells themselves, numbers as numbers."""
    def cell(column, row, value):
        at = f"{chr(65 + column)}{row}"
        if isinstance(value, str):
            return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f'<c r="{at}"><v>{value}</v></c>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    lines = "".join(f'<row r="{n}">' + "".join(cell(c, n, v) for c, v in enumerate(row)) + "</row>"
                    for n, row in enumerate(rows, 1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/'
                               'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/'
                               f'xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override '
                               f'PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{link}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{link}"><sheets><sheet name="台账" sheetId="1" r:id="r1"/>'
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                                      f'Type="{link}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return str(path)


def make_tables(folder):
    """As somebody fills them in: one with faults, one without, one that is none."""
    headers = ("事项名称", "办理时限", "牵头单位", "责任人", "督办人", "来源", "类别", "交办日期")
    none = folder / "none.xlsx"
    none.write_text("编号,事项\n", encoding="utf-8")
    clean = [(f"表格登记{n}", "2027年3月31日", "市交通运输局", "张三", "李四", 3, "一般事项", "2026/11/2") for n in range(1, 25)]
    faulty = [("无单位的事项", "2027-03-31", "市交通局", "张三", "李四", 3, "一般事项", "2026-11-02"),
              ("没有时限的事项", "年底前", "湖滨区", "", "李四", 9, "大事", 46300)]
    return {"none": str(none), "clean": make_table(folder / "clean.xlsx", [headers, *clean]),
            "faulty": make_table(folder / "faulty.xlsx", [headers, *faulty])}


def main():
    binaries = pathlib.Path(os.environ["ZHICHA_BIN"])
    with tempfile.TemporaryDirectory(prefix="zhicha-console-") as temporary:
        folder = pathlib.Path(temporary)
        inputs = folder / "inputs"
        subprocess.run([sys.executable, ROOT / "tools" / "make_demo_inputs.py", "--out", inputs, "--photos", "6", "--track-to",
                        "34.7736000,111.2000000"], check=True, stdout=subprocess.DEVNULL)
        photos, track = sorted(inputs.glob("photo-*")), inputs / "track.nmea"
        if samples := os.environ.get("ZHICHA_SAMPLES"):
            # The first made one stays: what its file says of itself is what the tests compare with.
            photos[1:1] = sorted(p for p in pathlib.Path(samples).glob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
        office = programs.make_office(binaries, folder / "ledger")
        office.serve()
        try:
            tablets = [programs.Tablet(binaries, folder / f"tablet{n}") for n in (1, 2)]
            for tablet, name, called in zip(tablets, INSPECTORS, ("ZC-017", "ZC-018")):
                office.enrol(tablet, name, called=called)
                tablet.sync()
            check = record(tablets[0], "s1", photos[:4], track)
            second = record(tablets[1], "s2", photos[4:6], text="井盖缺失一处，临时用木板遮盖")
            third, _ = brief(tablets[0], "西门指示牌脱落")
            to_accept, _ = brief(tablets[0], "公示牌内容已过期")
            to_return, _ = brief(tablets[1], "井盖缺失一处", photos[5])
            returned, _ = brief(tablets[0], "消防通道被占用")
            contested = disagree(*tablets)
            under_way, _ = brief(tablets[1], "东侧出入口无人值守", finish=False)
            for tablet in tablets:
                tablet.json("sync")  # the contested finding stays with them as a trouble
            office.command("review", returned, "--return", "--question", "被何物占用？何时清走？")
            day = {"url": office.url, "administrator": office.made["administrator"], "password": office.made["password"],
                   "field": str(binaries / "zhicha-field"), "check": check, "second_check": second, "third_check": third,
                   "to_accept": to_accept, "to_return": to_return, "returned": returned, "conflict_check": contested,
                   "under_way": under_way,
                   "tablets": [{"store": str(t.folder), "pin": str(t.pin_file)} for t in tablets],
                   "inspectors": INSPECTORS, "sites": ["黄河大桥南引道", "湖滨公园改造工地"], "finding": FINDING,
                   "sheets": make_tables(folder), "photos": [str(p) for p in photos[:3]]}
            told = folder / "day.json"
            told.write_text(json.dumps(day, ensure_ascii=False), encoding="utf-8")
            node = ["node", "--test", "--test-concurrency=1", "--test-reporter=spec", *sys.argv[1:], str(HERE / "console.test.mjs")]
            code = subprocess.run(node, env={**os.environ, "ZHICHA_CONSOLE_DAY": str(told)}, check=False).returncode
            office.end()
            return code
        finally:
            office.close()


if __name__ == "__main__":
    sys.exit(main())
