"""Trains the two forests on run-to-failure bearings and writes models/vibration.

    python3 -m training.vibration.train --data ../shared/data
"""

import argparse
import csv
import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

from .card import card_text
from .features import (BASELINE_SNAPSHOTS, CHANNELS, FEATURES, LONG_SNAPSHOTS, SHORT_SNAPSHOTS, baseline_of,
                       feature_rows, features_of)

# By the share of its life that a bearing has left: below 10 %, below 50 %, the rest.
CLASSES = ('critical', 'worn', 'healthy')
CLASS_LIMITS = (0.1, 0.5)
FOREST = {'n_estimators': 60, 'min_samples_leaf': 20, 'max_features': 1 / 3, 'random_state': 6, 'n_jobs': 2}
INTERVAL = (0.1, 0.9)
# What is predicted is sorted into these for the interval: forests err differently near the end.
BIN_EDGES = (0.25, 0.5)
MODEL_TOLERANCE = 1e-4


def read_bearings(data: Path) -> dict[str, tuple[np.ndarray, float]]:
    """Snapshots of each bearing in order of time with their distance in seconds."""
    rows: dict[str, list] = {}
    with gzip.open(data / 'vibration' / 'femto_learning_features.csv.gz', 'rt') as file:
        for row in csv.DictReader(file):
            rows.setdefault(row['bearing'], []).append([float(row['t_s'])] + [float(row[name]) for name in CHANNELS])
    series = {name: np.array(sorted(values)) for name, values in sorted(rows.items())}
    return {name: (values[:, 1:], float(np.median(np.diff(values[:, 0])))) for name, values in series.items()}


def examples_of(series: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Feature rows and the share of life left at each."""
    rows, indices = feature_rows(series)
    return rows, 1 - (indices + 1) / len(series)


def fit(examples: dict) -> tuple[RandomForestClassifier, RandomForestRegressor]:
    rows = np.concatenate([x for x, _ in examples.values()])
    left = np.concatenate([y for _, y in examples.values()])
    # Each bearing weighs the same, however long it lived.
    weights = np.concatenate([np.full(len(y), 1 / len(y)) for _, y in examples.values()])
    weights *= len(left) / weights.sum()
    health = RandomForestClassifier(class_weight='balanced_subsample', **FOREST).fit(rows, classes_of(left), weights)
    return health, RandomForestRegressor(**FOREST).fit(rows, left, weights)


def classes_of(left: np.ndarray) -> np.ndarray:
    return np.digitize(left, CLASS_LIMITS)


def hours_left(share: np.ndarray, age_hours: np.ndarray) -> np.ndarray:
    """What is left of a life of which `share` is left after `age_hours`."""
    share = np.clip(share, 0, 0.99)
    return age_hours * share / (1 - share)


def leave_one_out(examples: dict, seconds: dict) -> tuple[list, np.ndarray, dict]:
    """Each bearing judged by forests that never saw it."""
    folds, confusion, pooled = [], np.zeros((3, 3)), {'guess': [], 'left': [], 'weight': [], 'critical': []}
    for name, (rows, left) in examples.items():
        health, remaining = fit({other: value for other, value in examples.items() if other != name})
        guess, found, true = remaining.predict(rows), health.predict(rows), classes_of(left)
        total_hours = seconds[name] / 3600
        age = (1 - left) * total_hours
        folds.append({
            'bearing': name, 'snapshots': len(left), 'lifeHours': round(total_hours, 2),
            'remainingShareMae': mean_error(guess, left), 'guessHalfMae': mean_error(np.full(len(left), 0.5), left),
            'lastThirdShareMae': mean_error(guess[left < 1 / 3], left[left < 1 / 3]),
            'remainingHoursMae': mean_error(hours_left(guess, age), left * total_hours),
            'guessHalfHoursMae': mean_error(age, left * total_hours),
            'classAccuracy': round(float((found == true).mean()), 3),
            'balancedAccuracy': round(float(np.mean([(found[true == k] == k).mean() for k in range(3)])), 3),
        })
        for is_, says in zip(true, found):
            confusion[is_, says] += 1 / len(left)
        pooled['guess'].append(guess)
        pooled['critical'].append(health.predict_proba(rows)[:, 0])
        pooled['left'].append(left)
        pooled['weight'].append(np.full(len(left), 1 / len(left)))
    return folds, confusion / len(examples), {key: np.concatenate(value) for key, value in pooled.items()}


def mean_error(guess: np.ndarray, truth: np.ndarray) -> float:
    return round(float(np.abs(guess - truth).mean()), 3)


def intervals_of(pooled: dict) -> list[dict]:
    """What was left where the forest guessed about as much, over left-out bearings: quantiles of the error."""
    bins = np.digitize(pooled['guess'], BIN_EDGES)
    result = []
    for index in range(len(BIN_EDGES) + 1):
        mine = bins == index
        error = pooled['left'][mine] - pooled['guess'][mine]
        order = np.argsort(error)
        shares = np.cumsum(pooled['weight'][mine][order])
        low, high = (float(error[order][np.searchsorted(shares, q * shares[-1])]) for q in INTERVAL)
        result.append({'below': BIN_EDGES[index] if index < len(BIN_EDGES) else 1.01,
                       'low': round(low, 3), 'high': round(high, 3)})
    return result


def alarm_of(pooled: dict) -> dict:
    """The lowest probability of `critical` above which it was so in most cases, over left-out bearings of equal weight. Chosen and
    counted on the same bearings, so that both figures flatter it."""
    is_critical = pooled['left'] < CLASS_LIMITS[0]
    for threshold in np.arange(0.3, 1, 0.05):
        says = pooled['critical'] >= threshold
        hits, said = pooled['weight'][says & is_critical].sum(), pooled['weight'][says].sum()
        if said > 0 and hits / said >= 0.5:
            recall = hits / pooled['weight'][is_critical].sum()
            return {'probability': round(float(threshold), 2), 'precision': round(float(hits / said), 3),
                    'recall': round(float(recall), 3)}
    raise SystemExit('At no threshold is a critical bearing more likely than not.')


def golden_of(health, remaining) -> dict:
    """A made-up bearing with the forests' answers: what the run time must agree with."""
    steps = np.arange(90)
    wave = lambda period, phase: np.sin(2 * np.pi * steps / period + phase)
    growth = np.exp(np.maximum(0, steps - 60) / 18)
    columns = [0.5 * growth * (1 + 0.05 * wave(7, 0)), 3 + 0.2 * wave(5, 1) + growth / 4, 2 * growth * (1 + 0.1 * wave(6, 2)),
               0.4 * growth * (1 + 0.05 * wave(9, 3)), 3 + 0.2 * wave(11, 4), 1.6 * growth * (1 + 0.1 * wave(4, 5))]
    series = np.round(np.stack(columns, axis=1), 5)
    row = features_of(series[-LONG_SNAPSHOTS:], baseline_of(series))
    return {'channels': list(CHANNELS), 'snapshots': series.tolist(), 'features': [round(float(v), 6) for v in row],
            'healthProbabilities': [round(float(v), 6) for v in health.predict_proba(row[None])[0]],
            'remainingShare': round(float(remaining.predict(row[None])[0]), 6)}


def export(model, path: Path, rows: np.ndarray) -> None:
    """Writes the graph and refuses where it answers otherwise than the forest."""
    options = {'zipmap': False} if hasattr(model, 'predict_proba') else {}
    graph = to_onnx(model, initial_types=[('features', FloatTensorType([None, len(FEATURES)]))],
                    options={id(model): options}, target_opset={'': 17, 'ai.onnx.ml': 3})
    graph.doc_string = ''
    path.write_bytes(graph.SerializeToString())
    outputs = onnxruntime.InferenceSession(path).run(None, {'features': rows})
    given = outputs[1] if options else outputs[0][:, 0]
    expected = model.predict_proba(rows) if options else model.predict(rows)
    worst = float(np.abs(given - expected).max())
    if worst > MODEL_TOLERANCE:
        raise SystemExit(f'{path} differs from the forest by {worst}')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', type=Path, default=Path('../shared/data'))
    parser.add_argument('--out', type=Path, default=Path('models/vibration'))
    arguments = parser.parse_args()
    bearings = read_bearings(arguments.data)
    examples = {name: examples_of(series) for name, (series, _) in bearings.items()}
    seconds = {name: len(series) * step for name, (series, step) in bearings.items()}
    folds, confusion, pooled = leave_one_out(examples, seconds)
    health, remaining = fit(examples)
    arguments.out.mkdir(parents=True, exist_ok=True)
    every = np.concatenate([rows for rows, _ in examples.values()])
    files = {}
    for kind, model in (('health', health), ('remaining', remaining)):
        path = arguments.out / f'{kind}.onnx'
        export(model, path, every[::7])
        files[kind] = {'name': path.name, 'sha256': hashlib.sha256(path.read_bytes()).hexdigest()}
    version = hashlib.sha256(''.join(file['sha256'] for file in files.values()).encode()).hexdigest()[:8]
    manifest = {
        'name': 'vibration', 'version': f'1.0.0-{version}', 'files': files,
        'features': list(FEATURES), 'channels': list(CHANNELS),
        'baselineSnapshots': BASELINE_SNAPSHOTS, 'shortSnapshots': SHORT_SNAPSHOTS, 'longSnapshots': LONG_SNAPSHOTS,
        'classes': list(CLASSES), 'classLimits': list(CLASS_LIMITS),
        'remainingShareIntervals': intervals_of(pooled), 'intervalQuantiles': list(INTERVAL),
        'alarm': alarm_of(pooled),
        'leaveOneOut': {'folds': folds, 'confusion': np.round(confusion, 4).tolist(),
                        'precision': [round(float(confusion[k, k] / max(1e-9, confusion[:, k].sum())), 3) for k in range(3)],
                        'recall': [round(float(confusion[k, k] / confusion[k].sum()), 3) for k in range(3)]},
    }
    (arguments.out / 'manifest.json').write_text(json.dumps(manifest, indent=1) + '\n')
    (arguments.out / 'golden.json').write_text(json.dumps(golden_of(health, remaining)) + '\n')
    (arguments.out / 'CARD.md').write_text(card_text(manifest))
    print(json.dumps(manifest['leaveOneOut'], indent=1), manifest['remainingShareIntervals'], manifest['alarm'])


if __name__ == '__main__':
    main()
