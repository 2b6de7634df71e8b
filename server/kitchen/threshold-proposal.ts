// Proposes a camera's threshold from what people judged there: what it saves in looks, what it costs in misses.

export type ProposalFigures = {
  readonly ownJudged: number;
};
