"""Accounts and the roles they hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from abdi.platform import clock
from abdi.platform.privacy import Privacy
from abdi.platform.tenancy import Owned


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of a sign-in name; raises Account.DoesNotExist."""
        return self.get(login=username)


class Account(AbstractBaseUser):
    """A way to sign in. Not every person has one; operators' accounts have no person."""

    institution = models.ForeignKey("platform.Institution", models.PROTECT, related_name="+")
    person = models.OneToOneField(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    login = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    oidc_subject = models.CharField(max_length=250, blank=True, default="")
    is_active = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True)
    password_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()
    privacy = Privacy("personal", purpose="sign-in", basis="UU 27/2022", keep="1 year after end")

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def ref(self) -> str:
        """Text reference for the journal."""
        return f"people.account:{self.pk}"


class RoleGrant(Owned):
    """An account holds a role at an agency and below (or city-wide), with dates."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    agency = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    start_on = models.DateField()
    end_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=80)
    confirmed_by = models.CharField(max_length=80, blank=True)

    privacy = Privacy("internal", purpose="who may do what", basis="product rule", keep="5 years")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")), name="grant_dates"
            ),
            models.UniqueConstraint(
                fields=["account", "role", "agency", "start_on"], name="grant_once_agency"
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("granted_by")) | Q(granted_by="system"),
                name="grant_two_persons",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "start_on"],
                condition=Q(agency__isnull=True),
                name="grant_once_city",
            ),
        ]

    @property
    def last_on(self) -> date | None:
        """The last day on which the role counts; None without an end."""
        return self.end_on - timedelta(days=1) if self.end_on else None

    def __str__(self) -> str:
        return f"{self.role} of account {self.account_id}"
