"""Changes of duty."""

from abdi.duty.actions.calls import count_call_out as count_call_out
from abdi.duty.actions.calls import end_call_out as end_call_out
from abdi.duty.actions.feeds import keep_told as keep_told
from abdi.duty.actions.feeds import subscribe as subscribe
from abdi.duty.actions.feeds import subscribe_unit as subscribe_unit
from abdi.duty.actions.feeds import unsubscribe as unsubscribe
from abdi.duty.actions.loads import note_loads_read as note_loads_read
from abdi.duty.actions.orders import order_roster as order_roster
from abdi.duty.actions.pay import hand_over_hours as hand_over_hours
from abdi.duty.actions.rosters import WEEKS_AHEAD as WEEKS_AHEAD
from abdi.duty.actions.rosters import Pattern as Pattern
from abdi.duty.actions.rosters import draft_roster as draft_roster
from abdi.duty.actions.rosters import publish as publish
from abdi.duty.actions.rosters import remind as remind
from abdi.duty.actions.rosters import remove_shift as remove_shift
from abdi.duty.actions.rosters import set_coverage as set_coverage
from abdi.duty.actions.rosters import set_shift as set_shift
