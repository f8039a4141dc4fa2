"""Trains the planner from scratch on pairs drawn on the fly.

    python -m training.assistant.train --out RUN --minutes 30 [--init RUN/last.pt]

Stops when `--minutes` of CPU time (or `--wall-minutes`) are used or RUN/stop exists; the rate falls over the last three fifths. RUN/last.pt holds the running
average of the weights, which is what is exported, and the weights themselves, from which `--init` goes on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch

from training.assistant.corpus import draw_pair
from training.assistant.model_config import MAX_SOURCE, MAX_TARGET, PAD, Words, build_vocabulary
from training.assistant.planner_model import PlannerModel


WARM_UP_STEPS = 80
# How much faster the matrices inside the blocks move than the rest.
MUON_RATE = 4.0


class Muon(torch.optim.Optimizer):
    """Momentum whose update is made orthogonal by a Newton-Schulz iteration (Jordan and others 2024, "Muon"), for the weight matrices
    inside the blocks: on little processor time it learns from fewer questions than AdamW does."""

    def __init__(self, parameters: list[torch.nn.Parameter], lr: float, momentum: float = 0.95) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                buffer = state.setdefault("momentum", torch.zeros_like(parameter))
                buffer.lerp_(parameter.grad, 1 - group["momentum"])
                update = orthogonal(parameter.grad.lerp(buffer, group["momentum"]))
                parameter.add_(update, alpha=-group["lr"] * max(1.0, update.shape[0] / update.shape[1]) ** 0.5)


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """The nearest orthogonal matrix, roughly, by five steps of the quintic iteration of the Muon paper."""
    transposed = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if transposed else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        product = x @ x.T
        x = 3.4445 * x + (-4.7750 * product + 2.0315 * product @ product) @ x
    return x.T if transposed else x


def pad(rows: list[list[int]], value: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def batches(words: Words, rng: random.Random, size: int):
    """Batches of questions of about the same length. Sorting only a few batches at a time keeps every kind of plan in every batch:
    batches of one kind make the model swing from kind to kind."""
    while True:
        pairs = sorted((draw_pair(rng) for _ in range(size * 3)), key=lambda pair: len(pair[0].split()))
        groups = [pairs[start : start + size] for start in range(0, len(pairs), size)]
        rng.shuffle(groups)
        for group in groups:
            yield (pad([words.encode(source, MAX_SOURCE) for source, _ in group], PAD), pad([words.encode(target, MAX_TARGET) for _, target in group], -100))


def new_model(words: Words, init: Path | None) -> PlannerModel:
    model = PlannerModel(words)
    if init is None:
        return model
    saved = torch.load(init, weights_only=True)
    old = Words(saved.pop("vocabulary"))
    state = saved["raw"]
    table = state["t5.shared.weight"]
    embedding = model.t5.shared.weight.data.clone()
    for position, word in enumerate(words.vocabulary):
        if word in old.index:
            embedding[position] = table[old.index[word]]
        else:
            embedding[position] = table[old.index["[UNK]"]] + 0.1 * torch.randn(embedding.shape[1])
    for name in ("t5.shared.weight", "t5.encoder.embed_tokens.weight", "t5.decoder.embed_tokens.weight", "t5.lm_head.weight"):
        if name in state:
            state[name] = embedding
    model.load_state_dict(state, strict=False)
    return model


def exact_share(model: PlannerModel, words: Words, rng: random.Random, count: int) -> float:
    pairs = [draw_pair(rng) for _ in range(count)]
    source = pad([words.encode(text, MAX_SOURCE) for text, _ in pairs], PAD)
    model.eval()
    with torch.no_grad():
        output = model.t5.generate(inputs_embeds=model.embed(source), attention_mask=(source != PAD).long(), max_new_tokens=MAX_TARGET, num_beams=1, do_sample=False)
    model.train()
    return sum(words.decode(row.tolist()) == target for row, (_, target) in zip(output, pairs, strict=True)) / count


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True, help="CPU minutes")
    parser.add_argument("--wall-minutes", type=float, default=1e9, help="stop after so long on the clock, too: for a busy machine")
    parser.add_argument("--init", type=Path)
    parser.add_argument("--words", type=Path, help="words.json of an earlier run of the same grammar")
    parser.add_argument("--batch", type=int, default=80)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    words = Words.load(arguments.words) if arguments.words else Words(build_vocabulary(250_000, seed=0))
    (arguments.out / "words.json").write_text(json.dumps(words.vocabulary))
    model = new_model(words, arguments.init)
    model.train()
    inner = [parameter for name, parameter in model.named_parameters() if parameter.ndim == 2 and "block" in name and "relative_attention_bias" not in name]
    outer = [parameter for parameter in model.parameters() if not any(parameter is matrix for matrix in inner)]
    optimizers = [torch.optim.AdamW(outer, lr=arguments.rate, weight_decay=0.01, betas=(0.9, 0.98)), Muon(inner, lr=arguments.rate * MUON_RATE)]
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.996))
    budget = arguments.minutes * 60
    step, total, last_report, started = 0, 0.0, time.time(), time.process_time()
    began = last_report
    for source, target in batches(words, rng, arguments.batch):
        spent = max((time.process_time() - started) / budget, (time.time() - began) / 60 / arguments.wall_minutes)
        scale = min(1.0, (step + 1) / WARM_UP_STEPS) * max(0.02, min(1.0, (1 - spent) / 0.6))
        for optimizer, rate in zip(optimizers, (arguments.rate, arguments.rate * MUON_RATE), strict=True):
            for group in optimizer.param_groups:
                group["lr"] = rate * scale
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = model(source, (source != PAD).long(), target)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(outer, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        if step > WARM_UP_STEPS:
            average.update_parameters(model)
        total = loss.item() if step == 1 else 0.97 * total + 0.03 * loss.item()
        over = spent >= 1 or (arguments.out / "stop").exists()
        if time.time() - last_report > 300 or over:
            last_report = time.time()
            torch.save({"model": average.module.state_dict(), "raw": model.state_dict(), "vocabulary": words.vocabulary}, arguments.out / "last.pt")
            share = exact_share(average.module, words, random.Random(10_000_019), 200) if step > 200 else 0.0
            print(f"step {step} cpu {(time.process_time() - started) / 60:.1f} min loss {total:.3f} exact on the grammar {share:.3f}", flush=True)
        if over:
            break


if __name__ == "__main__":
    main()
