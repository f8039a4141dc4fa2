"""Which plug meters what, for data sets that say so in a readme, and the JSON form that stands in for it."""
import glob
import json
import os

from .errors import BadInput
from .rows import pieces_of


def appliance_list(request, pattern, parse):
    """{house: {plug: label}} from the JSON file of the request, else from the set's own readme.

    The JSON is {"1": {"2": "Chest Freezer", ...}, ...}. `pattern` finds the readme under the folder in any case of letters,
    `parse` takes its (line number, line) pairs. Raises BadInput where there is neither.
    """
    if request.appliance_list:
        return from_json(request.appliance_list)
    found = sorted(path for path in glob.glob(os.path.join(request.folder, "**", "*.txt"), recursive=True)
                   if pattern.fullmatch(os.path.basename(path)))
    houses = {}
    for path in found:
        houses.update(parse(path, [(first + i, line) for first, lines in pieces_of(path) for i, line in enumerate(lines)]))
    if not houses:
        raise BadInput(request.folder, "nothing here says which plug meters which appliance: put the data set's readme beside "
                                       "the data, or name a JSON file with --appliances")
    return houses


def from_json(path):
    text = "".join(line for _, lines in pieces_of(path) for line in lines)
    try:
        content = json.loads(text)
        return {int(house): {int(plug): str(label) for plug, label in plugs.items()} for house, plugs in content.items()}
    except json.JSONDecodeError as error:
        raise BadInput(path, error.msg, error.lineno) from None
    except (ValueError, AttributeError):
        raise BadInput(path, 'is not of the form {"1": {"2": "Chest Freezer"}}') from None
