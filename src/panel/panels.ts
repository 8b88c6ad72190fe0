import { randomBytes } from "node:crypto";
import {
  type APIMessageTopLevelComponent,
  type Client,
  type GuildTextBasedChannel,
  type Message,
  MessageFlags,
  PermissionFlagsBits,
} from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { Clock } from "../kernel/clock.ts";
import { type ChannelId, type GuildId, id, type MessageId, type SessionId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createKeyedQueue } from "../kernel/serialise.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { Panels } from "../ports/guild.ts";
import type { PanelMessage } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";
import { isGone, isTooOld } from "./panelErrors.ts";
import type { PanelFace, PanelFaces } from "./panelFaces.ts";
import { panelOf } from "./panelView.ts";

/** Discord limits edits of messages that are older than an hour (error 30046). */
const MAX_AGE: Millis = minutes(55);
/** With this many messages below it, a panel is out of sight. */
const MAX_MESSAGES_BELOW = 10;
/**
 * How often Discord is asked whether it is: without the message intent, the gateway does not say.
 */
const CHECK_INTERVAL: Millis = minutes(2);

interface Panel {
  readonly session: SessionId;
  readonly message: Message;
  readonly postedAt: Millis;
  readonly checkedAt: Millis;
  /** Its content, to skip edits that change nothing. */
  readonly content: string;
  /** The name of the picture that is attached to it; unknown after a restart. */
  readonly face: string | undefined;
}

/** What a panel's message is made of. */
interface Content {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly face: PanelFace | undefined;
}

const attached = ({ name, data }: PanelFace) => ({ name, attachment: Buffer.from(data) });

const allowedMentions = { parse: [] };

/**
 * Panels in text channels, edited with the bot's token: interaction tokens expire after 15 minutes.
 * @param canWrite whether the bot may write, and edit what it wrote, in a channel
 * @param faces the pictures of what plays; without them, panels have words alone
 */
export const createPanels = (
  client: Client,
  guildLocale: GuildLocale,
  canWrite: (channel: GuildTextBasedChannel) => boolean,
  faces: PanelFaces | undefined,
  clock: Clock,
  log: Log,
): Panels => {
  const panels = new Map<SessionId, Panel>();
  /** What each panel was last asked to show. */
  const latest = new Map<SessionId, SessionView>();
  const turns = createKeyedQueue<SessionId>();

  const writable = (channel: ChannelId): GuildTextBasedChannel | undefined => {
    const found = client.channels.cache.get(channel);
    if (!found?.isTextBased() || found.isDMBased() || !found.isSendable()) return undefined;
    return canWrite(found) ? found : undefined;
  };

  /** Where the session was started, else in the voice channel's own chat. */
  const channelFor = (view: SessionView) => writable(view.panel) ?? writable(view.channel);

  const canAttach = (channel: GuildTextBasedChannel | undefined): boolean => {
    const me = channel?.guild.members.me;
    return me != null && channel?.permissionsFor(me).has(PermissionFlagsBits.AttachFiles) === true;
  };

  const post = async (view: SessionView, { components, face }: Content): Promise<PanelMessage | undefined> => {
    panels.delete(view.id);
    const channel = channelFor(view);
    if (channel === undefined) {
      log.warn("There is no channel for the panel", { guild: view.guild });
      return undefined;
    }
    const postedAt = clock.now();
    const message = await channel.send({
      components: [...components],
      ...(face && { files: [attached(face)] }),
      flags: [MessageFlags.IsComponentsV2, MessageFlags.SuppressNotifications],
      allowedMentions,
      // A nonce: a request repeated after a lost answer posts no second panel.
      nonce: randomBytes(8).toString("hex"),
      enforceNonce: true,
    });
    const content = JSON.stringify(components);
    panels.set(view.id, {
      session: view.id,
      message,
      postedAt,
      checkedAt: postedAt,
      content,
      face: face?.name,
    });
    return { channel: id<ChannelId>(channel.id), message: id<MessageId>(message.id), at: postedAt };
  };

  /** The panel from before a restart, if it still exists. */
  const findAgain = async ({ id: session, guild, posted }: SessionView): Promise<Panel | undefined> => {
    if (posted === undefined) return undefined;
    try {
      const channel = client.channels.cache.get(posted.channel);
      if (!channel?.isTextBased()) return undefined;
      const message = await channel.messages.fetch(posted.message);
      const panel: Panel = {
        session,
        message,
        postedAt: posted.at,
        checkedAt: posted.at,
        content: "",
        face: undefined,
      };
      panels.set(session, panel);
      return panel;
    } catch (error) {
      // A request that failed says nothing about the panel: asking again later posts no second one.
      if (!isGone(error)) throw error;
      log.info("The panel from before the restart is gone", { guild, error });
      return undefined;
    }
  };

  const edit = async (panel: Panel, { components, face }: Content): Promise<void> => {
    await panel.message.edit({
      components: [...components],
      // Files that are not named stay; a picture is sent again only when it is another one.
      ...(face?.name !== panel.face && { attachments: [] }),
      ...(face && face.name !== panel.face && { files: [attached(face)] }),
      flags: MessageFlags.IsComponentsV2,
      allowedMentions,
    });
  };

  const remove = async ({ message }: Panel): Promise<void> => {
    try {
      await message.delete();
    } catch (error) {
      log.warn("An old panel could not be removed", { error });
    }
  };

  /** Whether newer messages have pushed it out of sight; false when Discord does not say. */
  const isFarUp = async ({ message }: Panel): Promise<boolean> => {
    try {
      const below = await message.channel.messages.fetch({
        after: message.id,
        limit: MAX_MESSAGES_BELOW,
        cache: false,
      });
      return below.size >= MAX_MESSAGES_BELOW;
    } catch {
      return false;
    }
  };

  const replace = async (panel: Panel, view: SessionView, content: Content) => {
    const posted = await post(view, content);
    await remove(panel);
    return posted;
  };

  const isOutOfSight = async (panel: Panel): Promise<boolean> => {
    const now = clock.now();
    if (now - panel.postedAt >= MAX_AGE) return true;
    if (now - panel.checkedAt < CHECK_INTERVAL) return false;
    panels.set(panel.session, { ...panel, checkedAt: now });
    return isFarUp(panel);
  };

  const change = async (panel: Panel, view: SessionView, content: Content): Promise<PanelMessage | undefined> => {
    // The closing line stays where the panel was.
    if (view.status !== "over" && (await isOutOfSight(panel))) return replace(panel, view, content);
    try {
      await edit(panel, content);
      const current = panels.get(view.id) ?? panel;
      panels.set(view.id, { ...current, content: JSON.stringify(content.components), face: content.face?.name });
      return undefined;
    } catch (error) {
      if (isTooOld(error)) return replace(panel, view, content);
      if (!isGone(error)) throw error;
      return view.status === "over" ? undefined : post(view, content);
    }
  };

  /** Shows the picture that has been drawn meanwhile, if the panel is still there. */
  const showFace = (guild: GuildId, session: SessionId): void => {
    turns
      .run(session, async () => {
        const [view, panel] = [latest.get(session), panels.get(session)];
        if (view === undefined || panel === undefined || panel.face !== undefined) return;
        const content = contentOf(view);
        await edit(panel, content);
        panels.set(session, { ...panel, content: JSON.stringify(content.components), face: content.face?.name });
      })
      .catch((error: unknown) => log.info("A panel is without its picture", { guild, error }));
  };

  const contentOf = (view: SessionView): Content => {
    const isAfkChannel = client.guilds.cache.get(view.guild)?.afkChannelId === view.channel;
    const wanted = view.status !== "over" && canAttach(channelFor(view));
    const face = wanted ? faces?.of(view, () => showFace(view.guild, view.id)) : undefined;
    const say = guildLocale.withLanguage(view.guild, view.rules.language);
    return { components: panelOf(view, say, { isAfkChannel, face, now: clock.now() }), face };
  };

  const show = async (view: SessionView): Promise<PanelMessage | undefined> => {
    const panel = panels.get(view.id) ?? (await findAgain(view));
    const content = contentOf(view);
    try {
      if (panel === undefined) return await post(view, content);
      return panel.content === JSON.stringify(content.components) ? undefined : await change(panel, view, content);
    } finally {
      if (view.status === "over") {
        panels.delete(view.id);
        latest.delete(view.id);
      }
    }
  };

  return {
    show(view) {
      latest.set(view.id, view);
      return turns.run(view.id, () => show(view));
    },
  };
};
