import type { CommandContext, Invoker, MemberRights } from "../commands/command.ts";
import { queueFavourite } from "../commands/favourites/favouritesList.ts";
import { botCanSpeak } from "../commands/guards.ts";
import { hostsMayMore, requestAsListener } from "../commands/listenerRequest.ts";
import { resolveProgramme } from "../commands/programmes/eveningOptions.ts";
import { skipNextEvening, startProgramme } from "../commands/programmes/eveningRequests.ts";
import { planWakeUp } from "../commands/sleep/wakeRequests.ts";
import type { GuildId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { nothingPlaying } from "../session/refusals.ts";
import type { SessionView } from "../session/view.ts";
import { listenerRequestOf } from "./listenerRequestOf.ts";
import type { RemoteRequest } from "./protocol.ts";

/** What requests need of the rest of the bot. */
export interface CarryOutContext
  extends Pick<
    CommandContext,
    | "sessions"
    | "settings"
    | "catalogueOf"
    | "favourites"
    | "personalFavourites"
    | "listenerService"
    | "guildProgrammes"
    | "evenings"
    | "wakeUps"
    | "channelAccess"
    | "timeZone"
  > {
  /** What members may do. */
  readonly rights: {
    /** As far as the bot knows. */
    known(guild: GuildId, user: UserId): MemberRights;
    ask(guild: GuildId, user: UserId): Promise<MemberRights>;
  };
}

/** The member whose page it is; they are in the page's voice channel. */
export type PageMember = Pick<Invoker, "guild" | "user" | "channel" | "voiceChannel" | "say">;

/**
 * Does what a page asks for, as the command or button of the same name would, with the same rights.
 * @param view of the session that the member hears; undefined where none is on
 * @throws UserError when it is refused
 */
export const carryOutRequest = async (
  request: RemoteRequest,
  member: PageMember,
  view: SessionView | undefined,
  context: CarryOutContext,
  now: Millis,
): Promise<void> => {
  const { guild, user } = member;
  switch (request.type) {
    case "play":
      botCanSpeak(member, context);
      await queueFavourite(request.favourite, member, { ...context, catalogue: context.catalogueOf(guild) });
      return;
    case "startProgramme":
      await startProgramme(await resolveProgramme(request.programme, member, context), member, context);
      return;
    case "skipEvening":
      await skipNextEvening(request.evening, { ...member, ...(await context.rights.ask(guild, user)) }, context);
      return;
    case "wakeAt":
      await planWakeUp(member, context, request);
      return;
    case "cancelWakeUp":
      await context.wakeUps.cancel(guild, user, request.wakeUp);
      return;
    default: {
      if (view === undefined) throw nothingPlaying();
      const asked = listenerRequestOf(request, view, now);
      const rights = hostsMayMore(asked) ? await context.rights.ask(guild, user) : context.rights.known(guild, user);
      await requestAsListener({ ...member, ...rights }, context, asked);
    }
  }
};
