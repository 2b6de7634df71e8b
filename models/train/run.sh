#!/bin/sh
# Trains and writes every pack from the pictures and initial weights: models/train/run.sh DATA WORK [RENDERS]. Hours on two cores.
# RENDERS is a folder that samples/render/training_set.py filled, or one that holds several of them.
set -eu
# Frames that people have judged, onto the packs there are: run.sh --judged FOLDER OUT (minutes).
if [ "${1:-}" = --judged ]; then shift; export OMP_WAIT_POLICY=PASSIVE; exec "${PYTHON:-/usr/bin/python3}" "$(dirname "$0")/from_verdicts.py" "$@"; fi
cd "$(dirname "$0")"
data=${1:?the folder of pictures, in the shape of ../shared/vision} work=${2:?a folder for what is cached} renders=${3:-}
export ATEN_CPU_CAPABILITY=avx512 OMP_WAIT_POLICY=PASSIVE
python=${PYTHON:-/usr/bin/python3}
shared="--data $data --work $work"

$python prepare.py $shared ${renders:+--renders "$renders"}
$python train_detector.py $shared --out "$work/scene.pt" --steps 3000 --seed 1
$python mine.py $shared --detector "$work/scene.pt"
for task in heads cigarettes ${renders:+coats}; do
  $python crops.py $shared --task $task
  $python train_crops.py $shared --task $task --out "$work/$task.pt" --steps 1500 --seed 1
  $python calibrate.py --work "$work" --task $task --checkpoint "$work/$task.pt"
done
packs="kitchen-scene kitchen-heads kitchen-cigarettes"
if [ "$renders" ]; then
  $python train_detector.py $shared --vocabulary hazards --out "$work/hazards.pt" --steps 600 --seed 1
  packs="$packs kitchen-coats kitchen-hazards"
fi
$python export.py --data "$data" --work "$work" --packs $packs
$python evaluate.py $shared --choose
