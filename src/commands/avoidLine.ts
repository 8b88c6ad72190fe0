import type { AvoidList, AvoidMode } from "../host/carePorts.ts";

const MODES: Readonly<Record<AvoidMode, string>> = {
  warn: "whoever queues it is told, where nobody can tell for whom",
  skip: "left out, where nobody can tell for whom",
  always: "left out always, even where others may guess",
};

/** An avoid list in one line. */
export const avoidLine = ({ triggers, risks, mode }: AvoidList): string =>
  `You would rather not hear: ${[...triggers, ...risks].join(", ")} (${MODES[mode]}).`;
