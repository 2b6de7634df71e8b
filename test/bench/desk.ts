// How fast the desk is: in a browser from key to picture, and with 100,000 flags waiting beside an empty queue in the same run.
import { scriptedReviewer } from './desk-browser.ts';
import { crowdedQueue } from './desk-queue.ts';

await scriptedReviewer(300);
await crowdedQueue();
