"""Working rosters out: a process of its own, so that a page or the worker never waits for it."""
