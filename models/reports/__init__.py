"""The judge of disposal reports: corpus, evidence and wording as numbers, one ridge model for verdict and reasons, its evaluation."""
