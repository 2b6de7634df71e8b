// The only place that loads a model: one single-threaded onnxruntime session, its shapes, one run at a time.

import * as ort from 'onnxruntime-node';
import { ProviderMissing } from './provider-missing.ts';

export interface ModelOptions {
  /** Threads inside one run. One: a second was slower on every model measured. */
  readonly threads?: number;
  /** 'cpu', or the execution provider of an accelerator such as 'cuda'. */
  readonly provider?: string;
  /** Gives up before the next model is loaded: what the library has begun it ends. */
  readonly signal?: AbortSignal;
}

/** A dimension left open by the model is a name. */
export type Dimension = number | string;

export interface PortShape {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly Dimension[];
}

export interface ModelOutput {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface Model {
  readonly inputs: readonly PortShape[];
  readonly outputs: readonly PortShape[];
  /** `data` is read during the run and belongs to the caller again afterwards. */
  run(
    inputName: string,
    data: Float32Array,
    dims: readonly number[],
    outputNames: readonly string[],
  ): Promise<ModelOutput[]>;
  release(): Promise<void>;
}

/** Throws ProviderMissing, or onnxruntime's own Error for bytes that are no model. */
export async function openModel(bytes: Uint8Array, options: ModelOptions = {}): Promise<Model> {
  const provider = options.provider ?? 'cpu';
  checkProvider(provider);
  const session = await createSession(bytes, provider, options.threads ?? 1);
  return {
    inputs: session.inputMetadata.map(portShape),
    outputs: session.outputMetadata.map(portShape),
    async run(inputName, data, dims, outputNames) {
      const answer = await session.run({ [inputName]: new ort.Tensor('float32', data, dims) }, [...outputNames]);
      return outputNames.map((name) => outputOf(name, answer[name]));
    },
    release: () => session.release(),
  };
}

export function checkProvider(provider: string): void {
  const present = ort.listSupportedBackends().map((backend) => backend.name);
  if (!present.includes(provider)) throw new ProviderMissing(provider, `this onnxruntime has ${present.join(', ')}`);
}

async function createSession(bytes: Uint8Array, provider: string, threads: number): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // Patterns of earlier runs kept 45 MB for five models, and no look was quicker for them.
      enableMemPattern: false,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch (cause) {
    // The library lists every provider it could use; the parts of an accelerator's may still be missing on disk.
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (provider !== 'cpu') throw new ProviderMissing(provider, reason.slice(0, 300));
    throw cause;
  }
}

function portShape(port: ort.InferenceSession.ValueMetadata): PortShape {
  return port.isTensor
    ? { name: port.name, type: port.type, shape: port.shape }
    : { name: port.name, type: 'not a tensor', shape: [] };
}

function outputOf(name: string, tensor: ort.Tensor | undefined): ModelOutput {
  if (!tensor || !(tensor.data instanceof Float32Array)) throw new Error(`output "${name}" is not a float tensor`);
  return { data: tensor.data, dims: tensor.dims };
}
