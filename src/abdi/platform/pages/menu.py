"""The menu of each role, in the order people work. Entries without a page yet do not show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from django.urls import Resolver404, resolve
from django.utils.translation import get_language, gettext, gettext_noop

DOCK_PLACES = 4


@dataclass(frozen=True)
class Entry:
    """One place in the menu: where it leads, what it is called, under which heading it stands."""

    path: str
    label: str
    icon: str
    group: str = ""
    dock: str = ""
    current: bool = False
    count: int = 0

    @property
    def short(self) -> str:
        """The word in the bottom bar."""
        return gettext(SHORT[self.dock]) if self.dock in SHORT else self.label


SHORT: Final = {
    "reports": gettext_noop("Reports"),
    "work": gettext_noop("Performance"),
    "learn": gettext_noop("Learning"),
}
_WORK, _LEARN, _CULTURE, _ORG = (
    gettext_noop("Performance"),
    gettext_noop("Competence and learning"),
    gettext_noop("Work culture"),
    gettext_noop("Organisation"),
)

# key: (path, label, icon, heading, place in the bottom bar)
PLACES: Final[dict[str, tuple[str, str, str, str, str]]] = {
    "home": ("/beranda", gettext_noop("Home"), "home", "", "home"),
    "report": ("/", gettext_noop("Report a problem"), "plus", "", "home"),
    "track": ("/lacak", gettext_noop("Track a report"), "search", "", "reports"),
    "public_map": ("/peta", gettext_noop("Map of reports"), "map", "", ""),
    "data": ("/data", gettext_noop("Open data"), "database", "", ""),
    "rate": ("/nilai", gettext_noop("Rate a service"), "star", "", ""),
    "queue": ("/antrean", gettext_noop("Report queue"), "inbox", "", "reports"),
    "running": ("/antrean?tab=berjalan", gettext_noop("Reports in progress"), "truck", "", ""),
    "log": ("/laporan/catat", gettext_noop("Log a report"), "plus", "", ""),
    "calls": ("/panggilan", gettext_noop("Calls"), "calls", "", ""),
    "on_duty": ("/siapa-berpiket", gettext_noop("Who is on duty"), "team", "", ""),
    "handover": ("/serah-terima", gettext_noop("Handover book"), "handover", "", ""),
    "clusters": ("/laporan/gugus", gettext_noop("Clusters of reports"), "merge", "", ""),
    "unit_reports": ("/laporan", gettext_noop("Reports of the unit"), "inbox", "", "reports"),
    "top_reports": ("/laporan/penting", gettext_noop("Important reports"), "flag", "", "reports"),
    "incidents": ("/kejadian", gettext_noop("Incidents"), "ambulance", "", ""),
    "jobs": ("/tugas", gettext_noop("My jobs"), "clipboard-list", "", "reports"),
    "job_map": ("/tugas/peta", gettext_noop("Map of jobs"), "map-pins", "", ""),
    "roster": ("/piket", gettext_noop("Duty roster"), "calendar-time", "", ""),
    "stock": ("/persediaan", gettext_noop("Stock and vehicles"), "stock", "", ""),
    "targets": ("/kinerja/saya", gettext_noop("My work targets"), "target", _WORK, "work"),
    "team": ("/tim", gettext_noop("My team"), "users", _WORK, "work"),
    "periods": ("/kinerja/periode", gettext_noop("Appraisal periods"), "calendar-event", _WORK, ""),
    "competence": ("/kompetensi/saya", gettext_noop("My competences"), "star", _LEARN, ""),
    "team_competence": ("/kompetensi/tim", gettext_noop("Team competences"), "star", _LEARN, ""),
    "all_competence": ("/kompetensi", gettext_noop("Competences"), "star", _LEARN, ""),
    "gap_map": ("/kompetensi/peta", gettext_noop("Gap map"), "chart", _LEARN, "learn"),
    "standards": ("/kompetensi/standar", gettext_noop("Role standards"), "stairs-up", _LEARN, ""),
    "talent": ("/kompetensi/talenta", gettext_noop("Talent"), "layout-grid", _LEARN, ""),
    "training": ("/pelatihan", gettext_noop("Training"), "book", _LEARN, "learn"),
    "classes": ("/pelatihan/kelas", gettext_noop("Classes"), "school", _LEARN, "learn"),
    "plan": ("/pelatihan/rencana", gettext_noop("Training plan"), "list-check", _LEARN, ""),
    "certificates": (
        "/pelatihan/sertifikat",
        gettext_noop("Certificates"),
        "certificate",
        _LEARN,
        "",
    ),
    "teachers": ("/pelatihan/pengajar", gettext_noop("Teachers"), "user-check", _LEARN, ""),
    "circles": ("/kbk", gettext_noop("Work groups (KBK)"), "bulb", _CULTURE, ""),
    "coaching": ("/pembinaan", gettext_noop("Coaching"), "chat", _CULTURE, ""),
    "neutrality": ("/netral", gettext_noop("Stay neutral"), "scale", _CULTURE, ""),
    "cases": ("/netral/kasus", gettext_noop("Neutrality cases"), "case", _CULTURE, ""),
    "may_i": ("/netral/boleh", gettext_noop("May I?"), "question", _CULTURE, ""),
    "gifts": ("/benturan", gettext_noop("Conflicts and gifts"), "gift", _CULTURE, ""),
    "discipline": ("/disiplin", gettext_noop("Discipline"), "gavel", _CULTURE, ""),
    "neutral_counts": ("/netral/angka", gettext_noop("Neutrality"), "scale", _CULTURE, ""),
    "satisfaction": ("/kepuasan", gettext_noop("Satisfaction"), "thumb-up", _ORG, ""),
    "units": ("/unit", gettext_noop("Units"), "org", _ORG, ""),
    "people": ("/pegawai", gettext_noop("People"), "user", _ORG, ""),
    "imports": ("/pegawai/impor", gettext_noop("Import"), "file-import", _ORG, ""),
    "own_data": ("/permintaan-data", gettext_noop("Own data: requests"), "shield", _ORG, ""),
    "positions": ("/jabatan", gettext_noop("Map of positions"), "hierarchy", _ORG, ""),
    "leave": ("/cuti", gettext_noop("Leave and presence"), "leave", _ORG, ""),
    "rights": ("/hak", gettext_noop("Rights"), "award", _ORG, ""),
    "retirements": ("/pensiun", gettext_noop("Retirements"), "pension", _ORG, ""),
    "workload": ("/beban", gettext_noop("Workload"), "org", _ORG, "work"),
    "simulation": ("/beban/simulasi", gettext_noop("Simulation"), "adjustments", _ORG, ""),
    "sop": ("/sop", gettext_noop("SOPs and service standards"), "file", _ORG, ""),
    "reform": ("/reformasi", gettext_noop("Reform"), "rotate", _ORG, ""),
    "letters": ("/surat", gettext_noop("Letters"), "letter", _ORG, ""),
    "board": ("/dasbor", gettext_noop("Leader's page"), "loop", "", "home"),
    "loop": ("/putaran", gettext_noop("The loop"), "loop", _ORG, ""),
    "decisions": ("/keputusan", gettext_noop("Decisions"), "gavel", "", "work"),
    "dossiers": ("/berkas", gettext_noop("Decision files"), "file", "", ""),
    "contacts": ("/berkas/pendekatan", gettext_noop("Contact register"), "chat", "", ""),
    "prepare": ("/siapkan", gettext_noop("Prepare"), "edit", "", ""),
    "findings": ("/temuan", gettext_noop("Findings"), "flag", "", ""),
    "audits": ("/pemeriksaan", gettext_noop("Examinations"), "search", "", ""),
    "audit": ("/audit", gettext_noop("Audit trail"), "history", "", ""),
    "settings": ("/atur", gettext_noop("Settings"), "settings", "", ""),
    "roles": ("/atur/peran", gettext_noop("Users and roles"), "user-cog", "", ""),
    "promises": ("/atur/kategori", gettext_noop("Kinds and service promises"), "promise", "", ""),
    "links": ("/atur/integrasi", gettext_noop("Integrations"), "sync", "", ""),
    "health": ("/kesehatan", gettext_noop("System health"), "heart-rate-monitor", "", ""),
}

# Pages that stand in the menu under another one's entry.
BESIDE: Final = {"leave": ("/kehadiran", "/kalender", "/hak")}

_EMPLOYEE = "home targets competence training circles coaching neutrality leave"
ROLES: Final[dict[str, str]] = {
    "citizen": "report track public_map data rate",
    "employee": _EMPLOYEE,
    "facilitator": _EMPLOYEE,
    "field_officer": "jobs job_map roster home leave",
    "dispatcher": "queue running public_map on_duty log calls handover",
    "duty_commander": "queue public_map on_duty roster incidents stock handover",
    "superior": "home team targets unit_reports team_competence coaching roster loop leave",
    "organiser": "home gap_map plan classes training certificates teachers",
    "trainer": "home classes training",
    "agency_hr": "home people imports positions leave rights retirements workload plan letters "
    "own_data roles",
    "personnel_office": "home people imports positions retirements leave periods all_competence "
    "talent dossiers discipline letters",
    "organisation_office": "home units positions standards workload simulation circles "
    "satisfaction sop reform letters loop",
    "executive": "board decisions top_reports units neutral_counts loop",
    "appointing_authority": "dossiers letters",
    "assessment_team": "dossiers contacts",
    "preparer": "home prepare",
    "integrity_officer": "home cases may_i gifts",
    "inspectorate": "home findings audits audit",
    "auditor": "findings audit",
    "sysadmin": "settings roles promises links health",
}


@cache
def is_page(path: str) -> bool:
    """Whether an address of this site leads anywhere; links to what is not there do not show."""
    try:
        found = resolve(path.split("?", maxsplit=1)[0])
    except Resolver404:
        return False
    words: Any = found  # the stubs do not know `captured_kwargs`
    return not words.captured_kwargs  # "/tugas/peta" is no page: "/tugas/<kode>" is one


def keys_for(roles: Iterable[str]) -> list[str]:
    """The entries of all roles together, each once: the role with the longest list leads."""
    lists = [ROLES[role].split() for role in sorted(roles) if role in ROLES]
    lists.sort(key=len, reverse=True)
    return list(dict.fromkeys(key for keys in lists for key in keys))


class Places(NamedTuple):
    """A menu in its shortest form: which entries, which is marked, with which counts."""

    keys: tuple[str, ...]
    marked: str
    counts: tuple[tuple[str, int], ...]

    @property
    def menu(self) -> list[Entry]:
        """The entries under their headings, in the reader's language."""
        return list(_entries(get_language(), *self))

    @property
    def dock(self) -> list[Entry]:
        """The bottom bar on phones, without its last place."""
        return dock_for(self.menu)


def places_for(
    roles: Iterable[str], path: str = "", counts: dict[str, int] | None = None
) -> Places:
    """The menu of these roles: entries whose pages exist, the place at `path` marked."""
    keys = _keys(frozenset(roles), is_page)
    return Places(keys, _current(keys, path), tuple(sorted((counts or {}).items())))


@lru_cache(maxsize=1_024)
def _keys(roles: frozenset[str], leads_on: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(key for key in keys_for(roles) if leads_on(PLACES[key][0]))


def menu_for(
    roles: Iterable[str], path: str = "", counts: dict[str, int] | None = None
) -> list[Entry]:
    """The entries whose pages exist, grouped under their headings, the place at `path` marked."""
    return places_for(roles, path, counts).menu


@lru_cache(maxsize=1_024)
def _entries(
    _language: str | None, keys: tuple[str, ...], marked: str, shown: tuple[tuple[str, int], ...]
) -> list[Entry]:
    counts = dict(shown)
    entries = [_entry(key, current=key == marked, count=counts.get(key, 0)) for key in keys]
    headings = list(dict.fromkeys(entry.group for entry in entries))
    headings.sort(key=lambda heading: heading != "")
    return [entry for heading in headings for entry in entries if entry.group == heading]


def _entry(key: str, *, current: bool, count: int) -> Entry:
    path, label, icon, group, dock = PLACES[key]
    return Entry(path, gettext(label), icon, gettext(group) if group else "", dock, current, count)


@lru_cache(maxsize=4_096)
def _current(keys: tuple[str, ...], path: str) -> str:
    """The longest entry that the path lies under; pages beside an entry's own count as its."""
    found: dict[str, str] = {}
    for key in keys:
        for place in (PLACES[key][0], *BESIDE.get(key, ())):
            if path == place or path.startswith(place + "/"):
                found[place] = key
    return found[max(found, key=len)] if found else ""


def dock_for(menu: list[Entry]) -> list[Entry]:
    """Four places for the bottom bar of phones: one of each kind, filled up in menu order."""
    chosen: list[Entry] = []
    for kind in ("home", "reports", "work", "learn"):
        chosen += [entry for entry in menu if entry.dock == kind][:1]
    chosen += [entry for entry in menu if entry not in chosen]
    return chosen[:DOCK_PLACES]
