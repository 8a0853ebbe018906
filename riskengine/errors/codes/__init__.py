"""The codes, a file for each subject: title, rule, reason, example and cure of every fault and hint."""
