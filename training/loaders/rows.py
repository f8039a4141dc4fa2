"""Reads rows of text with a time and watts, in pieces, with the line named where a row is wrong."""
import gzip
import itertools
import math
import zlib
from datetime import datetime, timezone

import numpy as np

from .errors import BadInput

LINES_AT_ONCE = 200_000
NO_READING = {"", "nan", "null", "none", "na", "n/a"}
EARLIEST, LATEST = 946_684_800, 4_102_444_800


def open_text(path):
    """A text file, compressed where its name ends with .gz."""
    return gzip.open(path, "rt", encoding="utf-8-sig") if path.endswith(".gz") else open(path, encoding="utf-8-sig")


def pieces_of(path, skip_lines=0):
    """(number of the first line, lines) of at most LINES_AT_ONCE lines each."""
    try:
        with open_text(path) as file:
            for _ in itertools.islice(file, skip_lines):
                pass
            first = skip_lines + 1
            while lines := list(itertools.islice(file, LINES_AT_ONCE)):
                yield first, lines
                first += len(lines)
    except (UnicodeDecodeError, EOFError, zlib.error, OSError) as error:
        raise BadInput(path, f"cannot be read: {error}") from None


def unix_seconds(text):
    """Seconds of a decimal number. Raises ValueError."""
    return float(text)


def iso_seconds(text):
    """Unix seconds of an ISO time; one without a zone is UTC. Raises ValueError."""
    time = datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text)
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).timestamp()


def day_first_seconds(text):
    """Seconds of dd/mm/yyyy hh:mm:ss, read as UTC. Raises ValueError."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=timezone.utc).timestamp()


def read_rows(path, columns, separator=None, skip_lines=0, time_column=0, seconds_of=unix_seconds):
    """Yields (Unix seconds [n] float64, values [n, columns] float64) of a text file, NaN for an empty field.

    `columns` are the indices of the values, `separator` None stands for white space, `seconds_of` reads the time. Raises
    BadInput with the line for a row of too few fields, a value that is no number and a time outside 2000-2100.
    """
    for first, lines in pieces_of(path, skip_lines):
        rows = fast_rows(lines, columns, separator, time_column, seconds_of)
        yield rows if rows is not None else slow_rows(path, first, lines, columns, separator, time_column, seconds_of)


def fast_rows(lines, columns, separator, time_column, seconds_of):
    """The rows where all of them are plain, else None."""
    try:
        if seconds_of is unix_seconds:
            table = np.loadtxt(lines, delimiter=separator, usecols=(time_column, *columns), comments=None, ndmin=2)
            times, values = table[:, 0], table[:, 1:]
        else:
            values = np.loadtxt(lines, delimiter=separator, usecols=columns, comments=None, ndmin=2)
            times = fast_times([line.split(separator, time_column + 1)[time_column].strip() for line in lines], seconds_of)
    except (ValueError, IndexError):
        return None
    plain = times.size == len(values) == len(lines) and (times >= EARLIEST).all() and (times < LATEST).all()
    return (times, values) if plain and not np.isinf(values).any() else None


def fast_times(texts, seconds_of):
    """Times of equal form at once; anything unusual raises ValueError or goes one by one."""
    width = 19
    stamps = np.array(texts, "S")
    if stamps.dtype.itemsize != width:
        return np.array([seconds_of(text) for text in texts])
    letters = np.ascontiguousarray(stamps).view(np.uint8).reshape(-1, width)
    if seconds_of is day_first_seconds:
        if not ((letters[:, 2] == ord("/")) & (letters[:, 5] == ord("/"))).all():
            raise ValueError("not dd/mm/yyyy")
        letters = letters[:, [6, 7, 8, 9, 2, 3, 4, 2, 0, 1, 10, 11, 12, 13, 14, 15, 16, 17, 18]].copy()
        letters[:, [4, 7]] = ord("-")
        stamps = letters.view(f"S{width}").ravel()
    elif not ((letters[:, 4] == ord("-")) & (letters[:, 16] == ord(":"))).all():
        raise ValueError("not yyyy-mm-dd hh:mm:ss")
    return stamps.astype("datetime64[s]").astype(np.int64).astype(np.float64)


def slow_rows(path, first, lines, columns, separator, time_column, seconds_of):
    """The same row by row; raises BadInput for the first that is wrong. Blank lines are left out."""
    times, values = [], []
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split(separator)]
        if len(fields) <= max(time_column, *columns):
            raise BadInput(path, f"{len(fields)} fields where {max(time_column, *columns) + 1} are expected", number)
        try:
            time = seconds_of(fields[time_column])
        except ValueError:
            raise BadInput(path, f"'{fields[time_column]}' is no time", number) from None
        if not EARLIEST <= time < LATEST:
            raise BadInput(path, f"the time {fields[time_column]} is not between 2000 and 2100 (are these seconds?)", number)
        times.append(time)
        values.append([number_of(path, number, fields[column]) for column in columns])
    return np.array(times, np.float64), np.array(values, np.float64).reshape(-1, len(columns))


def number_of(path, line, text):
    """A finite number, NaN for no reading. Raises BadInput."""
    if text.lower() in NO_READING:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        raise BadInput(path, f"'{text}' is no number", line) from None
    if math.isinf(value):
        raise BadInput(path, f"'{text}' is no reading", line)
    return value


def header_of(path, separator=","):
    """Names in the first line."""
    for _, lines in pieces_of(path):
        return [name.strip().strip('"') for name in lines[0].rstrip("\r\n").split(separator)]
    raise BadInput(path, "is empty")


def add_rows(series, path, rows):
    """Adds the rows' columns to one series each. Raises BadInput where times are too far apart."""
    try:
        for times, values in rows:
            for one, column in zip(series, values.T):
                one.add(times, column)
    except OverflowError as error:
        raise BadInput(path, str(error)) from None
