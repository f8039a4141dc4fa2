"""Training of the shared disaggregation network; see README.md."""
