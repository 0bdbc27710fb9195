"""Rules of duty."""

from abdi.duty.rules.turns import DAYS_A_WEEK as DAYS_A_WEEK
from abdi.duty.rules.turns import MINUTE as MINUTE
from abdi.duty.rules.turns import Candidate as Candidate
from abdi.duty.rules.turns import Norms as Norms
from abdi.duty.rules.turns import Opening as Opening
from abdi.duty.rules.turns import Stand as Stand
from abdi.duty.rules.turns import against as against
from abdi.duty.rules.turns import cover_share as cover_share
from abdi.duty.rules.turns import covering as covering
from abdi.duty.rules.turns import fewest_first as fewest_first
from abdi.duty.rules.turns import is_night as is_night
from abdi.duty.rules.turns import minutes_stood as minutes_stood
from abdi.duty.rules.turns import next_change as next_change
from abdi.duty.rules.turns import nights_in_a_row as nights_in_a_row
from abdi.duty.rules.turns import problems as problems
from abdi.duty.rules.turns import proposal as proposal
from abdi.duty.rules.turns import rest_minutes as rest_minutes
from abdi.duty.rules.turns import turn_on as turn_on
from abdi.duty.rules.turns import uncovered as uncovered
from abdi.duty.rules.turns import week_start as week_start
