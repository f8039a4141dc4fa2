"""From the labels of data sets to the project's eleven names."""
import re

# What every set calls by the same word; each loader adds its own.
COMMON = {
    "dishwasher": "Dishwasher", "dish washer": "Dishwasher",
    "washing machine": "WashingMachine", "washer dryer": "WashingMachine",
    "tumble dryer": "Dryer",
    "freezer": "Freezer",
    "fridge": "Refrigerator", "fridge freezer": "Refrigerator", "refrigerator": "Refrigerator",
    "microwave": "Microwave",
    "kettle": "ElectricKettle",
    "television": "Television", "tv": "Television",
    "heat pump": "HeatPump",
}


def plain(label):
    """A label in lower case without what stands in brackets, punctuation and the number of a second device."""
    bare = re.sub(r"\(.*?\)", " ", label.lower())
    return re.sub(r"[^a-z0-9]+", " ", bare).strip().rstrip("0123456789").strip()


def appliance_of(label, table):
    """One of the eleven names, or None for a load that is none of them."""
    return table.get(plain(label))
