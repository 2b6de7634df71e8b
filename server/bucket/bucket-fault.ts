// What keeps a store of objects from doing what it is asked: a setting that is wrong, or a store that is away.

/** `settings`: no waiting mends it, and the sentence says which setting; `away`: it is tried again. */
export type BucketFaultCode = 'settings' | 'away';

export class BucketFault extends Error {
  readonly code: BucketFaultCode;
  constructor(code: BucketFaultCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'BucketFault';
    this.code = code;
  }
}

/** What an answer means that is no success; `said`: the store's own word for it, such as NoSuchBucket. */
export function faultOfAnswer(status: number, said: string): BucketFault {
  const told = said === '' ? `${status}` : `${status} ${said}`;
  if (said === 'NoSuchBucket' || status === 404)
    return new BucketFault(
      'settings',
      `S3_BUCKET — there is no such bucket in the store (${told}). Make it, or name another.`,
    );
  if (said === 'RequestTimeTooSkewed')
    return new BucketFault(
      'settings',
      `This machine's clock is too far from that of the store (${told}). Set the clock.`,
    );
  if (status === 301 || status === 307 || status === 308 || said === 'AuthorizationHeaderMalformed')
    return new BucketFault(
      'settings',
      `S3_REGION or S3_ENDPOINT — the store wants the bucket asked for elsewhere (${told}).`,
    );
  if (status === 401 || status === 403)
    return new BucketFault(
      'settings',
      `S3_KEY and S3_SECRET — the store refuses them (${told}). The key must be allowed to write, read and delete in the bucket.`,
    );
  if (status >= 500 || status === 429 || status === 408)
    return new BucketFault('away', `The store of pictures answered ${told}.`);
  return new BucketFault('settings', `The store of pictures did not take the request (${told}).`);
}
