"""Rules of the people floor: numbers, names, terms, pension, job class."""

from abdi.people.rules.access import (
    CITY_ROLES,
    DERIVED_ROLES,
    factor_owed,
    last_day,
    last_day_of_posts,
)
from abdi.people.rules.codes import (
    ACTING_KINDS,
    EDUCATION_LEVELS,
    EMPLOYMENTS,
    FUNCTIONAL_TIERS,
    PROFESSION_GROUPS,
    TIERS,
)
from abdi.people.rules.days import months_later, years_before
from abdi.people.rules.deputies import DEPUTY_RESOURCES, deputy_problem, handles
from abdi.people.rules.freeze import freeze_begins, is_bound, is_frozen
from abdi.people.rules.lines import (
    APPRAISED_RESOURCES,
    APPRAISING,
    LEADING,
    SHARED_RESOURCES,
    Held,
    Holder,
    head_among,
    leader_above,
    own_post,
)
from abdi.people.rules.list_entries import ListedChange, from_signs, joined, looks_for
from abdi.people.rules.lists import Listed, day_to_begin, differs, post_of, told_alike
from abdi.people.rules.names import SplitName, initials, sort_key, split_titles
from abdi.people.rules.numbers import EmployeeNumber, NumberProblem, read_employee_number
from abdi.people.rules.positions import acting_last_day, acting_term, job_class
from abdi.people.rules.privacy import CORRECTABLE, ERASED_NAME, anonymous, corrected, due_of
from abdi.people.rules.ranks import next_rank, rank_codes
from abdi.people.rules.retirement import contract_end_latest, pension_age, pension_date

__all__ = [
    "ACTING_KINDS",
    "APPRAISED_RESOURCES",
    "APPRAISING",
    "CITY_ROLES",
    "CORRECTABLE",
    "DEPUTY_RESOURCES",
    "DERIVED_ROLES",
    "EDUCATION_LEVELS",
    "EMPLOYMENTS",
    "ERASED_NAME",
    "FUNCTIONAL_TIERS",
    "LEADING",
    "PROFESSION_GROUPS",
    "SHARED_RESOURCES",
    "TIERS",
    "EmployeeNumber",
    "Held",
    "Holder",
    "Listed",
    "ListedChange",
    "NumberProblem",
    "SplitName",
    "acting_last_day",
    "acting_term",
    "anonymous",
    "contract_end_latest",
    "corrected",
    "day_to_begin",
    "deputy_problem",
    "differs",
    "due_of",
    "factor_owed",
    "freeze_begins",
    "from_signs",
    "handles",
    "head_among",
    "initials",
    "is_bound",
    "is_frozen",
    "job_class",
    "joined",
    "last_day",
    "last_day_of_posts",
    "leader_above",
    "looks_for",
    "months_later",
    "next_rank",
    "own_post",
    "pension_age",
    "pension_date",
    "post_of",
    "rank_codes",
    "read_employee_number",
    "sort_key",
    "split_titles",
    "told_alike",
    "years_before",
]
