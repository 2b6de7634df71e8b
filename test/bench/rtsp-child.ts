// An RTSP camera in a process of its own, so that its cost is not counted as ours: 1080p, 25 a second, a key frame every 2 s.
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { h264Clip, startRtspServer } from '../support/rtsp-server.ts';

const clip = h264Clip(findFfmpeg() ?? 'ffmpeg', { seconds: 4, width: 1920, height: 1080, gop: 50 });
const { port } = await startRtspServer({ clip });
process.send?.(port);
