/** What the bot says of its HTTP server when it starts. */
const SERVED = /^Health and metrics: (http:\/\/\S+)\/readyz/;

/** @returns where the activity is served, if a line that the bot has written says so */
export const activityIn = (line: string): string | undefined => {
  const [, address] = SERVED.exec(line) ?? [];
  return address === undefined ? undefined : `${address}/activity`;
};
