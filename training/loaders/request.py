"""What is asked of a loader."""
from dataclasses import dataclass
from typing import Callable, Optional


def nothing(text):
    """Default for notes that nobody wants to read."""


@dataclass(frozen=True)
class Request:
    """`folder` holds the data set as published. `houses` are the numbers wanted, None for all of them; `step_seconds` is the
    grid wanted, None for the set's own; `appliance_list` is a JSON file that says what each plug meters, for sets that leave
    it to a readme. `note` takes a line about what was left out."""

    folder: str
    houses: Optional[frozenset] = None
    step_seconds: Optional[int] = None
    appliance_list: Optional[str] = None
    note: Callable[[str], None] = nothing

    def wants(self, house):
        return self.houses is None or house in self.houses
