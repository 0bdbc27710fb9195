"""What is kept about a person, in words: title and source of each kind of row.

Names of models stand here as text, so that the page of own data can speak of rows of higher
modules without knowing them. A test holds this list complete.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from abdi.platform.choices import N_


class KeptWords(NamedTuple):
    """Title of a kind of row, and where its rows come from."""

    title: str
    source: str


OFFICE: Final = N_("the personnel office")
YOURSELF: Final = N_("yourself")
SUPERIOR: Final = N_("your superior")
PROGRAM: Final = N_("Abdi, from your work")
MACHINE: Final = N_("the city's attendance and leave systems")
ORGANISER: Final = N_("those who run the class or group")

KEPT: Final = {
    "people.person": KeptWords(N_("Your record"), OFFICE),
    "people.account": KeptWords(N_("Your way to sign in"), OFFICE),
    "people.assignment": KeptWords(N_("Posts you hold and held"), OFFICE),
    "people.leaving": KeptWords(N_("Last days that were noted for you"), OFFICE),
    "people.override": KeptWords(N_("Superiors set for you by exception"), OFFICE),
    "gateway.directorymember": KeptWords(N_("Groups of the directory you are in"), OFFICE),
    "people.factorchange": KeptWords(N_("Requests about your second factor"), YOURSELF),
    "people.consolepin": KeptWords(N_("Duty PCs where you set a PIN"), YOURSELF),
    "people.staffcard": KeptWords(N_("The card you step in with"), YOURSELF),
    "people.contest": KeptWords(N_("Your notices about your superior"), YOURSELF),
    "people.consentperson": KeptWords(N_("Letters that let you be placed in a freeze"), OFFICE),
    "people.teammember": KeptWords(N_("Teams of several units you are in"), OFFICE),
    "workload.taskskill": KeptWords(N_("Tasks you know beside your own"), OFFICE),
    "people.personskill": KeptWords(N_("Languages and skills you entered"), YOURSELF),
    "people.rankhold": KeptWords(N_("Your ranks"), OFFICE),
    "people.delegation": KeptWords(N_("Powers handed over for an absence"), YOURSELF),
    "people.busytime": KeptWords(N_("Your calendar"), PROGRAM),
    "people.privacyrequest": KeptWords(N_("Your requests about own data"), YOURSELF),
    "people.breachtouch": KeptWords(N_("Breaches that touched you"), OFFICE),
    "competence.assessment": KeptWords(N_("Your competence assessments"), YOURSELF),
    "competence.evidence": KeptWords(N_("Evidence of your competence"), PROGRAM),
    "competence.result": KeptWords(N_("Your competence levels"), SUPERIOR),
    "duty.shift": KeptWords(N_("Your duty shifts"), ORGANISER),
    "duty.calendarfeed": KeptWords(N_("Calendars you subscribe to"), YOURSELF),
    "duty.payline": KeptWords(N_("Hours of duty handed to the pay office"), PROGRAM),
    "duty.swap": KeptWords(N_("Swaps of your duty shifts"), YOURSELF),
    "duty.wish": KeptWords(N_("Your wishes for rosters"), YOURSELF),
    "duty.callout": KeptWords(N_("Your call-outs"), PROGRAM),
    "duty.chainstep": KeptWords(N_("Chains of calls that name you"), ORGANISER),
    "duty.alert": KeptWords(N_("Calls you answered"), YOURSELF),
    "duty.telling": KeptWords(N_("Messages that called you"), PROGRAM),
    "duty.alertwish": KeptWords(N_("How you want to be called"), YOURSELF),
    "duty.pushdevice": KeptWords(N_("Devices that ring for you"), YOURSELF),
    "duty.platoonmember": KeptWords(N_("The platoon you stand duty with"), ORGANISER),
    "duty.dayonly": KeptWords(N_("Times in which you stand no nights"), ORGANISER),
    "duty.shiftchange": KeptWords(N_("Changes of your duty shifts"), ORGANISER),
    "training.candidate": KeptWords(N_("Classes you were proposed for"), ORGANISER),
    "training.enrolment": KeptWords(N_("Your classes"), ORGANISER),
    "reports.report": KeptWords(N_("Reports you are in charge of"), PROGRAM),
    "reports.statuschange": KeptWords(N_("Steps you took on reports"), PROGRAM),
    "reports.clockpause": KeptWords(N_("Clocks of reports you stopped"), PROGRAM),
    "reports.classchange": KeptWords(N_("Classes of reports you changed"), PROGRAM),
    "reports.reveal": KeptWords(N_("Reporters whose name you opened"), PROGRAM),
    "reports.handover": KeptWords(N_("Shifts you handed over or took over"), YOURSELF),
    "reports.handoverremark": KeptWords(N_("What you added to handovers"), YOURSELF),
    "performance.plan": KeptWords(N_("Your work targets"), YOURSELF),
    "performance.result": KeptWords(N_("Your work results"), PROGRAM),
    "performance.feedback": KeptWords(N_("Feedback you got"), SUPERIOR),
    "performance.evaluation": KeptWords(N_("Your evaluations"), SUPERIOR),
    "performance.objection": KeptWords(N_("Your objections"), YOURSELF),
    "culture.circlemember": KeptWords(N_("Groups you belong to"), ORGANISER),
    "culture.coaching": KeptWords(N_("Your coaching"), SUPERIOR),
    "culture.causevote": KeptWords(N_("Your votes in groups"), YOURSELF),
    "culture.task": KeptWords(N_("Your tasks in groups"), ORGANISER),
    "letters.letterperson": KeptWords(N_("Letters that name you"), OFFICE),
    "presence.leave": KeptWords(N_("Your leave"), YOURSELF),
    "presence.balancestatement": KeptWords(N_("Your leave balances"), OFFICE),
    "presence.presenceday": KeptWords(N_("Your days of presence"), MACHINE),
    "presence.filerow": KeptWords(N_("Lines of attendance files about you"), MACHINE),
    "presence.dispensation": KeptWords(N_("Your dispensations after night call-outs"), PROGRAM),
    "presence.absencecount": KeptWords(N_("Your days counted as absent"), MACHINE),
    "rights.right": KeptWords(N_("Rights that fall due to you"), PROGRAM),
    "integrity.absenceproposal": KeptWords(N_("Examinations proposed after absence"), PROGRAM),
    "integrity.pledge": KeptWords(N_("Your neutrality declarations"), YOURSELF),
    "integrity.advice": KeptWords(N_("Questions you asked about neutrality"), YOURSELF),
}


class ReadWords(NamedTuple):
    """What a line of the access log says was opened, and what that is kept for."""

    what: str
    why: str


RECORD: Final = ReadWords(N_("your personnel record"), N_("personnel record"))
LISTS: Final = {
    "presence.PresenceRead": ReadWords(
        N_("your presence or leave"), N_("presence, kept apart from results")
    ),
    "duty.LoadsRead": ReadWords(N_("what you carried on duty"), N_("load of those on duty")),
    "rights.RightsRead": ReadWords(
        N_("rights that fall due to you"), N_("what the rules give comes without asking")
    ),
    "training.HoursRead": ReadWords(N_("your learning hours"), N_("development of staff")),
    "competence.LevelsRead": ReadWords(N_("your competence levels"), N_("development of staff")),
    "performance.PerformanceRead": ReadWords(
        N_("your work targets"), N_("performance management of civil servants")
    ),
    "workload.LeaversRead": ReadWords(
        N_("when you retire or your contract ends"),
        N_("how many people the work of a unit needs"),
    ),
    "integrity.ProposalsRead": ReadWords(
        N_("an examination proposed after absence"),
        N_("absence is examined, never sanctioned by a program"),
    ),
    "letters.LetterRead": ReadWords(N_("a letter that names you"), N_("official letters")),
    "culture.CoachingRead": ReadWords(N_("your coaching case"), N_("help a person to do well")),
    "integrity.AdviceRead": ReadWords(
        N_("your question about neutrality"), N_("neutrality of civil servants")
    ),
    "imports.DraftRead": ReadWords(N_("your row in a staff list"), N_("personnel record")),
    "imports.ChangesRead": ReadWords(
        N_("what a staff list changed of you"), N_("personnel record")
    ),
}
"""Pages that show several people: what their line in the access log means for each of them."""
OTHER: Final = KeptWords(N_("Other rows"), PROGRAM)

PURPOSES: Final = (
    N_("satisfaction index"), N_("personnel record"), N_("who answers what"),
    N_("when jobs run"), N_("who may do what"), N_("audit line and message"),
    N_("how many people the work of a unit needs"), N_("neutrality of civil servants"),
    N_("satisfaction survey"), N_("help a person to do well"), N_("plan the year"),
    N_("sign-in"), N_("no double booking"), N_("development of staff"),
    N_("tell the reporter what became of it"), N_("carry a notice"),
    N_("figures for decisions"), N_("tell a person what concerns him"),
    N_("proof of a class passed"), N_("numbers without holes"),
    N_("the organisation as of any day"), N_("close holes in the standards"),
    N_("turns that change hands with the will of both"),
    N_("rosters that go around what people wish"),
    N_("load of those on duty"), N_("message to a module"), N_("what a position asks for"),
    N_("access log"), N_("one answer each"), N_("when figures were made"),
    N_("show the place and the work"), N_("keep what a case, audit or objection needs"),
    N_("improve services in groups"), N_("proof that no line changed"), N_("who is on duty"),
    N_("somebody is told when something happens"),
    N_("turns in the calendar of one's own phone"), N_("hours for the pay office"),
    N_("act once"), N_("when answers count"), N_("slow down abuse"), N_("catalogue"),
    N_("what a unit is for"), N_("ask for a rating"),
    N_("performance management of civil servants"),
    N_("answer citizens within the promised time"), N_("better service"),
    N_("no placements around an election without consent"),
    N_("who leads whom"), N_("correcting who leads whom"), N_("who works together"),
    N_("who can stand in for whom"),
    N_("rights over own data"), N_("notice of a breach within 72 hours"),
    N_("absence is examined, never sanctioned by a program"),
    N_("figures set by the institution, with their legal basis"),
    N_("leave that rosters, classes and workload go around"), N_("official letters"),
    N_("presence, kept apart from results"),
    N_("taking over presence and leave from the city's own systems"),
    N_("what the rules give comes without asking"), N_("programs that ask for data"),
    N_("accounts kept elsewhere"), N_("reading the next list of a source"),
    N_("taking over staff lists of the city"),
    N_("who changed what by a list, and taking it back"),
    N_("programs that are told of changes"),
    N_("who took data of people along, and why"), N_("protection from night duty"),
)  # fmt: skip
BASES: Final = (
    N_("public_task"), N_("consent"), N_("product rule"),
    N_("UU 20/2023; PP 94/2021; SKB of five bodies 2022"),
)  # fmt: skip
"""Words of the law's bases; names of laws speak for themselves."""
TIMES: Final = (
    N_("while the task is done"),
    N_("as the record"), N_("12 months after close"), N_("as the job"), N_("7 days after done"),
    N_("as the standard"), N_("7 days"), N_("2 days"), N_("2 years after close"),
    N_("as the entry"), N_("until close"), N_("5 years"), N_("archive schedule"), N_("2 years"),
    N_("30 days after sending"), N_("as the report"), N_("permanent"), N_("10 years"),
    N_("1 year after end"), N_("anonymised 2 years after close"),
    N_("90 days as a draft, 2 years once applied"), N_("2 years after end"),
    N_("90 days"), N_("account"), N_("always"),
)  # fmt: skip
LEVELS: Final = {
    "public": N_("public"), "internal": N_("within the office"), "personal": N_("personal"),
    "sensitive": N_("sensitive"), "secret": N_("sealed"),
}  # fmt: skip
