// Every restaurant, the riskiest first.
import { Icon } from '../../parts/icon.tsx';
import { FileLink } from '../../parts/listing.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { type Column, inOrder, SortHead } from '../../parts/sorting.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { Badge } from '../state-badge.tsx';

export type KitchenLine = {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string;
  readonly addressEn: string | null;
  readonly score: number;
  readonly cameras: number;
  readonly camerasDown: number;
  readonly openOrders: number;
  readonly overdueOrders: number;
  readonly confirmed30: number;
  readonly closedOn: string | null;
};

const orders = ['score', 'name', 'confirmed', 'orders'] as const;
const troubles = ['all', 'overdue', 'down', 'blind', 'closed'] as const;

export type KitchenSearch = {
  readonly words: string;
  readonly order: (typeof orders)[number];
  readonly only: (typeof troubles)[number];
};

export type KitchensView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly search: KitchenSearch;
  readonly kitchens: readonly KitchenLine[];
  readonly mayRegister: boolean;
  readonly maySet: boolean;
  readonly cut: boolean;
};

export function KitchensPage({ words, here, viewer, search, kitchens, mayRegister, maySet, cut }: KitchensView) {
  const { kitchen } = words;
  const sum = (of: (line: KitchenLine) => number) => kitchens.reduce((total, line) => total + of(line), 0);
  return (
    <Page words={words} title={words.common.nav.kitchens} here={here} viewer={viewer} styles={['trace.css']}>
      <div class="row spread">
        <div>
          <h1>{words.common.nav.kitchens}</h1>
          <p class="soft">{kitchen.kitchensLead}</p>
        </div>
        <div class="row">
          {viewer?.role === 'reviewer' ? null : (
            <a class="btn" href="/kitchens/board">
              {words.board.supervisorTitle}
            </a>
          )}
          {maySet ? (
            <a class="btn" href="/kitchens/settings">
              {kitchen.settingsTitle}
            </a>
          ) : null}
          {mayRegister ? (
            <a class="btn main" href="/my/restaurants/new">
              <Icon name="store" />
              {kitchen.registerTitle}
            </a>
          ) : null}
        </div>
      </div>
      <section class="card">
        <dl class="tiles">
          <Tile label={words.common.nav.kitchens} value={kitchens.length} />
          <Tile
            label={kitchen.camerasOnline}
            value={sum((line) => line.cameras - line.camerasDown)}
            of={sum((line) => line.cameras)}
          />
          <Tile label={kitchen.openOrders} value={sum((line) => line.openOrders)} />
          <Tile label={kitchen.overdue} value={sum((line) => line.overdueOrders)} />
          <Tile label={kitchen.confirmed30} value={sum((line) => line.confirmed30)} />
        </dl>
      </section>
      <section class="card">
        <Search words={words} here={here} search={search} />
        {kitchens.length === 0 ? (
          <p class="soft">{isPlain(search) ? kitchen.noKitchens : kitchen.nothingFound}</p>
        ) : (
          <KitchenTable words={words} here={here} kitchens={kitchens} />
        )}
        {cut ? <p class="small soft">{words.common.cutShort}</p> : null}
      </section>
    </Page>
  );
}

function isPlain({ words, only }: KitchenSearch): boolean {
  return words === '' && only === 'all';
}

/** All of it stays in the address. */
function Search({ words, here, search }: Pick<KitchensView, 'words' | 'here' | 'search'>) {
  const { kitchen } = words;
  return (
    <form class="filter-row" method="get" action="/kitchens">
      <label class="field">
        {kitchen.findKitchen}
        <input type="search" name="words" value={search.words} maxlength={100} autocomplete="off" />
      </label>
      <Choice
        label={kitchen.onlyKitchens}
        name="only"
        values={troubles}
        names={kitchen.kitchenTroubles}
        now={search.only}
      />
      <Choice label={kitchen.orderBy} name="order" values={orders} names={kitchen.kitchenOrders} now={search.order} />
      <button type="submit" class="btn">
        {kitchen.applyFilters}
      </button>
      <FileLink words={words} here={here} file="/kitchens.csv" />
    </form>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  name: string;
  values: readonly Value[];
  names: Readonly<Record<Value, string>>;
  now: Value;
};

function Choice<Value extends string>({ label, name, values, names, now }: ChoiceProps<Value>) {
  return (
    <label class="field">
      {label}
      <select name={name}>
        {values.map((value) => (
          <option value={value} selected={value === now}>
            {names[value]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Tile({ label, value, of }: { label: string; value: number; of?: number }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {value} {of === undefined ? null : <small>/ {of}</small>}
      </dd>
    </div>
  );
}

export function kitchenColumns(words: Texts): readonly Column<KitchenLine>[] {
  const { kitchen, lang } = words;
  return [
    { key: 'name', label: kitchen.restaurantName, of: (line) => localName(lang, line) },
    { key: 'address', label: kitchen.address, of: (line) => addressOf(lang, line) },
    { key: 'score', label: kitchen.scoreTitle, of: ({ score }) => score, side: 'right' },
    { key: 'confirmed', label: kitchen.confirmed30, of: ({ confirmed30 }) => confirmed30, side: 'right' },
    {
      key: 'cameras',
      label: words.common.nav.cameras,
      of: ({ cameras, camerasDown }) => cameras - camerasDown,
      file: ({ cameras }) => cameras,
    },
    {
      key: 'online',
      label: kitchen.camerasOnline,
      file: ({ cameras, camerasDown }) => cameras - camerasDown,
      only: 'file',
    },
    { key: 'orders', label: kitchen.openOrders, of: ({ openOrders }) => openOrders },
  ];
}

function addressOf(lang: Texts['lang'], { address, addressEn }: KitchenLine): string {
  return lang === 'en' ? (addressEn ?? address) : address;
}

function KitchenTable({ words, here, kitchens }: Pick<KitchensView, 'words' | 'here' | 'kitchens'>) {
  const columns = kitchenColumns(words);
  return (
    <table class="cards">
      <caption class="hide">{words.common.nav.kitchens}</caption>
      <SortHead words={words} here={here} columns={columns} />
      <tbody>
        {inOrder(words, here, columns, kitchens).map((line) => (
          <KitchenRow words={words} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function KitchenRow({ words, line }: { words: Texts; line: KitchenLine }) {
  const { kitchen, lang } = words;
  return (
    <tr class={line.overdueOrders > 0 ? 'is-late' : undefined}>
      <th scope="row">
        <a href={`/kitchens/${line.id}`}>{localName(lang, line)}</a>
        {line.closedOn === null ? null : (
          <>
            {' '}
            <span class="badge unsure">{words.standing.closedOn(line.closedOn)}</span>
          </>
        )}
      </th>
      <td data-l={kitchen.address} class="soft">
        {addressOf(lang, line)}
      </td>
      <td data-l={kitchen.scoreTitle} class="right">
        <ScoreBar score={line.score} />
      </td>
      <td data-l={kitchen.confirmed30} class="right">
        {line.confirmed30}
      </td>
      <td data-l={words.common.nav.cameras}>
        {line.cameras === 0 ? (
          <span class="soft">{words.common.none}</span>
        ) : line.camerasDown === 0 ? (
          <Badge kind="online" icon="live" label={kitchen.allOnline(line.cameras)} />
        ) : (
          <Badge kind="offline" icon="cameraoff" label={kitchen.someDown(line.camerasDown, line.cameras)} />
        )}
      </td>
      <td class="now" data-l={kitchen.openOrders}>
        <OpenOrders words={words} line={line} />
      </td>
    </tr>
  );
}

const barLength = 60;

/** The score as a length beside its number, so that the eye finds the short ones. */
function ScoreBar({ score }: { score: number }) {
  const tone = score >= 90 ? 'is-good' : score >= 60 ? 'is-middle' : 'is-bad';
  return (
    <span class="score-bar nowrap">
      <svg viewBox={`0 0 ${barLength} 8`} width={barLength} height="8" aria-hidden="true">
        <rect class="score-track" width={barLength} height="8" rx="2" />
        <rect class={tone} width={(Math.max(0, Math.min(100, score)) / 100) * barLength} height="8" rx="2" />
      </svg>{' '}
      <b>{score}</b>
    </span>
  );
}

function OpenOrders({ words, line }: { words: Texts; line: KitchenLine }) {
  const { kitchen } = words;
  if (line.overdueOrders > 0)
    return <Badge kind="overdue" icon="late" label={kitchen.overdueCount(line.overdueOrders)} />;
  if (line.openOrders > 0) return <Badge kind="due" icon="clock" label={kitchen.openCount(line.openOrders)} />;
  return <span class="soft">{words.common.none}</span>;
}
