"""The formats there are: a name for the command line, and the generator that yields homes or recordings for a Request."""
from . import eco, ideal, nilmtk_hdf5, plain_csv, refit, tracebase, ukdale

FORMATS = {
    "ukdale": ukdale.homes,
    "refit": refit.homes,
    "eco": eco.homes,
    "ideal": ideal.homes,
    "tracebase": tracebase.recordings,
    "nilmtk": nilmtk_hdf5.homes,
    "csv": plain_csv.homes,
}
