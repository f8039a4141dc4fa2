"""Trains the baselines that `training.report` sets beside the released model:

    python3 -m training.baselines --data ../shared/data --seq2point-minutes 60 --old-design-minutes 15

Writes <runs>/seq2point.pt and <runs>/old-design/<appliance>.pt every two minutes and on SIGTERM, and goes on from them: what
has had its minutes is left as it is. The old design has one network, and one budget, for each appliance of which the
validation homes meter MIN_ACTIVATIONS runs or more; the others stay untrained and are excluded.
"""
import argparse
import copy
import os
import signal
import time

import torch

from . import checkpoint, old_design, seq2point
from .appliances import INDEX, NAMES
from .labels import runs
from .mixing import Mixer
from .slow_mixing import SlowMixer
from .sources import Sources
from .validation import Validation

MIN_ACTIVATIONS = 10
SAVE_EVERY_SECONDS = 120
WARM_UP_STEPS = 100
PLATEAU_SHARE = 0.45
# How much of the averaged weights, which are what is scored, a step keeps.
AVERAGE = 0.997


def comparable(homes):
    """Names of the appliances of which the homes have MIN_ACTIVATIONS runs or more."""
    counts = {name: sum(len(runs(home.state[name])[0]) for home in homes if name in home.watts) for name in NAMES}
    return [name for name in NAMES if counts[name] >= MIN_ACTIVATIONS]


def learning_rate(peak, step, progress):
    """Warm-up, a plateau, then a straight line to 2 % of the peak at the end of the time budget."""
    decay = min(1.0, (1 - progress) / (1 - PLATEAU_SHARE))
    return peak * min(1.0, (step + 1) / WARM_UP_STEPS) * max(0.02, decay)


class Stop:
    """Set by SIGTERM, so that the step in hand is saved."""

    def __init__(self):
        self.asked = False
        signal.signal(signal.SIGTERM, self.ask)

    def ask(self, *_):
        self.asked = True

    def end(self):
        """Gives SIGTERM its usual meaning back, and follows one that came."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if self.asked:
            raise SystemExit("stopped and saved; the same command goes on from here")


def fit(title, network, loss_at, path, minutes, peak, seed, stop):
    """Trains up to `minutes` of processor time in all, earlier calls included; none leaves things as they are.

    `loss_at(network)` draws a batch.
    """
    if minutes <= 0:
        return
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device)
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=peak, weight_decay=0.01)
    step, spent = 0, 0.0
    if os.path.exists(path):
        saved = checkpoint.load(path)
        step, spent = saved["step"], saved["spent_seconds"]
        if spent >= minutes * 60:
            return
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    torch.manual_seed(seed + step)

    def save():
        checkpoint.save(path, {"average": average.state_dict(), "network": network.state_dict(),
                               "optimizer": optimizer.state_dict(), "step": step, "spent_seconds": spent})

    saved_at, clock, running = spent, time.process_time(), None
    while spent < minutes * 60 and not stop.asked:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(peak, step, spent / (minutes * 60))
        with torch.autocast(device, dtype=torch.bfloat16):
            loss = loss_at(network)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        keep = min(AVERAGE, (step + 1) / (step + 20))
        with torch.no_grad():
            for target, source in zip(average.parameters(), network.parameters()):
                target.lerp_(source, 1 - keep)
        step += 1
        now = time.process_time()
        spent, clock = spent + now - clock, now
        running = float(loss.detach()) if running is None else 0.98 * running + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(f"{title} step {step} {spent / 60:.1f} min loss {running:.4f}", flush=True)
        if spent - saved_at > SAVE_EVERY_SECONDS:
            save()
            saved_at, clock = spent, time.process_time()
    save()


def seq2point_path(runs_folder):
    return os.path.join(runs_folder, "seq2point.pt")


def old_design_path(runs_folder, name):
    return os.path.join(runs_folder, "old-design", name + ".pt")


def has_had(path, minutes):
    return minutes <= 0 or os.path.exists(path) and checkpoint.load(path)["spent_seconds"] >= minutes * 60


def load_averaged(network, path):
    """The network with a checkpoint's averaged weights, ready to predict."""
    network.load_state_dict(checkpoint.load(path)["average"])
    return network.eval()


def train(data, runs_folder, seq2point_minutes, old_design_minutes, seed, names):
    """Trains what has not had its minutes: seq2point, and the old design of the named appliances."""
    if has_had(seq2point_path(runs_folder), seq2point_minutes) and all(
            has_had(old_design_path(runs_folder, name), old_design_minutes) for name in names):
        return
    stop, sources = Stop(), Sources(data)
    # A run that goes on draws other segments than before.
    paths = [seq2point_path(runs_folder), *(old_design_path(runs_folder, name) for name in names)]
    drawn = seed + 1000 * sum(checkpoint.load(path)["step"] for path in paths if os.path.exists(path))
    slow_mixer, mixer = SlowMixer(sources, drawn), Mixer(sources, drawn)
    fit("seq2point", seq2point.Seq2Point(),
        lambda network: seq2point.loss_of(network, *on_device(network, seq2point.examples(slow_mixer, seq2point.BATCH))),
        seq2point_path(runs_folder), seq2point_minutes, seq2point.RATE, seed, stop)
    for name in names:
        if stop.asked:
            break
        torch.manual_seed(seed)

        def loss_at(network, index=INDEX[name]):
            batch = old_design.examples(mixer, slow_mixer, index, old_design.BATCH)
            return old_design.loss_of(network, *on_device(network, batch))

        fit("old design " + name, old_design.OldDesign(INDEX[name]), loss_at, old_design_path(runs_folder, name),
            old_design_minutes, old_design.RATE, seed, stop)
    stop.end()


def on_device(network, tensors):
    device = next(network.parameters()).device
    return [x.to(device) for x in tensors]


def add_training_options(parser):
    """What `training.report` takes as well."""
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--runs", default="training/runs/baselines")
    parser.add_argument("--seq2point-minutes", type=float, default=60, help="of processor time")
    parser.add_argument("--old-design-minutes", type=float, default=15, help="of processor time, for each appliance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_training_options(parser)
    parser.add_argument("--appliances", help="which of the old design's networks to train, such as Microwave,Freezer")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    names = options.appliances.split(",") if options.appliances else comparable(Validation(options.data).homes)
    train(options.data, options.runs, options.seq2point_minutes, options.old_design_minutes, options.seed, names)


if __name__ == "__main__":
    main()
