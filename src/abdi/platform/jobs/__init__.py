"""Jobs on a schedule kept in the database; run by `abdi work`."""

from abdi.platform.jobs.declaring import JOBS, job
from abdi.platform.jobs.pulses import PULSES, pulse
from abdi.platform.jobs.records import Schedule
from abdi.platform.jobs.worker import run_due_jobs, work

__all__ = ["JOBS", "PULSES", "Schedule", "job", "pulse", "run_due_jobs", "work"]
