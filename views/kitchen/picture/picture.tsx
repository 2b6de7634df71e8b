// A frame with its box: whole, as an enlarged part, and small.
import type { Child } from 'hono/jsx';

/** `box` as fractions of the picture, origin top left. */
export type BoxedPicture = {
  readonly href: string;
  readonly width: number;
  readonly height: number;
  readonly box: readonly [number, number, number, number];
};

// The label was drawn for a picture 960 wide; it keeps its size on any other.
const drawnFor = 960;
const tagHeight = 23;
const cropShownPx = 416;
// As wide as the frame is shown on a wide screen.
const stageShownPx = 960;
const leastEnlargement = 1.5;
const longestEnlargement = 4;
const cropMarginWide = 2.4;
const cropMarginHigh = 1.75;
const cropRatio = 4 / 3;

/** Whether the box says more than "the whole picture". */
export function hasPlace({ box }: BoxedPicture): boolean {
  return box[2] < 0.98 || box[3] < 0.98;
}

/** Dark halo under a light line: seen on steel, tile, apron and shadow alike. */
function Boxes({ picture, label }: { picture: BoxedPicture; label?: string }) {
  const { width, height } = picture;
  return (
    <svg class="boxes" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <BoxLines picture={picture} />
      {label !== undefined && hasPlace(picture) ? <BoxLabel picture={picture} label={label} /> : null}
    </svg>
  );
}

function BoxLines({ picture }: { picture: BoxedPicture }) {
  if (!hasPlace(picture)) return null;
  const { x, y, w, h } = pixels(picture);
  return (
    <>
      <rect class="halo" x={x} y={y} width={w} height={h} rx="3" />
      <rect class="edge" x={x} y={y} width={w} height={h} rx="3" />
    </>
  );
}

function BoxLabel({ picture, label }: { picture: BoxedPicture; label: string }) {
  const { x, y, w } = pixels(picture);
  const scale = picture.width / drawnFor;
  const tagWidth = textWidth(label) + 16;
  const right = x + w + 6 * scale;
  const fits = right + tagWidth * scale <= picture.width;
  const left = fits ? right : Math.max(0, x - (tagWidth + 6) * scale);
  return (
    <g class="label" transform={`translate(${left} ${y}) scale(${scale})`}>
      <rect class="tag" x="0" y="0" width={tagWidth} height={tagHeight} rx="3" />
      <text x="8" y="17">
        {label}
      </text>
    </g>
  );
}

export function Stage({
  picture,
  alt,
  label,
  boxes,
  children,
}: {
  picture: BoxedPicture;
  alt: string;
  label: string;
  boxes: boolean;
  children?: Child;
}) {
  return (
    <figure class="stage">
      <div class="view">
        <img id="frame" src={picture.href} width={picture.width} height={picture.height} alt={alt} />
        {boxes ? <Boxes picture={picture} label={label} /> : null}
      </div>
      {children}
    </figure>
  );
}

/** The flagged part enlarged: the same picture through a smaller window, so no second request. */
export function Crop({ picture, enlarged }: { picture: BoxedPicture; enlarged: (times: string) => string }) {
  const { left, top, width, height } = cropWindow(picture);
  const times = (cropShownPx / width) * (picture.width / stageShownPx);
  const said = enlarged(times >= 2 ? String(Math.round(times)) : times.toFixed(1));
  return (
    <div class="crop-card pic">
      <svg class="crop" viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={said}>
        <image href={picture.href} width={picture.width} height={picture.height} />
      </svg>
      <span>{said}</span>
    </div>
  );
}

/**
 * Always larger than in the frame beside it, never more than four times its own pixels, never beyond the picture, four to
 * three. Of what is larger than the window the upper part is shown: that is where hats, masks and hands are.
 */
export function cropWindow(picture: BoxedPicture) {
  const { x, y, w, h } = pixels(picture);
  const wanted = Math.max(w * cropMarginWide, h * cropMarginHigh * cropRatio, cropShownPx / longestEnlargement);
  const widest = (picture.width * cropShownPx) / stageShownPx / leastEnlargement;
  const width = Math.min(wanted, widest, picture.width, picture.height * cropRatio);
  const height = width / cropRatio;
  const left = Math.min(Math.max(0, x + w / 2 - width / 2), picture.width - width);
  const middle = h > height ? y : y + h / 2 - height / 2;
  const top = Math.min(Math.max(0, middle), picture.height - height);
  return { left: round(left), top: round(top), width: round(width), height: round(height) };
}

/** A small picture with its box, cut to two to one. */
export function Thumb({ picture, alt }: { picture: BoxedPicture; alt: string }) {
  const { y, h } = pixels(picture);
  const height = Math.min(picture.height, picture.width / 2);
  const top = round(Math.min(Math.max(0, y + h / 2 - height / 2), picture.height - height));
  return (
    <svg viewBox={`0 ${top} ${picture.width} ${round(height)}`} role="img" aria-label={alt}>
      <image href={picture.href} width={picture.width} height={picture.height} />
      <g class="boxes">
        <BoxLines picture={picture} />
      </g>
    </svg>
  );
}

/** A whole picture with its box, for orders and lists. */
export function Whole({ picture, alt }: { picture: BoxedPicture; alt: string }) {
  return (
    <div class="pic">
      <svg viewBox={`0 0 ${picture.width} ${picture.height}`} role="img" aria-label={alt}>
        <image href={picture.href} width={picture.width} height={picture.height} />
        <g class="boxes">
          <BoxLines picture={picture} />
        </g>
      </svg>
    </div>
  );
}

function pixels({ box, width, height }: BoxedPicture) {
  return { x: round(box[0] * width), y: round(box[1] * height), w: round(box[2] * width), h: round(box[3] * height) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** About what 15 px text takes: a Han character is square, a Latin one half. */
function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 15 : 8.4), 0);
}
