"""Input of duty: rosters, their papers, swaps, planning, calls, how one is called."""
