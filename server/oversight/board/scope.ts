// How the questions of the district board keep to the caller's part of the city.

/** For questions asked with the values of `scopeOf`; `site` is the column of the site id. */
export function seen(site: string): string {
  return `(@all OR ${site} IN (SELECT value FROM json_each(@seen)))`;
}
