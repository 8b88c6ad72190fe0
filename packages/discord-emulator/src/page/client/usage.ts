const KEY = "discord-emulator-commands";
/** Of the user's own commands, so many come first. */
const OWN = 3;

const counts = (): Record<string, number> => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, number>;
  } catch {
    return {};
  }
};

/** Remembers in this browser that the user has run a command. @param sent its path as it is registered */
export const noteUse = (sent: string): void => {
  const all = counts();
  localStorage.setItem(KEY, JSON.stringify({ ...all, [sent]: (all[sent] ?? 0) + 1 }));
};

/** What is offered first: the bot's own order, after what the user runs most. @param first paths of the bot's settings */
export const firstCommands = (first: readonly string[]): readonly string[] => {
  const used = Object.entries(counts())
    .filter(([, count]) => count > 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, OWN)
    .map(([path]) => path);
  return [...used, ...first.filter((path) => !used.includes(path))];
};
