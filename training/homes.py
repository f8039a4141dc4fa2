"""Parts of a home, and one home under several names."""
import dataclasses


def source_home(name):
    """The name of the home itself where it stands for what a slower meter would report of it."""
    return name.split("_at_")[0]


def most_by_home(rows, key):
    """Sum over homes of the largest `key` of their rows: a home at several meter intervals counts once."""
    most = {}
    for row in rows:
        home = source_home(row["home"])
        most[home] = max(most.get(home, 0), row[key])
    return sum(most.values())


def first_days(home, days):
    """The home's first days."""
    rows = slice(0, int(days * 86400) // home.step_seconds)
    return dataclasses.replace(home, total=home.total[rows], times=home.times[rows],
                               watts={name: watts[rows] for name, watts in home.watts.items()},
                               state={name: state[rows] for name, state in home.state.items()})
