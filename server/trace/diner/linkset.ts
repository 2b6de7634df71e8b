// What a GS1 resolver answers about a code: the links known for it (RFC 9264 linkset) and which one a link type means.

export type ResolverLink = {
  /** Bare GS1 web vocabulary name: pip, recallStatus, traceability … */
  readonly type: string;
  /** Absolute. */
  readonly href: string;
  readonly title: string;
  readonly mediaType: string;
};

export type ResolverLevel = {
  /** The uncompressed Digital Link of this level, absolute. */
  readonly anchor: string;
  readonly links: readonly ResolverLink[];
};

const vocabulary = 'https://gs1.org/voc/';
const languages = ['zh-CN', 'en'];

/** RFC 9264, with every level from the requested one up to the primary key. The first link of the first level is the default. */
export function linksetJson(levels: readonly ResolverLevel[]): Record<string, unknown> {
  return {
    '@context': { '@vocab': vocabulary, gs1: vocabulary },
    linkset: levels.map(({ anchor, links }) => {
      const relations: Record<string, unknown[]> = {};
      const [first] = links;
      // A default link carries no attributes but its title, and is told again under what it is.
      if (first !== undefined) relations[`${vocabulary}defaultLink`] = [{ href: first.href, title: first.title }];
      for (const { type, href, title, mediaType } of links) {
        const target = { href, title, type: mediaType, hreflang: languages };
        relations[vocabulary + type] = [...(relations[vocabulary + type] ?? []), target];
      }
      return { anchor, ...relations };
    }),
  };
}

/** The link of a type as it may be asked for: `gs1:pip`, the full URI, or bare; undefined when there is none. */
export function linkOfType(levels: readonly ResolverLevel[], asked: string): ResolverLink | undefined {
  const bare = asked.replace(/^gs1:/, '').replace(/^https?:\/\/(www\.)?gs1\.org\/voc\//, '');
  const all = levels.flatMap(({ links }) => links);
  return bare === 'defaultLink' || bare === 'defaultLinkMulti' ? all[0] : all.find(({ type }) => type === bare);
}

export function asksForLinkset(linkType: string | undefined, accept: string): boolean {
  if (linkType === 'linkset' || linkType === 'all' || linkType === 'gs1:linkset') return true;
  return linkType === undefined && accept.includes('application/linkset+json');
}

/** `/.well-known/gs1resolver`: who answers here and for which keys. */
export function resolverDescription(origin: string): Record<string, unknown> {
  return {
    name: 'Bright Kitchen',
    resolverRoot: origin,
    supportedPrimaryKeys: ['01', '00', '414'],
    supportedContextValuesEnumerated: [],
    linkTypeDefaultCanBeLinkset: false,
    supportedLinkType: [{ namespace: `${vocabulary}`, prefix: 'gs1:' }],
    contact: { fn: 'Bright Kitchen' },
  };
}

/** What a resolver knows of a product without a batch. `origin`: the public address of this server. */
export function productLevel(origin: string, gtin: string, title: string): ResolverLevel {
  const href = `${origin}/01/${gtin}`;
  return {
    anchor: href,
    links: [
      { type: 'pip', href, title: `${title}: product`, mediaType: 'text/html' },
      { type: 'recallStatus', href, title: `${title}: lots being recalled`, mediaType: 'text/html' },
    ],
  };
}
