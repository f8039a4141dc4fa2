"""Input features of the network. Any change here needs a new FEATURES_VERSION and the same change at run time."""
import numpy as np

from .trailing import SMALLEST_SPREAD_WATTS, normalised

FEATURES_VERSION = "power8-1"
FEATURE_COUNT = 8
PLAIN_FEATURE_COUNT = 5
LONGEST_DIFFERENCE_SECONDS = 10
# A run of a refrigerator, and one with the pause before it.
SHORT_STRETCH_SECONDS = 512
LONG_STRETCH_SECONDS = 1536

DEFINITION = {
    "version": FEATURES_VERSION,
    "grid": "1 Hz; a sample with timestamp t and meter interval r covers (t-r, t], every grid second in it gets its value",
    "channels": [
        "sign(p)*log1p(|p|/10)/6",
        "p/4000",
        "asinh((p[t]-p[t-1])/30)/4",
        "asinh((p[t]-p[t-10])/30)/4",
        "log2(clamp(r,1,60))/6",
        f"log1p((p-min(p[t-{SHORT_STRETCH_SECONDS - 1}..t]))/10)/6",
        f"log1p((p-min(p[t-{LONG_STRETCH_SECONDS - 1}..t]))/10)/6",
        f"tanh((p-mean)/(spread+{SMALLEST_SPREAD_WATTS})/3), mean and spread those of p[t-{LONG_STRETCH_SECONDS - 1}..t] in whole W",
    ],
    "units": {"p": "W", "r": "s"},
    "start": "before the first sample p[t-k] = p[first]",
}


def features(power_watts, interval_seconds):
    """Features float32 [8, T] of power on a 1 Hz grid (W) from a meter of the given interval (s)."""
    p = np.asarray(power_watts, np.float32)
    return np.concatenate([plain_features(p, interval_seconds), normalised(p, SHORT_STRETCH_SECONDS, LONG_STRETCH_SECONDS)])


def plain_features(power_watts, interval_seconds):
    """The first five of them, which need no more than ten seconds."""
    p = np.asarray(power_watts, np.float32)
    out = np.empty((PLAIN_FEATURE_COUNT, p.size), np.float32)
    out[0] = np.sign(p) * np.log1p(np.abs(p) / 10) / 6
    out[1] = p / 4000
    out[2] = np.arcsinh(difference(p, 1) / 30) / 4
    out[3] = np.arcsinh(difference(p, LONGEST_DIFFERENCE_SECONDS) / 30) / 4
    out[4] = np.log2(np.clip(interval_seconds, 1, 60)) / 6
    return out


def difference(p, lag):
    """p[t] - p[t-lag], with p[first] before the start."""
    d = p - p[0]
    d[lag:] = p[lag:] - p[:-lag]
    return d
