// The number of a recall as people quote it.
/** `R-2026-0031`: the year it was issued and its running number. */
export function recallNumber(id: number, startedAt: number): string {
  return `R-${new Date(startedAt + 8 * 3_600_000).getUTCFullYear()}-${String(id).padStart(4, '0')}`;
}
