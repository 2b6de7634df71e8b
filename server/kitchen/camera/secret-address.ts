// Secrets that makers put into an address (`?usr=&pwd=`, `/user=admin_password=…`): found, and never shown.

/** What stands in a shown address where a secret is. */
export const hiddenSecret = '***';

const secretNames =
  'pwd|passwd|password|pass|psw|pw|passphrase|loginpas|token|access_token|auth|authkey|auth_key|key|secret|sign|signature|sig|sid|sessionid';
const secretPart = new RegExp(`((?:^|[?&/;_,])(?:${secretNames})=)([^&/;,?#_]*)(_(?![a-z0-9]+=)[^&/;,?#_]*)*`, 'gi');

/** The address as it may be shown; undefined when nothing in it is secret. */
export function shownAddress(url: string): string | undefined {
  const hostEnd = url.indexOf('/', url.indexOf('://') + 3);
  if (hostEnd < 0) return undefined;
  const rest = url.slice(hostEnd);
  const shown = rest.replace(secretPart, (whole, name: string) => (whole === name ? whole : name + hiddenSecret));
  return shown === rest ? undefined : url.slice(0, hostEnd) + shown;
}

/** The shown form came back from a form, with something else changed in it: what the secret was is not known here. */
export function hidesSecret(url: string): boolean {
  return url.includes(`=${hiddenSecret}`);
}
