// An eye whose models are loaded while everything else is served already: what it is asked before that waits for it.

import type { ModelPack, Pool, PoolMetrics } from './types.ts';

export interface LateEye {
  readonly eye: Pool;
  /** Loads the models, once however often it is asked. Throws what `open` throws, and whoever waits for the eye is told the same. */
  readonly load: () => Promise<void>;
}

/** `known` are the packs as their manifests tell them: they are said until those that were really loaded are known. */
export function openLater(
  known: { readonly packs: readonly ModelPack[]; readonly workers: number },
  open: (signal: AbortSignal) => Promise<Pool>,
): LateEye {
  let pool: Pool | undefined;
  let waiting = 0;
  let started = false;
  const givenUp = new AbortController();
  let begin: (opening: Promise<Pool>) => void = () => undefined;
  const opened = new Promise<Pool>((resolve) => {
    begin = resolve;
  });
  // A fault is told by `load`, and by each call that waits.
  opened.catch(() => undefined);

  async function whenOpen<T>(ask: (eye: Pool) => Promise<T>): Promise<T> {
    if (pool !== undefined) return ask(pool);
    waiting++;
    return ask(await opened.finally(() => waiting--));
  }

  const eye: Pool = {
    get opening() {
      return pool === undefined;
    },
    get packs() {
      return pool?.packs ?? known.packs;
    },
    get formerPacks() {
      return pool?.formerPacks ?? [];
    },
    swap: (modelsDir) => whenOpen((eyes) => eyes.swap?.(modelsDir) ?? Promise.resolve(eyes.packs)),
    classify: (image, options) => whenOpen((eyes) => eyes.classify(image, options)),
    heads: (image, look) => whenOpen((eyes) => eyes.heads(image, look)),
    sample: (camera) => whenOpen((eyes) => eyes.sample(camera)),
    metrics: () => pool?.metrics() ?? { ...noMetrics, workers: known.workers, queued: waiting },
    // Models that are still being loaded are given up: a stop does not wait for them.
    close: async () => {
      givenUp.abort();
      if (started)
        await opened.then(
          (eyes) => eyes.close(),
          () => undefined,
        );
    },
  };
  return {
    eye,
    async load() {
      if (!started) begin(open(givenUp.signal));
      started = true;
      try {
        pool = await opened;
      } catch (cause) {
        if (!givenUp.signal.aborted) throw cause;
      }
    },
  };
}

/** Of an eye that looked at nothing. */
export const noMetrics: PoolMetrics = {
  workers: 0,
  queued: 0,
  running: 0,
  done: 0,
  dropped: 0,
  crashes: 0,
  requeued: 0,
  ms: { decode: 0, check: 0, tensor: 0, model: 0, decodeBoxes: 0, total: 0 },
};
