import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { GuildId, UserId } from "../../kernel/ids.ts";

/** Uploads of one guild, and of one member in it, that may be under way at a time. */
const [MAX_OF_GUILD, MAX_OF_USER] = [3, 2];

const guildBusy = () => new UserError("uploads-busy", message("import.serverBusy"));
const userBusy = () => new UserError("uploads-busy", message("import.memberBusy"));

/** Bounds how many uploads of a guild and of a member are under way. */
export const createUploadTurns = () => {
  const underWay = new Set<{ readonly guild: GuildId; readonly by: UserId | undefined }>();
  const count = (matches: (one: { guild: GuildId; by: UserId | undefined }) => boolean) =>
    [...underWay].filter(matches).length;

  return {
    /**
     * Runs a job that counts as an upload.
     * @param by undefined where no member is known
     * @throws UserError when too many are under way
     */
    async run<T>(guild: GuildId, by: UserId | undefined, job: () => Promise<T>): Promise<T> {
      if (count((one) => one.guild === guild) >= MAX_OF_GUILD) throw guildBusy();
      if (by !== undefined && count((one) => one.by === by) >= MAX_OF_USER) throw userBusy();
      const own = { guild, by };
      underWay.add(own);
      try {
        return await job();
      } finally {
        underWay.delete(own);
      }
    },
  };
};
