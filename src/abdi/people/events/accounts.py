"""What is announced of accounts, roles and second factors."""

from __future__ import annotations

from abdi.platform.events import event


@event
class AccountOpened:
    """There is a new way to sign in."""

    account_id: int


@event
class RoleGranted:
    """An account got a role."""

    grant_id: int
    account_id: int
    role: str


@event
class RoleConfirmed:
    """A second person confirmed a role; it counts from now on."""

    grant_id: int
    account_id: int
    role: str


@event
class SecondFactorChanged:
    """An account switched its second factor on or off."""

    account_id: int
    is_on: bool


@event
class RoleRevoked:
    """A role ended."""

    grant_id: int
    account_id: int
    role: str


@event
class SignedIn:
    """An account signed in."""

    account_id: int


@event
class PasswordChanged:
    """An account has a new password."""

    account_id: int


@event
class AccountClosed:
    """An account opens nothing any more; `reason` is left, account_ended or posts_ended."""

    account_id: int
    reason: str


@event
class SessionsEnded:
    """All sessions of an account ended."""

    account_id: int


@event
class AccountProvisioned:
    """An account was made or changed by a program: `changed` names the fields with blanks."""

    account_id: int
    changed: str
    is_active: bool


@event
class AccountsRead:
    """A program was shown accounts of people: their ids with blanks between."""

    account_ids: str


@event
class PasskeyAdded:
    """An account can be entered with one more passkey."""

    account_id: int
    passkey_id: int


@event
class PasskeyRenamed:
    """A passkey has another name."""

    account_id: int
    passkey_id: int


@event
class PasskeyRemoved:
    """A passkey opens nothing any more."""

    account_id: int
    passkey_id: int


@event
class BackupCodesRenewed:
    """New backup codes were printed; those before are void."""

    account_id: int


@event
class FactorChangeAsked:
    """Somebody asks to take the second factors off an account."""

    change_id: int
    account_id: int
    way: str


@event
class FactorChangeWithdrawn:
    """Such a request was taken back."""

    change_id: int
    account_id: int


@event
class FactorChangeDecided:
    """A second person answered such a request; confirmed, the factors are off."""

    change_id: int
    account_id: int
    is_confirmed: bool


@event
class BackupCodeUsed:
    """A printed backup code stood in for the second factor of an account."""

    account_id: int
    left: int


@event
class HandedCodeUsed:
    """An account was opened with the code handed over after its factors were taken off."""

    account_id: int


@event
class ConsoleMade:
    """A duty PC may be enrolled with a code; `reason` is why."""

    console_id: int
    reason: str


@event
class ConsoleEnrolled:
    """A PC proved itself with the code and is a console from now on."""

    console_id: int


@event
class ConsoleRevoked:
    """A console opens nothing any more; `reason` is why."""

    console_id: int
    reason: str


@event
class ConsolePinSet:
    """Somebody set his PIN for one console."""

    account_id: int
    console_id: int


@event
class ConsolePinRefused:
    """A PIN was wrong after a right card or passkey; `left` tries remain."""

    account_id: int
    console_id: int
    left: int


@event
class SteppedIn:
    """Somebody took over a console with card or passkey and PIN."""

    account_id: int
    console_id: int


@event
class StaffCardKept:
    """An account can be named by a card at consoles."""

    account_id: int


@event
class StaffCardRemoved:
    """The card of an account names nobody any more."""

    account_id: int
