import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { createFairQueue } from "../kernel/fairQueue.ts";
import type { UserId } from "../kernel/ids.ts";
import type { Requester } from "../ports/sounds.ts";

/** Requests of one guild, and of one member, that may run or wait at a time. */
const [MAX_OF_GUILD, MAX_OF_USER] = [6, 2];

const tooMany = () => new UserError("too-many-requests", message("interaction.tooManyRequests"));

/** Requests of members that each take a process for a moment: one at a time, guilds by turns. */
export interface RequestQueue {
  /** @throws UserError when too many of the guild or of the member are under way */
  run<T>(by: Requester, job: () => Promise<T>): Promise<T>;
}

/** Creates a queue for one kind of request. */
export const createRequestQueue = (): RequestQueue => {
  const queue = createFairQueue();
  const ofUser = new Map<UserId, number>();
  const count = (user: UserId, more: 1 | -1): void => {
    const now = (ofUser.get(user) ?? 0) + more;
    if (now > 0) ofUser.set(user, now);
    else ofUser.delete(user);
  };
  return {
    async run({ guild, user }, job) {
      if (queue.countOf(guild) >= MAX_OF_GUILD || (ofUser.get(user) ?? 0) >= MAX_OF_USER) throw tooMany();
      count(user, 1);
      try {
        return await queue.run(guild, job);
      } finally {
        count(user, -1);
      }
    },
  };
};
