#!/usr/bin/env python3
"""Fills a tablet's store through the engine and a real office, for the screens: checks of every kind, photos, a track, a
question of the office.

    fill_tablet.py --bin DIR --data DIR [--photos DIR]    leaves DIR/p1 (a store), DIR.pin (its PIN) and DIR/../ledger

With --photos the pictures of that folder are used, else those that tools/make_demo_inputs.py makes.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import programs

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
PIN = "284617"
ANSWERS = (("carried_out", "partly", "步道已通，排水未完"), ("rectified", "no", "盖板仍缺 6 块"), ("satisfied", "partly", ""))


class Filler:
    def __init__(self, binaries, folder, photos=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.office = programs.Office(binaries, self.folder / "ledger")
        self.data = self.folder / "tablet"
        self.data.mkdir()
        self.tablet = programs.Tablet(binaries, self.data / "p1", PIN)
        inputs = self.folder / "inputs"
        subprocess.run([sys.executable, TOOLS / "make_demo_inputs.py", "--out", inputs, "--photos", "6", "--track-to",
                        "34.7736000,111.2000000"], check=True, stdout=subprocess.DEVNULL)
        self.log = inputs / "track.nmea"
        found = [p for p in sorted(pathlib.Path(photos or inputs).rglob("*")) if p.suffix.lower() in (".jpg", ".png")]
        self.photos = [p for p in found if p.stat().st_size < 8_000_000][:6]

    def fill(self):
        self.office.json("init", self.office.folder)
        city = self.folder / "city.json"
        content = json.loads((TOOLS / "sample_city.json").read_text(encoding="utf-8"))
        content["sites"][0].update(lat=34.7736, lon=111.2)
        for number, title, due in ((15, "南引道步道、排水和照明整治", "2026-11-20"), (23, "引道沿线裸露边坡复绿", "2026-12-10")):
            content["items"].append({**content["items"][0], "id": f"i{number}", "number": f"督〔2026〕{number}号", "title": title,
                                     "due_on": due})
        city.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        self.office.command("import", city)
        self.office.serve()
        self.office.enrol(self.tablet, "陈志远")
        self.tablet.sync()
        site = content["sites"][0]
        items = [i["id"] for i in content["items"] if i["lead"] == site["unit"]][::-1]
        returned = self.check(site["id"], items[:1], self.photos[:2])
        for clause in range(1, 7):
            self.tablet.json("check", "attest", returned, "--clause", clause, "--said", "kept")
        self.tablet.json("check", "sign", returned)
        self.tablet.json("check", "finish", returned)
        self.tablet.sync()
        self.office.command("review", returned, "--return", "--question", "公示牌落款日期看不清，请补一张近照")
        self.tablet.sync()
        open_check = self.check(site["id"], items, self.photos, self.log)
        self.tablet.json("finding", "add", open_check, "--item", items[0], "--severity", "major", "--text",
                         "北坡约 200 平方米未复绿", "--photo", self.photos[1], "--how-taken", "public")
        self.tablet.json("finding", "add", open_check, "--severity", "minor", "--text", "两盏庭院灯不亮")
        for clause, said in ((1, "kept"), (2, "kept"), (3, "explain")):
            words = ["--note", "途中遇社区书记，未听汇报"] if said == "explain" else []
            self.tablet.json("check", "attest", open_check, "--clause", clause, "--said", said, *words)
        return self

    def check(self, site, items, photos, log=None):
        words = [word for item in items for word in ("--item", item)]
        words += ["--nmea", log] if log else ["--no-fix-reason", "室内无信号"]
        check = self.tablet.json("check", "start", "--site", site, *words)["check"]
        for question, value, note in ANSWERS:
            more = (["--note", note] if note else []) + (["--photo", photos[0]] if question == "carried_out" else [])
            self.tablet.json("check", "answer", check, "--item", items[0], "--question", question, "--value", value, *more)
        words = [word for photo in photos[:3] for word in ("--photo", photo)]
        self.tablet.json("finding", "add", check, "--item", items[0], "--severity", "critical", "--text",
                         "南门步道东侧排水沟盖板缺失 6 块，最大缺口约 60 厘米，未设围挡和警示标志", "--how-taken", "public", *words)
        self.tablet.json("check", "tally", check, "--satisfied", 9, "--neutral", 5, "--dissatisfied", 3)
        return check

    def close(self):
        self.office.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--data", required=True, help="a folder that does not exist yet")
    parser.add_argument("--photos")
    options = parser.parse_args()
    filler = Filler(options.bin, options.data, options.photos)
    try:
        filler.fill()
    finally:
        filler.close()
    print(filler.data)


if __name__ == "__main__":
    main()
