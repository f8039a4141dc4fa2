"""Reproduces the accuracy table through the real run time, in one command:

    python3 -m training.table --data ../shared/data

Writes each validation home's mains as CSV into a temporary folder, runs `npm run nilm:predict` on it and scores the result.
"""
import argparse
import os
import subprocess
import tempfile

import numpy as np

from .score import print_scores
from .validation import Validation


def write_mains(home, path, days=None):
    """timestamp,power_total rows of what the meter reported; missing readings are left out."""
    known = ~np.isnan(home.total)
    if days:
        known &= home.times < home.times[0] + days * 86400
    with open(path, "w") as file:
        file.write("timestamp,power_total\n")
        np.savetxt(file, np.stack([home.times[known], home.total[known]], 1), fmt=("%d", "%g"), delimiter=",")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--days", type=float, help="at most this many days of each home")
    parser.add_argument("--keep", help="folder for the prediction files; default: a temporary one")
    parser.add_argument("--manifest", default="models/wavenilm/manifest.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        out = options.keep or os.path.join(temporary, "predictions")
        os.makedirs(out, exist_ok=True)
        for home in Validation(options.data).homes:
            source = os.path.join(temporary, home.name + ".csv")
            write_mains(home, source, options.days)
            subprocess.run(["npm", "run", "--silent", "nilm:predict", "--", "--input", source, "--output",
                            os.path.join(out, home.name + ".csv")], check=True)
        print_scores(out, os.path.join(options.data, "nilm", "validate"), options.manifest)


if __name__ == "__main__":
    main()
