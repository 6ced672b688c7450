"""Training of the bundled encoder on questions people ask; see docs/experiments.md."""
