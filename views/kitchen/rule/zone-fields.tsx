// Zones of a camera: drawn on its last picture, and the same as fields for whoever has no pointer.
import { type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';

export type ZoneValue = {
  readonly index: number;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: string;
  readonly points: string;
  readonly violations: readonly string[];
};

type Picture = { readonly href: string; readonly width: number; readonly height: number };

/** zones.js draws on it; without script it shows the zones as they stand in the fields. */
export function ZonePicture({
  words,
  picture,
  zones,
}: {
  words: Texts;
  picture: Picture | undefined;
  zones: readonly ZoneValue[];
}) {
  const text = words.learning.zone;
  const { width, height } = picture ?? { width: 1280, height: 720 };
  return (
    <figure class="stack">
      <div class="view zone-view" data-zones>
        {picture === undefined ? (
          <div class="no-picture">
            <Icon name="camera" />
            {words.kitchen.noPictureYet}
          </div>
        ) : (
          <img src={picture.href} width={width} height={height} alt={text.pictureAlt} draggable={false} />
        )}
        <svg class="zone-shapes" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {zones.map((zone, place) => (
            <Shape zone={zone} place={place} width={width} height={height} />
          ))}
        </svg>
      </div>
      <figcaption class="small soft" data-zone-help hidden>
        {text.drawHelp}
      </figcaption>
    </figure>
  );
}

const shapeClasses: Readonly<Record<string, string>> = { ignore: 'is-ignore', private: 'is-private' };

function shapeClass(kind: string): string {
  return shapeClasses[kind] ?? 'is-watch';
}

function Shape({ zone, place, width, height }: { zone: ZoneValue; place: number; width: number; height: number }) {
  const corners = cornersOf(zone.points).map(([x, y]) => [(x * width) / 100, (y * height) / 100] as const);
  const [first] = corners;
  if (first === undefined) return null;
  return (
    <g class={`zone-shape ${shapeClass(zone.kind)}`} data-shape={String(zone.index)}>
      <polygon points={corners.map((corner) => corner.join(',')).join(' ')} />
      <text x={first[0] + width * 0.012} y={first[1] + width * 0.03} font-size={width * 0.026}>
        {place + 1} {zone.name}
      </text>
    </g>
  );
}

function cornersOf(points: string): (readonly [number, number])[] {
  return points.split(/[,;，；\n]+/).flatMap((corner) => {
    const [x = Number.NaN, y = Number.NaN] = corner.trim().split(/\s+/).map(Number);
    return Number.isFinite(x) && Number.isFinite(y) ? [[x, y] as const] : [];
  });
}

type FieldsView = {
  readonly words: Texts;
  readonly zones: readonly ZoneValue[];
  readonly violations: readonly { readonly id: string; readonly name: string }[];
  readonly faults: readonly FieldFault[];
};

const mostZones = 20;

/** The zones there are, and an empty one for the next. */
export function ZoneFields({ words, zones, violations, faults }: FieldsView) {
  const text = words.learning.zone;
  const next = zones.reduce((most, { index }) => Math.max(most, index), -1) + 1;
  const empty = { index: next, name: '', nameEn: '', kind: 'watch', points: '', violations: [] };
  return (
    <>
      {zones.length === 0 ? <p class="soft">{text.noZones}</p> : null}
      {zones.map((zone, place) => (
        <ZoneField
          words={words}
          zone={zone}
          title={text.zoneNumber(place + 1, zone.name)}
          violations={violations}
          faults={faults}
        />
      ))}
      {zones.length >= mostZones ? null : (
        <details class="more" open={zones.length === 0}>
          <summary>{text.addZone}</summary>
          <ZoneField words={words} zone={empty} title={text.newZone} violations={violations} faults={faults} />
        </details>
      )}
    </>
  );
}

function ZoneField({
  words,
  zone,
  title,
  violations,
  faults,
}: Omit<FieldsView, 'zones'> & { zone: ZoneValue; title: string }) {
  const text = words.learning.zone;
  const name = (field: string) => `zone-${zone.index}-${field}`;
  return (
    <fieldset class="stack zone-field" data-zone={String(zone.index)}>
      <legend>{title}</legend>
      <DrawAndName words={words} prefix={`zone-${zone.index}`} zone={zone} faults={faults} />
      <div class="row">
        <Kind
          name={name('kind')}
          value="watch"
          label={text.watch}
          checked={zone.kind !== 'ignore' && zone.kind !== 'private'}
        />
        <Kind name={name('kind')} value="ignore" label={text.ignore} checked={zone.kind === 'ignore'} />
        <Kind name={name('kind')} value="private" label={text.private} checked={zone.kind === 'private'} />
      </div>
      <p class="hint">{text.privateHint}</p>
      <Corners words={words} prefix={`zone-${zone.index}`} points={zone.points} faults={faults} />
      <OnlyViolations words={words} zone={zone} violations={violations} />
    </fieldset>
  );
}

type Drawn = { readonly words: Texts; readonly prefix: string; readonly faults: readonly FieldFault[] };

/** The buttons that zones.js gives a meaning, and what the zone is called. */
export function DrawAndName({
  words,
  prefix,
  zone,
  faults,
}: Drawn & { readonly zone: Pick<ZoneValue, 'name' | 'nameEn'> }) {
  const text = words.learning.zone;
  return (
    <>
      <div class="row" data-draw hidden>
        <button type="button" class="btn" data-draw-start aria-pressed="false">
          {text.draw}
        </button>
        <button type="button" class="btn bare" data-draw-clear>
          {text.clearPoints}
        </button>
      </div>
      <div class="two">
        <TextField label={text.name} name={`${prefix}-name`} value={zone.name} faults={faults} />
        <TextField label={text.nameEn} name={`${prefix}-nameEn`} value={zone.nameEn} faults={faults} />
      </div>
    </>
  );
}

/** Open for whoever has no script: then it is the only way. */
export function Corners({ words, prefix, points, faults }: Drawn & { readonly points: string }) {
  const text = words.learning.zone;
  const name = `${prefix}-points`;
  return (
    <details class="more" data-corners open>
      <summary>{text.points}</summary>
      <TextField label={text.points} name={name} value={points} faults={faults} hint={text.pointsHint} />
    </details>
  );
}

function OnlyViolations({ words, zone, violations }: Pick<FieldsView, 'words' | 'violations'> & { zone: ZoneValue }) {
  const text = words.learning.zone;
  return (
    <details class="more" open={zone.violations.length > 0}>
      <summary>
        {zone.violations.length === 0 ? text.allViolations : text.someViolations(zone.violations.length)}
      </summary>
      <div class="row wrap">
        {violations.map(({ id, name: label }) => (
          <label class="choice">
            <input
              type="checkbox"
              name={`zone-${zone.index}-violations`}
              value={id}
              checked={zone.violations.includes(id)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <p class="hint">{text.violationsHint}</p>
    </details>
  );
}

function Kind({ name, value, label, checked }: { name: string; value: string; label: string; checked: boolean }) {
  return (
    <label class="choice">
      <input type="radio" name={name} value={value} checked={checked} />
      <span>{label}</span>
    </label>
  );
}

type TextView = {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly faults: readonly FieldFault[];
  readonly hint?: string;
};

function TextField({ label, name, value, faults, hint }: TextView) {
  const id = fieldId(name);
  const fault = faults.find(({ place }) => place === name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        value={value}
        autocomplete="off"
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
      {fault === undefined ? null : (
        <p class="error">
          <Icon name="alert" />
          {fault.detail}
        </p>
      )}
      {hint === undefined ? null : <p class="hint">{hint}</p>}
    </div>
  );
}
