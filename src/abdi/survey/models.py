"""Tables of the survey: ratings of one's own report, and anonymous answers about a service."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from abdi.platform.labels import pairs
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned
from abdi.survey.choices import Element, Weight

BASIS = "UU 25/2009; PermenPANRB 14/2017"


def random_id() -> int:
    """A key that tells nothing of the order in which rows were written."""
    return secrets.randbits(62)


class Invitation(Owned):
    """The chance to rate one thing once; after it was done again there is another round."""

    about = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    service = models.ForeignKey(
        "people.Service", models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField()

    privacy = Privacy("internal", purpose="ask for a rating", basis=BASIS, keep="as the report")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "about", "round"], name="invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} round {self.round}"


class Rating(Owned):
    """One to five, and words, about one's own report. Kept with it; not anonymous."""

    invitation = models.OneToOneField("survey.Invitation", models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    privacy = Privacy("personal", purpose="better service", basis=BASIS, keep="as the report")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rating_stars")
        ]

    def __str__(self) -> str:
        return f"{self.stars} for invitation {self.invitation_id}"


class Period(Owned):
    """A stretch of days in which a service is surveyed, with the weight rule its index will use."""

    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    weight = models.CharField(max_length=6, choices=pairs(Weight), default=Weight.EXACT.value)
    people_served = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = Privacy("internal", purpose="satisfaction survey", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(closed_on__isnull=True), name="period_one_open"
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="period_order"),
        ]
        indexes = [models.Index(fields=["service", "closed_on"], name="period_by_service")]

    def __str__(self) -> str:
        return f"survey of service {self.service_id} from {self.opened_on}"

    @property
    def is_open(self) -> bool:
        """Whether it takes answers."""
        return self.closed_on is None


class Participation(Owned):
    """That somebody answered, by day. Shares no key, order or time with the answers."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    period = models.ForeignKey("survey.Period", models.PROTECT, related_name="+")
    who = models.CharField(max_length=64)
    answered_on = models.DateField()

    privacy = Privacy("personal", purpose="one answer each", basis=BASIS, keep="until close")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "who"], name="participation_once")]

    def __str__(self) -> str:
        return f"participation in period {self.period_id}"


class Answer(Owned):
    """One choice about one element. Nobody reads rows; nine of one person are not tied together."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    period = models.ForeignKey("survey.Period", models.PROTECT, related_name="+")
    element = models.CharField(max_length=12, choices=pairs(Element))
    value = models.PositiveSmallIntegerField()

    privacy = Privacy("secret", purpose="satisfaction survey", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__range=(1, 4)), name="answer_value")
        ]
        indexes = [models.Index(fields=["period", "element"], name="answer_by_element")]

    def __str__(self) -> str:
        return "an answer"


class ElementTotal(Owned):
    """What a closed period says of one element: how many answered, the sum of their choices."""

    period = models.ForeignKey("survey.Period", models.PROTECT, related_name="totals")
    element = models.CharField(max_length=12, choices=pairs(Element))
    respondents = models.PositiveIntegerField()
    answers_sum = models.PositiveIntegerField()

    privacy = Privacy("internal", purpose="satisfaction index", basis=BASIS, keep="5 years")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "element"], name="total_once"),
            models.CheckConstraint(
                condition=Q(answers_sum__gte=F("respondents"))
                & Q(answers_sum__lte=F("respondents") * 4),
                name="total_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element} of period {self.period_id}"
