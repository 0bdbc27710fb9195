"""What workload announces."""

from __future__ import annotations

from abdi.platform.events import event


@event
class TaskSet:
    """A task with its norm time was made or changed."""

    task_id: int
    unit_id: int


@event
class TaskEnded:
    """A task is no longer done."""

    task_id: int
    unit_id: int


@event
class TasksCopied:
    """The tasks of a similar position were taken over."""

    unit_id: int
    position_id: int
    count: int


@event
class TasksCarried:
    """A post or unit continues as another one, and so do its tasks; `count` came along."""

    unit_id: int
    from_unit_id: int
    count: int


@event
class VolumeSet:
    """How often a task is done in a year was typed in or measured."""

    task_id: int
    unit_id: int
    year: int
    count: int
    is_measured: bool


@event
class CoverSet:
    """The hours a standby post must be manned were set."""

    position_id: int
    unit_id: int


@event
class StaffingComputed:
    """Need and people of a unit were computed and kept."""

    snapshot_id: int
    unit_id: int


@event
class LoadChanged:
    """The load of a unit moved by five points or more since it was last announced."""

    unit_id: int
    load_permyriad: int


@event
class SkillNoted:
    """A person learns, can do or can teach a task that is not of his own post."""

    task_id: int
    person_id: int
    level: str


@event
class LeaversRead:
    """Somebody opened who leaves when; `people` are their ids, with commas."""

    people: str
    role: str = ""
