"""Changes of duty."""

from abdi.duty.actions.exchanging import agree_to_swap as agree_to_swap
from abdi.duty.actions.exchanging import approve_swap as approve_swap
from abdi.duty.actions.exchanging import arrange_swap as arrange_swap
from abdi.duty.actions.exchanging import take_swap_now as take_swap_now
from abdi.duty.actions.rosters import WEEKS_AHEAD as WEEKS_AHEAD
from abdi.duty.actions.rosters import Pattern as Pattern
from abdi.duty.actions.rosters import count_call_out as count_call_out
from abdi.duty.actions.rosters import draft_roster as draft_roster
from abdi.duty.actions.rosters import publish as publish
from abdi.duty.actions.rosters import remind as remind
from abdi.duty.actions.rosters import remove_shift as remove_shift
from abdi.duty.actions.rosters import set_coverage as set_coverage
from abdi.duty.actions.rosters import set_shift as set_shift
from abdi.duty.actions.swaps import ask_swap as ask_swap
from abdi.duty.actions.swaps import lapse_swap as lapse_swap
from abdi.duty.actions.swaps import refuse_swap as refuse_swap
from abdi.duty.actions.swaps import withdraw_swap as withdraw_swap
from abdi.duty.actions.wishes import make_wish as make_wish
from abdi.duty.actions.wishes import withdraw_wish as withdraw_wish
