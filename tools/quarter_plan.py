"""What happens in the quarter of tools/demo_quarter.py: drawn from a seed, so that every run is the same city.

An item is registered on a day, has a fate (done in time, late, withdrawn, …) and says of each day what is due of it. The
plan knows no rule of the notice: what is late, urged or escalated is what the programs say.
"""
import datetime
from dataclasses import dataclass, field

START, END = datetime.date(2026, 8, 3), datetime.date(2026, 11, 5)
WORKS = ("排水改造", "步道修缮", "老旧小区加装电梯", "河道清淤", "供热管网更新", "校门口交通整治", "农村厕所改造", "停车场建设", "扬尘治理", "医保窗口延时服务")
PLACES = ("黄河路", "崤山路", "虢国路", "六峰路", "甘棠路", "大岭路", "上阳路", "青龙涧河", "涧南", "陕州大道")
POINT_RULES = ("commendation.city", "commendation.province", "instruction_praise.city", "publicity.department", "criticism.city", "meeting.city")


def days(n):
    return datetime.timedelta(days=n)


@dataclass
class Month:
    name: str
    last: datetime.date


MONTHS = [Month("2026-08", datetime.date(2026, 8, 31)), Month("2026-09", datetime.date(2026, 9, 30)),
          Month("2026-10", datetime.date(2026, 10, 31))]


@dataclass
class Item:
    title: str
    lead: str
    cooperating: list
    registered: datetime.date
    due: datetime.date
    fate: str  # in_time, late, never, extension, withdrawal, transfer, exemption
    award: str
    source: int
    late_days: int
    transfer_to: str
    is_returned: bool
    return_days: int
    late_report: bool
    id: str = ""
    number: str = ""
    step: int = 0
    request_id: str = ""
    granted: bool = False
    completed_on: datetime.date = None
    withdrawn: bool = False
    reports: list = field(default_factory=list)

    @property
    def draft(self):
        return {"title": self.title, "content": f"{self.title}，今年内办结。", "requirement": "每月报送进展。", "standard": "群众满意，资料齐全。",
                "source": str(self.source), "kind": "general", "lead": self.lead, "cooperating": self.cooperating,
                "issued_on": str(self.registered), "due_on": str(self.due), "responsible_person": "朱镕喆", "supervisor": "林晓东"}

    @property
    def reports_asked(self):
        middle = self.registered + (self.due - self.registered) / 2
        return [("progress", middle), ("completion", self.due)][:1 if self.fate in ("withdrawal", "transfer") else 2]

    def hands_in(self, report, day):
        """In time on a day of the last week, late the week after."""
        if self.fate == "never" and report["due"] == self.due:
            return False
        return day > report["due"] if self.late_report else day >= report["due"] - days(6)

    def progress(self, day):
        return min(95, max(5, 100 * (day - self.registered).days // max(1, (self.due - self.registered).days)))

    @property
    def request(self):
        return self.fate if self.fate in ("extension", "withdrawal", "transfer", "exemption") else ""

    @property
    def request_on(self):
        return self.due - days(10)

    @property
    def new_due(self):
        return self.due + days(30)

    @property
    def ground(self):
        return {"extension": "汛期降雨，工期顺延。", "withdrawal": "用地条件不具备，无法办理。", "transfer": "机构职能调整。",
                "exemption": "等待上级批复。"}[self.fate]

    def grant(self):
        self.granted = True
        if self.request == "extension":
            self.due = self.new_due
        elif self.request == "transfer":
            self.lead = self.transfer_to
        elif self.request == "withdrawal":
            self.withdrawn = True

    def completes(self, day):
        if self.fate in ("never", "withdrawal") or (self.request and not self.granted):
            return False
        wanted = self.due - days(4) + days(self.late_days if self.fate == "late" else 0)
        return day >= wanted


class Plan:
    def __init__(self, items, units, checks, draw):
        counties = max(3, units * 3 // 10)
        self.units = [{"id": f"q{n:02}", "name": f"{'第' + str(n) + '县（区）' if n <= counties else '市第' + str(n - counties) + '局'}",
                       "group": "county" if n <= counties else "department", "vice_mayor": ("李志远", "王海", "周敏")[n % 3]}
                      for n in range(1, units + 1)]
        codes = [unit["id"] for unit in self.units]
        self.sites = [{"id": f"p{n:02}", "name": f"{PLACES[n % len(PLACES)]}现场{n}", "unit": codes[n % len(codes)], "lat": round(34.77 + n / 500, 6),
                       "lon": round(111.2 + n / 700, 6), "radius_m": 150} for n in range(1, 21)]
        self.clerks = {f"承办员{n}": code for n, code in enumerate(codes, 1)}
        self.days = [START + days(n) for n in range((END - START).days) if (START + days(n)).weekday() in (0, 3)]
        batches = [self.days[0], self.days[8], self.days[16]]
        fates = ["in_time"] * 11 + ["late"] * 3 + ["extension"] * 2 + ["never", "withdrawal", "transfer", "exemption"]
        self.items = []
        for n in range(items):
            registered = batches[0 if n < items * 3 // 5 else 1 if n < items * 4 // 5 else 2]
            lead = codes[n % len(codes)]
            others = [code for code in draw.sample(codes, 3) if code != lead]
            # The first ones climb the whole ladder, which takes some thirty working days behind the time limit.
            fate = "never" if n < max(1, items // 60) else fates[n % len(fates)]
            first = 18 if fate in ("never", "late") else 25
            self.items.append(Item(f"{PLACES[n % 10]}{WORKS[n // 10 % 10]}（{n + 1}）", lead, others[:draw.randrange(3)], registered,
                                   registered + days(12 if n < max(1, items // 60) else draw.randrange(first, 55)), fate, f"{draw.randrange(1400, 2001) / 100:.2f}", n % 5 + 1,
                                   draw.randrange(8, 40), next(code for code in others), draw.random() < 0.1, draw.randrange(5, 9), draw.random() < 0.15))
        self.urged, self.published = set(), {}
        self._checks, self._points = {}, {}
        for n in range(checks):
            self._checks.setdefault(self.days[2 + n * (len(self.days) - 4) // max(1, checks)], []).append(n)
        for n in range(max(6, items // 10)):
            self._points.setdefault(self.days[1 + n * (len(self.days) - 3) // max(6, items // 10)], []).append(n)

    def items_of(self, day):
        return [item for item in self.items if item.registered == day]

    def open_items(self, day):
        return [item for item in self.items if item.id and item.registered <= day and not item.completed_on and not item.withdrawn]

    def checks_of(self, day):
        found = self.open_items(day)
        return [(found[n * 7 % len(found)], self.sites[n % len(self.sites)]["id"]) for n in self._checks.get(day, []) if found]

    def points_of(self, day):
        found = self.open_items(day)
        return [(found[n * 5 % len(found)], POINT_RULES[n % len(POINT_RULES)]) for n in self._points.get(day, []) if found]
