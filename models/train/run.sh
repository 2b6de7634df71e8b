#!/bin/sh
# Trains and writes every pack from the pictures and initial weights: models/train/run.sh DATA WORK [RENDERS]. Hours on two cores.
set -eu
cd "$(dirname "$0")"
data=${1:?the folder of pictures, in the shape of ../shared/vision} work=${2:?a folder for what is cached} renders=${3:-}
export ATEN_CPU_CAPABILITY=avx512 OMP_WAIT_POLICY=PASSIVE
python=${PYTHON:-/usr/bin/python3}
shared="--data $data --work $work"

$python prepare.py $shared ${renders:+--renders "$renders"}
$python train_detector.py $shared --out "$work/scene.pt" --steps 3000 --seed 1
$python mine.py $shared --detector "$work/scene.pt"
for task in heads cigarettes; do
  $python crops.py $shared --task $task
  $python train_crops.py $shared --task $task --out "$work/$task.pt" --steps 1500 --seed 1
  $python calibrate.py --work "$work" --task $task --checkpoint "$work/$task.pt"
done
$python export.py --data "$data" --scene "$work/scene.pt" --heads "$work/heads.pt" --cigarettes "$work/cigarettes.pt"
$python evaluate.py $shared
