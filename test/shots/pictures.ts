// Which pictures the documents show: whose page, in which language, on which screen.

export type Shot = {
  /** The picture's name in docs/shots, without `.webp`. */
  readonly name: string;
  /** A sample account; undefined: a visitor. */
  readonly login?: string;
  readonly path: string;
  readonly lang: 'zh-CN' | 'en';
  readonly screen: 'desk' | 'phone';
  /** Pixels of the page that are shown, from the top. */
  readonly height: number;
  /** What has to stand on the page before it is taken. */
  readonly wait?: string;
  /** A place of the page to begin at instead of its top. */
  readonly from?: string;
};

const belly = '06912345002028';
const recalled = `/01/${belly}/10/A07`;
const trace = `/trace?code=${encodeURIComponent(`https://id.gs1.org${recalled}`)}&direction=forward`;

/** Paths `:order` and `:recall` are filled in by take-shots, when there is one. */
export const shots: readonly Shot[] = [
  { name: 'review-en', login: 'reviewer', path: '/review', lang: 'en', screen: 'desk', height: 860, wait: '#verdict' },
  { name: 'review', login: 'reviewer', path: '/review', lang: 'zh-CN', screen: 'desk', height: 860, wait: '#verdict' },
  { name: 'trace', login: 'inspector', path: trace, lang: 'en', screen: 'desk', height: 860, wait: 'svg' },
  { name: 'recall', login: 'inspector', path: '/recalls/:recall', lang: 'zh-CN', screen: 'desk', height: 900 },
  { name: 'lot-recall-en', path: recalled, lang: 'en', screen: 'phone', height: 844 },
  { name: 'lot-recall', path: recalled, lang: 'zh-CN', screen: 'phone', height: 844 },
  { name: 'owner-home', login: 'owner', path: '/my', lang: 'zh-CN', screen: 'phone', height: 844 },
  { name: 'owner-order', login: 'owner', path: '/orders/:order', lang: 'zh-CN', screen: 'phone', height: 1000 },
  { name: 'receive', login: 'owner', path: '/receive', lang: 'zh-CN', screen: 'phone', height: 844 },
  { name: 'report', path: `/reports/new?code=${recalled}`, lang: 'zh-CN', screen: 'phone', height: 844 },
  { name: 'import', login: 'partner', path: '/lots/import', lang: 'zh-CN', screen: 'desk', height: 800 },
  { name: 'subscriptions', login: 'partner', path: '/subscriptions', lang: 'zh-CN', screen: 'desk', height: 800 },
  { name: 'health', login: 'admin', path: '/health', lang: 'zh-CN', screen: 'desk', height: 800 },
  { name: 'packs', login: 'admin', path: '/packs', lang: 'zh-CN', screen: 'desk', height: 800 },
];
