"""Parts of a home."""
import dataclasses


def first_days(home, days):
    """The home's first days."""
    rows = slice(0, int(days * 86400) // home.step_seconds)
    return dataclasses.replace(home, total=home.total[rows], times=home.times[rows],
                               watts={name: watts[rows] for name, watts in home.watts.items()},
                               state={name: state[rows] for name, state in home.state.items()})
