"""Traces of single appliances in the form they are stored in."""
from dataclasses import dataclass
from typing import Optional


@dataclass
class Recordings:
    """All of one kind: `appliance` is one of the eleven names or None for a load that is none of them, `days` maps keys to W
    [86400] float32 with NaN for missing. `sources.make_trace` makes a Trace of each."""

    name: str
    appliance: Optional[str]
    step_seconds: int
    days: dict
