#!/usr/bin/env bash
# Remakes the sample kitchens' clips, labels, fault clips, stills and the pictures of the history: samples/render/make.sh [camera …]. Needs Debian's blender, ffmpeg,
# python3-opencv, python3-pil and fonts-noto-cjk. SAMPLES (16) sets the quality, PARTS keeps the rendered pictures between runs.
set -euo pipefail
cd "$(dirname "$0")"
PARTS="${PARTS:-${TMPDIR:-/tmp}/kitchen-parts}"
SAMPLES="${SAMPLES:-16}"
CLIPS=../clips
STILLS=../stills
HISTORY=../history
PYTHON=/usr/bin/python3

cameras=("$@")
if [ ${#cameras[@]} -eq 0 ]; then
  for file in cameras/*.json; do cameras+=("$(basename "$file" .json)"); done
fi
mkdir -p "$PARTS" "$CLIPS" "$STILLS" "$HISTORY"
for name in "${cameras[@]}"; do
  echo "$name: rendering, log in $PARTS/$name.log"
  nice -n 5 blender -b -P render_camera.py -- "cameras/$name.json" "$PARTS/$name" --samples "$SAMPLES" > "$PARTS/$name.log" 2>&1
  test -s "$PARTS/$name/parts.json" # Blender exits with 0 even where the script failed
  "$PYTHON" make_clip.py "cameras/$name.json" "$PARTS/$name" "$CLIPS"
  ffmpeg -v error -y -ss 1 -i "$CLIPS/$name.mp4" -frames:v 1 -q:v 4 -fflags +bitexact -flags:v +bitexact "$STILLS/$name.jpg"
  # Without its clock and its name, so that it can stand for another day and another kitchen.
  ffmpeg -v error -y -i "$STILLS/$name.jpg" -vf "crop=1100:620:90:48,scale=800:452" -q:v 6 -fflags +bitexact -flags:v +bitexact "$HISTORY/$name.jpg"
done
if [ -s "$PARTS/dingxiang-prep/parts.json" ]; then
  "$PYTHON" make_faults.py cameras/dingxiang-prep.json "$PARTS/dingxiang-prep" "$CLIPS"
fi
