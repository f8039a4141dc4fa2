"""Credit lines that the data's licences ask for."""

CREDITS = (
    "Contains information from the tracebase data set, which is made available at http://www.tracebase.org under the "
    "Open Database License (ODbL).",
    "ECO data set, house 1: Beckel et al. 2014, ETH Zurich, CC BY 4.0.",
    "UK-DALE: Kelly and Knottenbelt 2015, CC BY 4.0.",
    "REFIT: Murray et al. 2017, CC BY 4.0.",
    "IDEAL: Pullinger et al. 2021, CC BY 4.0 (validation only).",
    "NIST HIL load-flexibility test bed, MIT.",
    "Purdue DC Nanogrid House, MIT.",
    "Mains events of a UK home (gjw), Apache-2.0.",
)
