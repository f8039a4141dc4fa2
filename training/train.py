"""Trains the network: python3 -m training.train --data ../shared/data --minutes 60 --resume

Writes <runs>/<name>/last.pt every two minutes and on SIGTERM (resumable), and best.pt whenever validation improves.
"""
import argparse
import copy
import json
import math
import os
import signal
import time

import numpy as np
import torch

from . import checkpoint
from .appliances import INDEX, NAMES
from .baselines import load_averaged
from .losses import loss_of
from .mixing import Mixer
from .model import BRANCHES, FAST, Wavenilm
from .old_design import OldDesign
from .released import checkpoint_of
from .seq2point import Seq2Point
from .slow_mixing import SlowMixer
from .sources import Sources
from .teachers import Teachers, distillation_loss_of
from .validation import StreamNetwork, Validation
from .window_teachers import ReplacedDesignTeacher, Seq2PointTeacher

SAVE_EVERY_SECONDS = 120
DECAY_SHARE = 0.55


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--name", default="main")
    parser.add_argument("--minutes", type=float, default=60, help="total training time, earlier parts of a resumed run included")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--start-from", help="checkpoint, or folder of a released model, whose weights a new run starts from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leave-out", nargs="*", default=[], help="training homes to score on instead of learning from them")
    parser.add_argument("--emphasis", nargs="*", default=[], metavar="APPLIANCE=FACTOR", help="factors on the weights in the loss")
    parser.add_argument("--teachers", nargs="+", metavar="CHECKPOINT",
                        help="one or two networks of the branch to learn from instead of the labels")
    parser.add_argument("--second-teaches", nargs="*", default=[], metavar="APPLIANCE=SHARE",
                        help="0 to 1: how much of an appliance's answer is the second teacher's; the rest is the first's")
    parser.add_argument("--window-teachers", nargs="*", default=[], metavar="APPLIANCE=CHECKPOINT",
                        help="networks to learn one appliance from, of several for one their mean: the fast network from those of the "
                             "replaced design, the slow one from seq2point")
    parser.add_argument("--windows-teach", nargs="*", default=[], metavar="APPLIANCE=SHARE",
                        help="0 to 1: how much of such an appliance's answer is theirs, 1 by default; the rest is the others'")
    parser.add_argument("--branch", choices=list(BRANCHES), default="fast")
    parser.add_argument("--channels", type=int, default=None, help="the branch's by default")
    parser.add_argument("--batch", type=int, default=8, help="segments a step")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--keep-rate", action="store_true",
                        help="no decay: the averaged weights of a lively network know fewer homes by heart")
    parser.add_argument("--average", type=float, default=0.9985, help="how much of the averaged weights a step keeps")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="bfloat16")
    parser.add_argument("--compile", action="store_true", help="torch.compile, on PyTorch 2 with a C++ compiler")
    parser.add_argument("--validate-every-minutes", type=float, default=15)
    return parser.parse_args()


def named(option, pairs):
    """(appliance, text) pairs of texts such as Freezer=3, as given to a command line option."""
    split = [tuple(pair.partition("=")[::2]) for pair in pairs]
    unknown = {name for name, _ in split} - set(NAMES)
    if unknown:
        raise SystemExit(f"{option}: no appliance is called {', '.join(sorted(unknown))}. They are {', '.join(NAMES)}.")
    return split


def by_appliance(option, pairs, otherwise):
    """Number of each appliance, in their order, from such texts."""
    numbers = dict(named(option, pairs))
    try:
        return [float(numbers.get(name, otherwise)) for name in NAMES]
    except ValueError as error:
        raise SystemExit(f"{option}: write a number, such as Freezer={otherwise + 1}.") from error


def shares_by_appliance(option, pairs, otherwise):
    shares = by_appliance(option, pairs, otherwise)
    if not all(0 <= share <= 1 for share in shares):
        raise SystemExit(f"{option}: a share is from 0, all of it the other teachers', to 1, all of it theirs.")
    return shares


def teachers_of(options, branch, device):
    """The networks of --teachers and --window-teachers; None where the labels teach."""
    second_shares = shares_by_appliance("--second-teaches", options.second_teaches, 0)
    window_shares = shares_by_appliance("--windows-teach", options.windows_teach, 1)
    windowed = {}
    for name, path in named("--window-teachers", options.window_teachers):
        windowed.setdefault(INDEX[name], []).append(path)
    for name, _ in named("--windows-teach", options.windows_teach):
        if INDEX[name] not in windowed:
            raise SystemExit(f"--windows-teach: say with --window-teachers {name}=CHECKPOINT which network teaches it.")
    if not options.teachers:
        if options.second_teaches or windowed:
            raise SystemExit("Say with --teachers which network teaches what the others do not.")
        return None
    if len(options.teachers) > 2 or any(second_shares) != (len(options.teachers) == 2):
        raise SystemExit("--teachers: give one checkpoint, or two and what the second teaches with --second-teaches.")
    saved = [checkpoint.load(path) for path in options.teachers]
    if any(checkpoint.branch_of(c) is not branch for c in saved):
        raise SystemExit(f"--teachers: give checkpoints of the {branch.name} network.")
    first, *second = (checkpoint.averaged_network(c).to(device) for c in saved)
    windows = {index: [window_teacher(branch, index, path, device) for path in paths] for index, paths in windowed.items()}
    return Teachers(first, second[0] if second else None, second_shares, windows, window_shares)


def window_teacher(branch, index, path, device):
    """The teacher of one appliance that sees what the branch sees."""
    try:
        if branch is FAST:
            return ReplacedDesignTeacher(load_averaged(OldDesign(index), path).to(device))
        return Seq2PointTeacher(load_averaged(Seq2Point(), path).to(device), index)
    except RuntimeError as error:
        expected = "a network of the replaced design" if branch is FAST else "seq2point"
        raise SystemExit(f"--window-teachers: {path} is not {expected}, which teaches the {branch.name} network.") from error


def learning_rate(peak, step, progress, falls=True):
    """Warm-up, a plateau, then, if it falls, a cosine decay over the last DECAY_SHARE of the time budget."""
    warm = min(1, (step + 1) / 300)
    if not falls or progress < 1 - DECAY_SHARE:
        return peak * warm
    return peak * warm * (0.02 + 0.49 * (1 + math.cos(math.pi * (progress - 1 + DECAY_SHARE) / DECAY_SHARE)))


def batch_of(mixer, size, device):
    columns = zip(*(mixer.segment() for _ in range(size)))
    return [torch.from_numpy(np.stack(c)).to(device) for c in columns]


def step_of(loss, network, average, optimizer, rate, keep):
    """One step of the optimizer; the averaged network keeps the share `keep` of itself."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    with torch.no_grad():
        for target, source in zip(average.parameters(), network.parameters()):
            target.lerp_(source, 1 - keep)


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    folder = os.path.join(options.runs, options.name)
    os.makedirs(folder, exist_ok=True)
    last_path, best_path = os.path.join(folder, "last.pt"), os.path.join(folder, "best.pt")

    branch, emphasis = BRANCHES[options.branch], by_appliance("--emphasis", options.emphasis, 1)
    network = Wavenilm(branch, options.channels).to(device)
    average = copy.deepcopy(network).eval()
    before = {"steps": 0, "seconds_seen": 0, "spent_seconds": 0.0, "window_shares": {}}
    if options.start_from:
        folder_given = os.path.isdir(options.start_from)
        first = checkpoint_of(options.start_from, branch) if folder_given else checkpoint.load(options.start_from)
        network.load_state_dict(first["average"])
        average.load_state_dict(network.state_dict())
        before = checkpoint.whole_training(first)
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.01, betas=(0.9, 0.98))
    step, seen, spent, best, history = 0, 0, 0.0, -math.inf, []
    if options.resume and os.path.exists(last_path):
        saved = checkpoint.load(last_path)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        before, step, seen, spent = (saved[key] for key in ("before", "step", "seconds_seen", "spent_seconds"))
        best, history = saved["best"], saved["history"]
    sources = Sources(options.data, without=options.leave_out)
    seed = options.seed + 1000 * step
    mixer = (SlowMixer if branch.name == "slow" else Mixer)(sources, seed)
    validation = Validation(options.data, days=20, left_out=options.leave_out)
    teachers = teachers_of(options, branch, device)
    run = torch.compile(network) if options.compile else network
    bfloat16 = options.precision == "bfloat16"

    def content():
        return {"config": vars(options), "network": network.state_dict(), "average": average.state_dict(),
                "optimizer": optimizer.state_dict(), "step": step, "spent_seconds": spent, "best": best,
                "history": history, "seconds_seen": seen, "before": before, "files": sources.files,
                "window_shares": teachers.shares_of_windows() if teachers else {}}

    budget = options.minutes * 60
    saved_at, validated_at = spent, spent
    running, clock = None, time.monotonic()
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    while spent < budget and not stopping:
        rate = learning_rate(options.rate, step, spent / budget, not options.keep_rate)
        features, watts, state, weight, total = batch_of(mixer, options.batch, device)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=bfloat16):
            logits, power = run(features)
            taught = teachers and teachers(features, total)
        if taught:
            loss, parts = distillation_loss_of(logits, power, taught, emphasis)
        else:
            loss, parts = loss_of(logits, power, watts, state, weight, total, branch.lookahead_steps, emphasis)
        step_of(loss, network, average, optimizer, rate, min(options.average, (step + 1) / (step + 20)))
        step, seen = step + 1, seen + options.batch * total.shape[1] * branch.step_seconds
        running = parts if running is None else {k: 0.99 * running[k] + 0.01 * v for k, v in parts.items()}
        now = time.monotonic()
        spent, clock = spent + now - clock, now
        if step % 50 == 0:
            speed = seen / spent
            print(f"step {step} {spent / 60:.1f} min cpu {time.process_time():.0f} s rate {rate:.2e} speed {speed:.0f} s/s "
                  + " ".join(f"{k} {v:.4f}" for k, v in running.items()), flush=True)
        if spent - saved_at > SAVE_EVERY_SECONDS:
            checkpoint.save(last_path, content())
            saved_at = spent
        if spent - validated_at > options.validate_every_minutes * 60 or spent >= budget:
            validated_at = spent
            score, lines = validation.quick_score(StreamNetwork.of(average, options.threads))
            history.append({"step": step, "minutes": spent / 60, "score": score})
            print(f"validation at {spent / 60:.1f} min: score {score:.4f}\n" + "\n".join(lines), flush=True)
            if score > best:
                best = score
                checkpoint.save(best_path, content())
            checkpoint.save(last_path, content())
            clock = time.monotonic()
    checkpoint.save(last_path, content())
    with open(os.path.join(folder, "history.json"), "w") as file:
        json.dump(history, file, indent=1)


if __name__ == "__main__":
    main()
