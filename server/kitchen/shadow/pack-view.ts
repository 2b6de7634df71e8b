// Puts sets of packs and what they disagree on into the shape of their pages.
import type { ChangeView, ComparisonFigures, ViolationView } from '../../../views/kitchen/pack/comparison-view.ts';
import type { DisagreementsView, DisagreementView } from '../../../views/kitchen/pack/disagreement-view.ts';
import type { SetView } from '../../../views/kitchen/pack/pack-parts.tsx';
import type { PacksView } from '../../../views/kitchen/pack/packs-view.ts';
import type { Texts } from '../../../views/text/texts.ts';
import type { Deps, Lang } from '../../deps.ts';
import { cameraById } from '../camera/camera-store.ts';
import { changesBetween, linesOfSet } from '../pack/pack-manifest-store.ts';
import {
  activatedBy,
  activePackSet,
  allPackSets,
  type PackSet,
  shadowPackSet,
  stepsOfPackSet,
} from '../pack/pack-store.ts';
import { packSetBefore } from '../pack/promote-pack-set.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { picturesOf } from '../picture/picture-store.ts';
import { restaurantById } from '../restaurant/restaurant-store.ts';
import { violationKind } from '../violation/violation-kinds.ts';
import { type ComparisonData, type DisagreementFilter, filterDisagreements } from './comparison-data.ts';
import { type Disagreement, lookProgress } from './comparison-store.ts';

type ViewDeps = Pick<Deps, 'db' | 'blobs' | 'secrets' | 'clock'>;

const shownSteps = 30;

export function setView(set: PackSet): SetView {
  const { id, state, source, note, addedAt, fault } = set;
  const packs = set.packs.map(({ name, version, sha256, bytes }) => ({ name, version, sha256, bytes }));
  return { id, state, source, note, addedAt, fault, packs };
}

type PacksData = Pick<PacksView, 'active' | 'before' | 'shadow' | 'others' | 'thresholds' | 'steps'>;

export function packsData({ db, blobs }: ViewDeps, lang: Lang): PacksData {
  const [active, shadow, before] = [activePackSet(db), shadowPackSet(db), packSetBefore(db)];
  const others = allPackSets(db).filter(({ state }) => state === 'candidate' || state === 'retired');
  const lines = active === undefined ? [] : linesOfSet(blobs, active).filter(({ on }) => on);
  return {
    active: active === undefined ? undefined : { ...setView(active), since: activatedBy(db, active.id) },
    before: before === undefined ? undefined : setView(before),
    shadow: shadow === undefined || active === undefined ? undefined : shadowView(db, active, shadow),
    others: others.map(setView),
    thresholds: lines.map(({ pack, violation, threshold }) => ({
      field: `${pack} ${violation}`,
      name: violationName(violation, lang),
      threshold,
    })),
    steps: stepsOfPackSet(db).slice(0, shownSteps),
  };
}

function shadowView(db: Deps['db'], active: PackSet, shadow: PackSet): PacksView['shadow'] {
  const { shadowSince, shadowShare, looked, leftOut, failed } = shadow;
  const progress = lookProgress(db, { old: active, new: shadow });
  return { ...setView(shadow), shadowSince, shadowShare, looked, leftOut, failed, progress };
}

export function changeView({ blobs }: ViewDeps, old: PackSet, fresh: PackSet, lang: Lang): ChangeView {
  const { packs, thresholds } = changesBetween(blobs, old, fresh);
  return {
    packs,
    thresholds: thresholds.map(({ violation, from, to }) => ({ name: violationName(violation, lang), from, to })),
  };
}

export function figuresView(data: ComparisonData, lang: Lang): ComparisonFigures {
  const violations: ViolationView[] = data.violations.map((line) => ({
    ...line,
    name: violationName(line.violation, lang),
  }));
  return { ...data, violations };
}

export function violationName(violation: string, lang: Lang): string {
  const kind = violationKind(violation);
  return lang === 'en' ? kind.en : kind.zh;
}

const shownDisagreements = 8;

export function disagreementsView(
  deps: ViewDeps,
  setId: number,
  all: readonly Disagreement[],
  filter: DisagreementFilter,
  lang: Lang,
): DisagreementsView {
  const fitting = filterDisagreements(all, filter);
  const ids = [...new Set(all.map(({ violation }) => violation))].sort();
  return {
    setId,
    filter: { violation: filter.violation ?? '', by: filter.by ?? '', said: filter.said ?? '' },
    violations: ids.map((id) => ({ id, name: violationName(id, lang) })),
    all: all.length,
    fitting: fitting.length,
    shown: fitting
      .slice(0, shownDisagreements)
      .map((one, index) => disagreementView(deps, one, disagreementHref(setId, filter, index + 1), lang)),
  };
}

/** The words of a comparison: looking ahead at a candidate, or back from the set in use. */
export function comparisonWords(words: Texts, fresh: PackSet): Texts {
  return fresh.state === 'active' ? { ...words, packs: { ...words.packs, ...words.packs.lookingBack } } : words;
}

/** Address of one of the pictures that fit a filter, by its place among them. */
export function disagreementHref(setId: number, filter: DisagreementFilter, number: number): string {
  return `/packs/${setId}/disagreements?${filterQuery({ n: String(number), ...filter })}`;
}

/** What is asked for, as the query of an address. */
export function filterQuery(filter: DisagreementFilter & { readonly n?: string }): string {
  const asked = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(asked).toString();
}

/** `large` shows the original, as the review desk does, which the same people may open. */
export function disagreementView(deps: ViewDeps, one: Disagreement, href: string, lang: Lang): DisagreementView {
  const { db } = deps;
  const [camera, restaurant] = [cameraById(db, one.cameraId), restaurantById(db, one.restaurantId)];
  const links = pictureLinks(deps);
  const kept = picturesOf(db, one.hash).length > 0;
  const { from, at, width, height, flaggedBy, said, frames, old, new: fresh } = one;
  return {
    href,
    from,
    restaurant: { name: restaurant?.name ?? '', nameEn: restaurant?.nameEn ?? null },
    place: { name: camera?.place ?? '', nameEn: camera?.placeEn ?? null },
    at,
    width,
    height,
    name: violationName(one.violation, lang),
    flaggedBy,
    said,
    frames,
    old,
    new: fresh,
    picture: kept ? links.shown(one.hash) : undefined,
  };
}
