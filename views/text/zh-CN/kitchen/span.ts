// Lengths of time as the Chinese pages of the kitchen say them.
export type Span = { readonly days: number; readonly hours: number; readonly minutes: number };

export function spanText({ days, hours, minutes }: Span): string {
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`;
  return `${minutes} 分钟`;
}
