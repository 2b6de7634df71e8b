// What says that something did not fit: a disk, a quota, or the database itself.

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const mostCauses = 5;

/** Whether the disk, a quota or the database itself had no room, however deep the reason lies. */
export function isFullDisk(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < mostCauses && typeof cause === 'object' && cause !== null; depth++) {
    if ('code' in cause && typeof cause.code === 'string' && fullCodes.has(cause.code)) return true;
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return false;
}
