#!/bin/bash
#SBATCH --job-name=riskengine
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=01:00:00
# One shard of a run for each element of the array:
#   sbatch --array=1-64 slurm.sh PLAN ITERATIONS FOLDER
set -euo pipefail
plan="$1" iterations="$2" folder="$3"
exec riskengine simulate "$plan" --iterations "$iterations" --threads "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --output "$folder/$SLURM_ARRAY_TASK_ID"
