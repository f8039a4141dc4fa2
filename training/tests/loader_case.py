"""What the tests of the loaders share."""
import gzip
import os
import tempfile
import unittest
from datetime import datetime, timezone

import numpy as np

from training.loaders.errors import BadInput
from training.loaders.registry import FORMATS
from training.loaders.request import Request

START = 1_400_000_400
assert START % 240 == 0


def utc(seconds, form="%Y-%m-%d %H:%M:%S"):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime(form)


class LoaderTest(unittest.TestCase):
    """Files are made in a folder of the test's own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.notes = []

    def write(self, name, lines):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with gzip.open(path, "wt") if name.endswith(".gz") else open(path, "w") as file:
            file.write("".join(line + "\n" for line in lines))
        return path

    def load(self, form, path=None, **options):
        return list(FORMATS[form](Request(path or self.folder, note=self.notes.append, **options)))

    def assert_error(self, text, form, path=None, **options):
        with self.assertRaises(BadInput) as caught:
            self.load(form, path, **options)
        self.assertIn(text, str(caught.exception))

    def assert_watts(self, column, expected):
        np.testing.assert_allclose(column, expected, rtol=1e-6)
