import type { Programme } from "../catalogue/programmes.ts";
import type { CommandContext, Invoker, MemberRights } from "../commands/command.ts";
import { isChannelHost } from "../commands/hostGuard.ts";
import { rawText } from "../kernel/memberText.ts";
import type { RemotePlans } from "./protocol.ts";

/** How many of each are shown. */
const [MAX_PROGRAMMES, MAX_EVENINGS, MAX_WAKE_UPS] = [8, 5, 5];

const isHeard = ({ phases }: Programme): boolean => phases.length > 0;

/** What begins by itself in a guild, and what can be begun, as a page shows it to one member. */
export const remotePlansOf = async (
  viewer: Pick<Invoker, "guild" | "user" | "voiceChannel" | "say"> & MemberRights,
  context: Pick<CommandContext, "guildProgrammes" | "evenings" | "wakeUps" | "settings">,
): Promise<RemotePlans> => {
  const { guild, user, voiceChannel, say } = viewer;
  const programmes = (await context.guildProgrammes.all(guild)).filter(isHeard);
  const evenings = (await context.evenings.list(guild)).slice(0, MAX_EVENINGS);
  return {
    programmes: programmes.slice(0, MAX_PROGRAMMES).map(({ id, title }) => ({ id, title: rawText(say.word(title)) })),
    evenings: await Promise.all(
      evenings.map(async ({ id, title, programme, next, skippedAt, channel }) => ({
        id,
        title: title === undefined ? say("evening.missingProgramme") : rawText(say.word(title)),
        ...(programmes.some((one) => one.id === programme) && { programme }),
        next,
        ...(skippedAt !== undefined && { skippedAt }),
        isHere: channel === voiceChannel,
        maySkip: await isChannelHost(viewer, context, channel),
      })),
    ),
    wakeUps: context.wakeUps
      .list(guild, user)
      .slice(0, MAX_WAKE_UPS)
      .map(({ id, at, scope, channel }) => ({ id, at, isOwn: scope === "me", isHere: channel === voiceChannel })),
  };
};
