"""Whether a schedule is fit for a risk run: findings, the DCMA 14-point assessment, the shock test."""
