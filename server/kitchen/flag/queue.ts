// Which flags a reviewer wants before them, and in which order: what the desk's address says.

/**
 * desk: flags not judged yet, and those a second person judges without knowing; lens: faults of the lens among the flags not
 * judged yet; unsure: the doubtful ones.
 */
export const reviewQueues = ['desk', 'lens', 'unsure'] as const;
export type ReviewQueue = (typeof reviewQueues)[number];

/** risk: what weighs most first; doubt: what the models were least sure of; age: what has waited longest. */
export const queueOrders = ['age', 'risk', 'doubt'] as const;
export type QueueOrder = (typeof queueOrders)[number];

export type QueueFilter = {
  readonly violation?: string | undefined;
  readonly districtId?: number | undefined;
  readonly restaurantId?: number | undefined;
  readonly cameraId?: number | undefined;
  /** Only what was seen at least so many hours ago. */
  readonly olderHours?: number | undefined;
};

export type QueueView = { readonly queue: ReviewQueue; readonly order: QueueOrder; readonly filter: QueueFilter };

export const plainView = (queue: ReviewQueue): QueueView => ({ queue, order: 'age', filter: {} });

/** What a flag of the lens is about. */
export const lensFaultId = 'camera_fault';
