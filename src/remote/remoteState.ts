import type { Catalogue } from "../catalogue/catalogue.ts";
import { handsBeside, type Visual, visualBeside } from "../catalogue/visuals.ts";
import { byUse } from "../commands/favourites/favouritesList.ts";
import { type Message, message } from "../i18n/message.ts";
import type { Say } from "../i18n/say.ts";
import type { UserId } from "../kernel/ids.ts";
import { type MemberText, rawText } from "../kernel/memberText.ts";
import type { Millis } from "../kernel/units.ts";
import type { PersonalFavourite } from "../ports/guild.ts";
import { isHeard, type SessionView } from "../session/view.ts";
import { VOLUME_NAMES } from "../session/volume.ts";
import { decidesAlone } from "../session/votes.ts";
import type { RemoteState } from "./protocol.ts";

/** How many entries of the queue are shown. */
const MAX_NEXT = 5;
/** How many favourites can be queued with a touch. */
const MAX_FAVOURITES = 8;

/** The member for whom the page is. */
export interface RemoteViewer {
  readonly user: UserId;
  readonly say: Say;
  readonly isHost: boolean;
  /** The server's and their own. */
  readonly favourites: readonly PersonalFavourite[];
}

/** What it does, where that is anything but playing. */
const statusOf = ({ status, pauseReason, interrupted, now }: SessionView): Message | undefined => {
  if (pauseReason === "grace" || pauseReason === "snoozed") return message("remote.silent");
  if (pauseReason === "alone") return message("panel.pausedUntilReturn");
  if (status === "paused") return message("panel.paused");
  if (status === "waiting") return message("panel.preparing");
  if (interrupted === "suppressed") return message("panel.waitingOnStage");
  if (interrupted === "muted") return message("panel.serverMuted");
  if (interrupted === "reconnecting") return message("panel.reconnecting");
  if (now?.heard === false) return message("panel.connecting");
  return undefined;
};

const votesOf = ({ votes }: SessionView): Message | undefined => {
  if (votes === undefined) return undefined;
  const { to, have, need } = votes;
  return to === "skip" ? message("vote.skipOnPanel", { have, need }) : message("vote.stopOnPanel", { have, need });
};

/** Where a sound was last heard to be is only known to some milliseconds: what changes by less is not sent. */
const SAME_MOMENT: Millis = 50;

/** When the sound was at its beginning. */
const beginningOf = ({ at, position }: NonNullable<SessionView["now"]>): Millis =>
  Math.round((at - position) / SAME_MOMENT) * SAME_MOMENT;

const picture = ({ id, title, alt }: Visual, say: Say) => ({ id, title: say.word(title), alt: say.word(alt) });

/** What a touch plays, those that are played most first. */
const favouritesOf = (
  { say, favourites }: Pick<RemoteViewer, "say" | "favourites">,
  catalogue: Pick<Catalogue, "find">,
): RemoteState["favourites"] =>
  byUse(favourites)
    .filter(({ mix }) => mix.some(({ sound }) => catalogue.find(sound) !== undefined))
    .slice(0, MAX_FAVOURITES)
    .map(({ id, name }) => ({ id, title: rawText(say.word(name)) }));

/** A voice channel in which nothing plays, as the page shows it. */
export const idleStateOf = (
  catalogue: Pick<Catalogue, "find">,
  viewer: Pick<RemoteViewer, "say" | "favourites">,
): RemoteState => {
  const { say } = viewer;
  return {
    isIdle: true,
    title: say("remote.nothingPlaying"),
    // No markdown is read there.
    line: say("activity.idle").replaceAll("`", ""),
    votes: "",
    isPaused: false,
    layers: [],
    volume: "",
    mayRaise: false,
    next: [],
    favourites: favouritesOf(viewer, catalogue),
    listeners: "",
    visual: { ...picture(visualBeside(undefined), say), since: 0, stillAt: 0 },
  };
};

/** A session as the remote shows it to one member. */
export const remoteStateOf = (
  view: SessionView,
  catalogue: Pick<Catalogue, "find">,
  viewer: RemoteViewer,
): RemoteState => {
  const { user, say, isHost } = viewer;
  const words = (title: MemberText) => rawText(say.word(title));
  const said = (line: Message | undefined) => (line === undefined ? "" : say.of(line));
  const entry = view.now ?? view.coming;
  const layers = entry?.layers.filter(({ once }) => !once) ?? [];
  const visual = visualBeside(layers[0] && catalogue.find(layers[0].sound));
  const hands = handsBeside(visual);
  const { sleepTimer: timer } = view;
  return {
    isIdle: false,
    title: entry === undefined ? say("remote.nothingPlaying") : words(entry.title),
    line: said(statusOf(view)),
    votes: said(votesOf(view)),
    isPaused: view.status === "paused",
    layers: layers.map(({ sound, title, gainDb, place }) => ({ sound, title: words(title), gainDb, place })),
    volume: say.of(VOLUME_NAMES[view.volume]),
    mayRaise: decidesAlone(view.rules.votes, entry?.by, { by: user, asHost: isHost }),
    ...(timer && {
      timer: { fadesAt: timer.fadesAt, endsAt: timer.endsAt, isSilent: timer.grace !== undefined, isHeld: timer.held },
    }),
    next: view.queue.slice(0, MAX_NEXT).map(({ title }) => words(title)),
    favourites: favouritesOf(viewer, catalogue),
    listeners: say("panel.listening", { count: view.listeners.length }),
    visual: {
      ...picture(visual, say),
      ...(hands && { other: picture(hands, say) }),
      since: visual.breath !== undefined && view.now !== undefined ? beginningOf(view.now) : 0,
      ...(!isHeard(view) && { stillAt: view.now?.at ?? view.startedAt }),
    },
  };
};
