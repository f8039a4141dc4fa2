import argparse
import contextlib
import io
import os
import unittest
from datetime import datetime, timezone
from unittest import mock

import numpy as np

from training import prepare
from training.appliances import INDEX
from training.loaders.errors import BadInput
from training.mixing import Mixer
from training.slow_mixing import SlowMixer
from training.sources import Sources
from training.tests.loader_case import START, LoaderTest, utc


class PrepareTest(LoaderTest):
    def prepare(self, form, path, **options):
        out = os.path.join(self.folder, "out")
        options = {"house": None, "step": None, "appliances": None, "validate": None, **options}
        with contextlib.redirect_stdout(io.StringIO()):
            return out, prepare.prepare(argparse.Namespace(format=form, input=path, out=out, **options))

    def csv_home(self, name, header, watts):
        rows = [f"{START + i},{total:.1f}" + "".join(f",{w:.0f}" for w in rest) for i, (total, *rest) in enumerate(zip(*watts))]
        return self.write(f"in/{name}.csv", [header, *rows])

    def test_prepared_homes_and_traces_are_what_training_reads(self):
        seconds = np.arange(9000)
        kettle = 2000.0 * (seconds % 3000 < 150)
        # The mixers want a trace of each appliance they have no made-up waveform for.
        others = [name for name in INDEX if name not in ("ElectricKettle", "Computer")]
        self.csv_home("labelled", ",".join(["timestamp,power_total,ElectricKettle", *others]),
                      [300 + kettle, kettle, *[1000.0 * (seconds > 4000)] * len(others)])
        self.csv_home("mains", "timestamp,power_total", [250 + 0.4 * (seconds % 2)])
        self.prepare("csv", os.path.join(self.folder, "in"))
        day = datetime.fromtimestamp(START, timezone.utc).date()
        for kind, plug in (("MacBookPro_13in", "MacBook_Pro"), ("Lamp", "dev_1")):
            rows = [f"{utc(START + i, '%d/%m/%Y %H:%M:%S')};{40 if i < 600 else 0};0" for i in range(1200)]
            self.write(f"traces/australia/{kind}/{plug}_{day:%Y.%m.%d}.csv", rows)
        out, _ = self.prepare("tracebase", os.path.join(self.folder, "traces"))
        sources = Sources(out)
        self.assertEqual([home.name for home in sources.homes], ["home_labelled_1s", "home_mains_1s"])
        labelled, mains = sources.homes
        self.assert_watts(labelled.total, 300 + kettle)
        self.assert_watts(mains.total, 250)
        self.assertEqual(labelled.times[0], START)
        self.assertEqual(labelled.absent, {})
        self.assertEqual(len(labelled.watts), 10)
        self.assertEqual(len(sources.traces[INDEX["ElectricKettle"]]), 1)
        self.assertEqual(len(sources.traces[INDEX["ElectricKettle"]][0].activations), 3)
        computer, = sources.traces[INDEX["Computer"]]
        self.assertEqual(computer.activations, ((START % 86_400, START % 86_400 + 600),))
        self.assertEqual(len(sources.backgrounds), 1)
        self.assertEqual(len(Sources(out, homes_only=True).homes), 2)
        for mixer in (Mixer(sources, 1), SlowMixer(sources, 1)):
            for _ in range(12):
                self.assertTrue(all(np.isfinite(part).all() for part in mixer.segment()))

    def test_validation_homes_never_reach_the_training_folder(self):
        for house in (1, 3):
            self.write(f"in/house_{house}/labels.dat", ["1 aggregate", "2 kettle"])
            for channel in (1, 2):
                self.write(f"in/house_{house}/channel_{channel}.dat", [f"{START + 6 * i} {2000 + i}" for i in range(50)])
        source = os.path.join(self.folder, "in")
        out, paths = self.prepare("ukdale", source)
        self.assertEqual([os.path.relpath(path, out) for path in paths],
                         ["nilm/train/ukdale_house1_6s.npz", "nilm/validate/ukdale_house3_6s.npz"])
        self.assertEqual(Sources(out).homes[0].absent, {"HeatPump": 1.0, "Dryer": 1.0, "ElectricOven": float(np.float32(.7))})
        _, paths = self.prepare("ukdale", source, house=frozenset({3}), validate=frozenset())
        self.assertIn("nilm/train", paths[0])
        with self.assertRaisesRegex(BadInput, "no such house"):
            self.prepare("ukdale", source, house=frozenset({9}))

    def test_what_is_no_power_of_a_home_is_missing(self):
        out = prepare.to_int16(np.float32([1.6, -3.2, np.nan, 40_000, -40_000]))
        self.assertEqual(out.tolist(), [2, -3, -32768, -32768, -32768])

    def test_a_home_too_short_to_serve_as_background_is_left_out(self):
        self.csv_home("short", "timestamp,power_total", [np.full(600, 200.0)])
        with self.assertRaisesRegex(BadInput, "nothing in it could be used"):
            self.prepare("csv", os.path.join(self.folder, "in"))

    def test_the_command_answers_bad_input_with_one_line(self):
        with mock.patch("sys.argv", ["prepare", "--format", "csv", "--input", "/nowhere.csv", "--out", self.folder]):
            with self.assertRaisesRegex(SystemExit, "^error: /nowhere.csv: does not exist$"):
                prepare.main()


if __name__ == "__main__":
    unittest.main()
