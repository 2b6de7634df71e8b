// An accelerator that was asked for and is not here.

export class ProviderMissing extends Error {
  readonly provider: string;
  readonly reason: string;
  constructor(provider: string, reason: string) {
    super(`The execution provider "${provider}" cannot be used here: ${reason}`);
    this.name = 'ProviderMissing';
    this.provider = provider;
    this.reason = reason;
  }
}
