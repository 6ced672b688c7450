"""Quality measured on questions written for this project: `python -m tests.evaluation`."""
