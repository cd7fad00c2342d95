#!/bin/sh
# From corpora to the shipped models; see README.md. Each step may be started again.
set -eu
export OMP_WAIT_POLICY=passive MALLOC_ARENA_MAX=2
here=$(dirname "$0")
runs=${SAYSO_RUNS:-runs}
[ -e "$runs/kept.npy" ] || python -m training.vocabulary "$here/configs/research.toml"
[ -e "$runs/vectors.pt" ] || python -m training.teach "$here/configs/research.toml"
python -m training.train "$here/configs/research.toml"
python -m training.export research research
[ -e "$runs/silver.jsonl" ] || python -m training.silver research "$runs/silver.jsonl"
python -m training.train "$here/configs/research-2.toml"
python -m training.average research-mean research research-2
python -m training.export research-mean research
python -m training.train "$here/configs/open.toml"
python -m training.export open open
for model in research open; do
    python -m benchmarks.attributions --model "$model" --out "benchmarks/attributions/$model.json"
done
