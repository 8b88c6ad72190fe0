import type { GroupMember } from "./dave/groupMember.ts";

/** A frame that was on its way when the keys changed is nobody's fault, for so many milliseconds. */
export const TRANSITION_TOLERANCE = 100;

/** Whether a member was in the group, and had said that it follows it, at that moment (`performance.now()`). */
export const isInGroup = (member: GroupMember | undefined, moment: number): boolean => {
  const since = member?.followsSince();
  return since !== undefined && since <= moment;
};

/**
 * Waits for listeners that are to share the group with the bot.
 * @param bot the bot's member, where there is one
 */
export const createReadiness = (bot: () => GroupMember | undefined) => {
  const waiting = new Set<() => void>();

  const share = (member: GroupMember, moment: number) => isInGroup(member, moment) && isInGroup(bot(), moment);

  return {
    /** To be called after anything in the call has changed. */
    check(): void {
      for (const look of waiting) look();
    },
    /**
     * Resolves once the listener and the bot share the group and nothing of an earlier one is on its way.
     * @throws Error when the listener has left before
     */
    of: (member: GroupMember, hasLeft: () => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = () => {
          const now = performance.now();
          if (!hasLeft() && !share(member, now)) return;
          if (!hasLeft() && !share(member, now - TRANSITION_TOLERANCE)) {
            setTimeout(look, TRANSITION_TOLERANCE);
            return;
          }
          waiting.delete(look);
          if (hasLeft()) reject(new Error("The listener left the call before the bot shared its group."));
          else resolve();
        };
        waiting.add(look);
        look();
      }),
  };
};
