/**
 * What a button or select asks for: an action and its arguments, such as the session whose panel it
 * is on.
 */
export interface CustomId {
  readonly action: string;
  readonly parts: readonly string[];
}

const SHAPE = /^lull:([a-z][a-z-]{0,30})((?::[\w-]{1,60}){0,3})$/;

/**
 * @param parts at most three, of letters, digits, `_` and `-`
 * @throws Error when it could not be parsed again
 */
export const customId = (action: string, ...parts: readonly (string | number)[]): string => {
  const text = ["lull", action, ...parts].join(":");
  if (text.length > 100 || parseCustomId(text) === undefined) throw new Error(`Not a custom id: ${text}`);
  return text;
};

/** @returns undefined for anything that `customId` would not produce */
export const parseCustomId = (text: string): CustomId | undefined => {
  const [, action, parts] = SHAPE.exec(text) ?? [];
  return action === undefined ? undefined : { action, parts: parts?.split(":").slice(1) ?? [] };
};
