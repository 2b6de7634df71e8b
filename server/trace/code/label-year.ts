// The year that two digits on a label mean: codes live for half a century either way (GS1 General Specifications §7.12).

/** `at`: when it is read or was written, unix ms. In 2026 `27` is 2027, `76` is 2076 and `77` is 1977. */
export function labelYear(twoDigits: number, at: number): number {
  const now = new Date(at).getUTCFullYear();
  const ahead = twoDigits - (now % 100);
  const century = now - (now % 100) + twoDigits;
  if (ahead > 50) return century - 100;
  return ahead < -49 ? century + 100 : century;
}
