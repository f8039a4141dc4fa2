"""models/vibration/CARD.md, written from the manifest so that its figures are those of the model beside it."""


def card_text(manifest: dict) -> str:
    left_out = manifest['leaveOneOut']
    folds = left_out['folds']
    alarm = manifest['alarm']
    mean = lambda key: sum(fold[key] for fold in folds) / len(folds)
    rows = [
        f"| {f['bearing']} | {f['lifeHours']:.1f} | {f['remainingShareMae']:.3f} | {f['guessHalfMae']:.3f} "
        f"| {f['lastThirdShareMae']:.3f} | {f['remainingHoursMae']:.2f} | {f['guessHalfHoursMae']:.2f} "
        f"| {f['classAccuracy']:.2f} | {f['balancedAccuracy']:.2f} |" for f in folds]
    rows.append(f"| mean | {mean('lifeHours'):.1f} | {mean('remainingShareMae'):.3f} | {mean('guessHalfMae'):.3f} "
                f"| {mean('lastThirdShareMae'):.3f} | {mean('remainingHoursMae'):.2f} | {mean('guessHalfHoursMae'):.2f} "
                f"| {mean('classAccuracy'):.2f} | {mean('balancedAccuracy'):.2f} |")
    classes = [f"| {name} | {precision:.2f} | {recall:.2f} |" for name, precision, recall in
               zip(manifest['classes'], left_out['precision'], left_out['recall'])]
    return f"""# vibration {manifest['version']}

Two random forests that judge a rolling bearing by its vibration: a health class, and the share of its life that is left.
Written by `python3 -m training.vibration.train`.

## Input and output

RMS, kurtosis (a Gaussian has 3) and peak of acceleration in g on two axes, one set a snapshot. Features are logarithms of ratios
to the bearing's own first {manifest['baselineSnapshots']} snapshots (training/vibration/features.py). Classes by the share of life
left: critical below 10 %, worn below 50 %, healthy. The time left follows from how long the bearing has been observed: after a time
t with a share s left it is t s / (1 - s).

## Data and credit

Learning set of the IEEE PHM 2012 prognostic challenge: six bearings run to failure on the PRONOSTIA test bench of the FEMTO-ST
institute (Nectoux et al., "PRONOSTIA: An experimental platform for bearings accelerated degradation tests", IEEE PHM 2012).
Snapshots of 0.1 s (2560 samples) every 10 s.

## Figures, each bearing judged by forests that never saw it

Mean absolute error of the share of life left, beside always guessing a half; the same in hours; accuracy of the three classes and
its mean over classes (guessing: 0.33).

| bearing | life h | share | guess half | share, last third | hours | guess half, hours | accuracy | balanced |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

| class | precision | recall |
|---|---|---|
{chr(10).join(classes)}

An entry in the maintenance list needs a probability of `critical` of {alarm['probability']:.2f} or more: over left-out snapshots that
was right in {100 * alarm['precision']:.0f} % of cases and found {100 * alarm['recall']:.0f} % of the critical ones. The threshold was
chosen on the same bearings, so both figures flatter it.

## Limits

- Six bearings of one kind on one bench, overloaded so that they fail within hours. Machines in buildings age otherwise, over
  years; nothing here was measured on them.
- The figures above are all that is known. Some bearings fail with next to no warning, and a bearing that ages in steps looks better
  than it is. The error is large: a date from it is a reason to look, never a reason not to.
- A bearing that was worn when its sensor came is compared with itself worn, and looks well.
- The class is by the share of life, which only vibration near the end shows: healthy and worn are hard to tell apart.
"""
