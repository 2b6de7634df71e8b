// Puts places on a plain plane: by their own marks while they are few, by squares with counts when they are many.
export type Spot = {
  readonly site: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly state: SpotState;
};
export type SpotState = 'at_once' | 'by_date' | 'routine';

export type Mark = {
  /** 0–1 from the left and from the top. */
  readonly x: number;
  readonly y: number;
  /** Latitude and longitude, for a map. A board that was kept by an earlier version has none. */
  readonly at?: readonly [number, number];
  readonly state: SpotState;
  readonly count: number;
  /** Undefined: a square of several. */
  readonly site: string | undefined;
};

/** More marks than this cannot be told apart on a screen. */
export const mostMarks = 400;
const columns = 24;
const rows = 16;
const order: readonly SpotState[] = ['routine', 'by_date', 'at_once'];

/** The worst are last, so that they are drawn on top. A square takes the worst state in it. */
export function marksOf(spots: readonly Spot[]): Mark[] {
  if (spots.length === 0) return [];
  const place = placer(spots);
  const marks =
    spots.length <= mostMarks
      ? spots.map((spot) => ({ ...place(spot), at: pointOf(spot), state: spot.state, count: 1, site: spot.site }))
      : squares(spots, place);
  return marks.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.x - b.x);
}

type Placed = { readonly x: number; readonly y: number };

function placer(spots: readonly Spot[]): (spot: Spot) => Placed {
  const span = (values: readonly number[]) => {
    const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
    const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
    return { least, size: most - least || 1 };
  };
  const [north, east] = [span(spots.map(({ latitude }) => latitude)), span(spots.map(({ longitude }) => longitude))];
  return ({ latitude, longitude }) => ({
    x: (longitude - east.least) / east.size,
    y: 1 - (latitude - north.least) / north.size,
  });
}

function pointOf({ latitude, longitude }: Spot): readonly [number, number] {
  return [latitude, longitude];
}

function squares(spots: readonly Spot[], place: (spot: Spot) => Placed): Mark[] {
  const found = new Map<string, Mark>();
  for (const spot of spots) {
    const { x, y } = place(spot);
    const [column, row] = [Math.min(columns - 1, Math.floor(x * columns)), Math.min(rows - 1, Math.floor(y * rows))];
    const key = `${column}/${row}`;
    const known = found.get(key);
    found.set(key, {
      x: (column + 0.5) / columns,
      y: (row + 0.5) / rows,
      state: known === undefined || order.indexOf(spot.state) > order.indexOf(known.state) ? spot.state : known.state,
      // Where one of its kitchens really stands: the middle of a square may lie in the sea.
      at: known?.at ?? pointOf(spot),
      count: (known?.count ?? 0) + 1,
      site: undefined,
    });
  }
  return [...found.values()];
}
