"""Names of what is compared in the accuracy report, and of the two kinds of meter."""

MODEL, SEQ2POINT, OLD_DESIGN, EDGES, MEAN, OFF = "model", "seq2point", "oldDesign", "edges", "trainingMean", "alwaysOff"
RIVALS = (SEQ2POINT, OLD_DESIGN)
METERS = ("fine", "coarse")
# What the validation homes' meters are; none reports every second.
METER_WORDS = {"fine": "6-8 s", "coarse": "30-64 s"}
