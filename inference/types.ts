// What goes into the eye and what comes out of it: the shapes other rooms may rely on. Plain data, safe to send
// between threads and (pictures apart) as JSON.

import type { MeasureAsk, Measured } from './colours.ts';

/** x, y, width, height as fractions of the picture, origin top left. */
export type Box = readonly [x: number, y: number, w: number, h: number];

export interface Detection {
  readonly label: string;
  /** 0…1, calibrated where the pack says so. */
  readonly score: number;
  readonly box: Box;
  /** Shorter side of the box in pixels of the picture as it came. */
  readonly sizePx?: number;
  /** Index, in the same list, of the detection whose crop this label was read from. */
  readonly of?: number;
  /** Name of the pack that said so. */
  readonly source: string;
}

export const checkKinds = ['black', 'over_exposed', 'blurred', 'covered', 'frozen', 'moved'] as const;
export type CheckKind = (typeof checkKinds)[number];

export interface CheckFault {
  readonly kind: CheckKind;
  readonly reading: number;
  readonly limit: number;
}

/** Shares are 0…1 of the picture's area, brightness and contrast 0…255, shift is a fraction of the width. */
export interface CheckReadings {
  readonly brightness: number;
  readonly contrast: number;
  readonly sharpness: number;
  readonly clippedShare: number;
  readonly darkShare: number;
  readonly coveredShare: number;
  /** Mean difference to the frame before, 0…255. Only with a frame before. */
  readonly change?: number;
  /** How far the view stands from where it stood, as a fraction of the width; 1 when nothing is recognised any more. */
  readonly shift?: number;
}

export interface FrameCheck {
  readonly ok: boolean;
  readonly faults: readonly CheckFault[];
  readonly readings: CheckReadings;
}

/** What is remembered of a frame so that the next one can be compared with it. Opaque JSON of about 16 KB: keep and hand back. */
export interface FrameSignature {
  readonly version: 1;
  /** Grey copy of this frame, base64. */
  readonly grey: string;
  /** Grey copy of the view the camera is expected to show, base64. */
  readonly view: string;
  /** A finer copy, packed: two of a live camera differ by a digit of its clock at least. */
  readonly print: string;
  /** Frames in a row without any difference but the codec's. */
  readonly stillFrames: number;
  /** Frames in a row that showed another view than the expected one. */
  readonly movedFrames: number;
}

export interface StageTimes {
  readonly decode: number;
  readonly check: number;
  readonly tensor: number;
  readonly model: number;
  readonly decodeBoxes: number;
  readonly total: number;
}

export interface PackName {
  readonly name: string;
  readonly version: string;
  /** Of the model's bytes. */
  readonly sha256: string;
  /** Of the manifest's bytes: the same model with other thresholds is another pack. */
  readonly manifestSha256?: string;
}

/** How closely heads were looked for: on the whole picture at the model's size, or on enlarged parts of it too. */
export type HeadLook = 'frame' | 'close';

/** Where heads are on one picture, and who said so. An empty list means that none was seen. */
export interface HeadReading {
  readonly look: HeadLook;
  readonly heads: readonly Box[];
  readonly packs: readonly PackName[];
}

export interface FrameReading {
  /** Size of the picture as it is seen (after its EXIF rotation). */
  readonly width: number;
  readonly height: number;
  readonly check: FrameCheck;
  readonly detections: readonly Detection[];
  /** Milliseconds per stage. */
  readonly ms: StageTimes;
  readonly packs: readonly PackName[];
  /** Missing when heads were not asked for, or no pack here knows heads. */
  readonly heads?: HeadReading;
  /** Missing when nothing was asked to be measured. */
  readonly measured?: Measured;
}

export interface ClassifiedFrame extends FrameReading {
  readonly signature: FrameSignature;
  /** False when the models were left out, as the options allowed. */
  readonly looked: boolean;
}

export interface ClassifyOptions {
  readonly previous?: FrameSignature;
  /** Run the packs too whose every violation is switched off. */
  readonly all?: boolean;
  /** Leave the models out when the camera is black, covered … (the check is still returned). */
  readonly skipModelIfCheckFails?: boolean;
  /** Leave the models out when nothing moved since `previous`. */
  readonly skipModelIfUnchanged?: boolean;
  /** Look for heads too, whatever the check says: the picture will be kept. */
  readonly heads?: boolean;
  /** Measured whether the models look or not. */
  readonly measure?: MeasureAsk;
}

/** One line of a pack's table from labels to a violation; the rule that uses it is not the eye's. */
export interface PackViolation {
  readonly id: string;
  readonly labels: readonly string[];
  readonly threshold: number;
  readonly on: boolean;
  readonly experimental: boolean;
}

/** The part of a pack that the rest of the product may know. */
export interface ModelPack extends PackName {
  readonly task: 'detect' | 'classify-crop' | 'classify-frame';
  readonly licence: string;
  readonly labels: readonly string[];
  readonly violations: readonly PackViolation[];
  readonly thresholdPolicy: unknown;
  readonly measured: readonly unknown[];
  readonly provenance: unknown;
}

export interface Detector {
  readonly packs: readonly ModelPack[];
  /** Throws PictureRefusal for a picture that cannot be read. */
  classify(image: Buffer, options?: ClassifyOptions): Promise<ClassifiedFrame>;
  /** Undefined when no pack here knows heads. Throws PictureRefusal. */
  heads(image: Buffer, look: HeadLook): Promise<HeadReading | undefined>;
  close(): Promise<void>;
}

export const cameraKinds = ['rtsp', 'hls', 'mjpeg', 'snapshot', 'clip', 'picture'] as const;
export type CameraKind = (typeof cameraKinds)[number];

/** A private network, and the ports on it, that an administrator opened to cameras. No ports: every port. */
export interface AddressRule {
  /** CIDR, such as 192.168.20.0/24 or fd00:12::/64. */
  readonly network: string;
  readonly ports?: readonly number[];
}

/** What is learnt of a stream beside its pictures; what did not show is left out. */
export interface StreamFacts {
  readonly codec?: string;
  readonly framesPerSecond?: number;
  /** Between two key frames. */
  readonly keyframeMs?: number;
  /** No second key frame came within so long. */
  readonly keyframeOverMs?: number;
  /** How far the camera's clock is ahead of ours. */
  readonly clockOffsetMs?: number;
}

export interface CameraSpec {
  readonly id: string;
  readonly kind: CameraKind;
  /** For rtsp, hls, mjpeg and snapshot. Never with a user or password in it. */
  readonly url?: string;
  /** For clip and picture: a file of ours. */
  readonly path?: string;
  readonly user?: string;
  readonly password?: string;
  /** SHA-256 of a certificate of its own that an administrator accepted, in hexadecimal. */
  readonly certificate?: string;
  readonly allow: readonly AddressRule[];
  readonly previous?: FrameSignature;
  /** Parts of the picture made black before anything looks at it or keeps it: corners as fractions. */
  readonly black?: readonly (readonly (readonly [x: number, y: number])[])[];
  /** Run the models although nothing changed since the frame before (audit samples, camera tests). */
  readonly always?: boolean;
  /** Stay until the stream is known too: its key frames, its rate, its clock. */
  readonly measure?: boolean;
  /** Colours that somebody wants to compare over time. */
  readonly colours?: MeasureAsk;
}

export const sampleFaultCodes = [
  'address', // the URL or path itself is not one we can use
  'forbidden', // it leads to an address cameras may not have
  'name', // the host name has no address
  'refused',
  'timeout',
  'unauthorised', // 401, 403: wrong user or password
  'challenge', // 401 without a word on how to log in
  'algorithm', // a login by a way that is not spoken here
  'locked', // too many wrong passwords: the camera answers nobody for a while
  'certificate', // nobody vouches for the camera's certificate; detail has its fingerprint
  'udp_only', // it sends over UDP and not over the connection it was asked on
  'full', // it serves no more viewers
  'not_found', // 404, or the file is gone
  'redirect', // the camera points elsewhere and may not
  'protocol', // the answer is not what this kind of camera says
  'form', // a file that is no video or picture we read; detail names it
  'codec', // neither H.264, H.265 nor Motion JPEG, or broken beyond decoding
  'no_keyframe', // a stream, but no whole picture in it in time
  'too_large', // more bytes or pixels than a camera has reason to send
  'picture', // a picture came and was refused; detail says why
  'ffmpeg', // ffmpeg is missing or cannot run here
  'dropped', // more frames came than could be checked; this one was the oldest
  'crashed', // the frame ended the worker more than once
  'internal', // something of ours broke while looking
] as const;
export type SampleFaultCode = (typeof sampleFaultCodes)[number];

export interface SampleFault {
  readonly code: SampleFaultCode;
  /** One sentence for the log and an administrator; holds no password. */
  readonly detail: string;
}

export interface SampledFrame {
  readonly ok: true;
  readonly cameraId: string;
  /** When the frame was taken, unix milliseconds. */
  readonly at: number;
  readonly reading: FrameReading;
  readonly signature: FrameSignature;
  /** False when the models were left out: nothing changed since the frame before, or the check failed. */
  readonly looked: boolean;
  /** JPEG, at most 1280 wide. */
  readonly picture: Buffer;
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  readonly stream?: StreamFacts;
}

export interface MissedFrame {
  readonly ok: false;
  readonly cameraId: string;
  readonly at: number;
  readonly fault: SampleFault;
}

export type Sample = SampledFrame | MissedFrame;

export interface PoolMetrics {
  readonly workers: number;
  readonly queued: number;
  readonly running: number;
  readonly done: number;
  readonly dropped: number;
  readonly crashes: number;
  readonly requeued: number;
  /** Sum of milliseconds per stage over all frames done. */
  readonly ms: StageTimes;
}

export interface Pool {
  /** True while the models are still being loaded: the packs are known, and what is asked waits. */
  readonly opening?: boolean;
  /** The packs that look at frames now. */
  readonly packs: readonly ModelPack[];
  /** Packs that looked before a swap: frames they saw may still be on their way. The newest first. */
  readonly formerPacks?: readonly (readonly ModelPack[])[];
  /**
   * Opens the packs of another folder, gives them every frame from then on, and lets the old ones finish theirs. Throws
   * PacksRefused or ProviderMissing, and then nothing has changed. Missing where frames are looked at elsewhere.
   */
  swap?(modelsDir: string): Promise<readonly ModelPack[]>;
  /** Throws PictureRefusal for a bad picture, FrameDropped when newer frames pushed it out of the queue. */
  classify(image: Buffer, options?: ClassifyOptions): Promise<ClassifiedFrame>;
  /** As classify, for heads alone; undefined when no pack here knows heads. */
  heads(image: Buffer, look: HeadLook): Promise<HeadReading | undefined>;
  /** Never throws for what a camera does: a fault is an answer. */
  sample(camera: CameraSpec): Promise<Sample>;
  metrics(): PoolMetrics;
  close(): Promise<void>;
}
