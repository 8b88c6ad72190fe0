import { join } from "node:path";
import { openActivity } from "./activity/activity.ts";
import { accessRefused } from "./commands/refusals.ts";
import type { Config } from "./config.ts";
import { type Discord, openDiscord } from "./discord/client.ts";
import { openEngine } from "./engine/engine.ts";
import { followChanges } from "./followChanges.ts";
import type { HttpServer } from "./http/httpServer.ts";
import { systemClock } from "./kernel/clock.ts";
import { UserError } from "./kernel/errors.ts";
import { type Log, openLog } from "./kernel/log.ts";
import { rawText } from "./kernel/memberText.ts";
import { makePrivateFolder } from "./kernel/privateFolder.ts";
import { createLimit } from "./kernel/serialise.ts";
import { type Millis, seconds } from "./kernel/units.ts";
import { createLastResort } from "./lastResort.ts";
import type { Replica } from "./leases/replica.ts";
import { createListenerService } from "./listeners/listenerService.ts";
import { type Monitoring, openMonitoring } from "./openMonitoring.ts";
import { fenceOf, handOverShards, openReplica } from "./openReplica.ts";
import { openSounds, type Sounds } from "./openSounds.ts";
import { createPanelFaces, type PanelFaces } from "./panel/panelFaces.ts";
import { openCharts } from "./pictures/charts.ts";
import { openSoundPictures } from "./pictures/soundPictures.ts";
import { openVisualRenderer, type VisualRenderer } from "./pictures/visualRenderer.ts";
import type { ChannelAccess } from "./ports/channelAccess.ts";
import type { OpenDueJobs } from "./ports/dueJobs.ts";
import type { Telemetry } from "./ports/telemetry.ts";
import type { EveningsService } from "./programmes/evenings.ts";
import { openProgrammes, type Programmes, type ProgrammesOptions } from "./programmes/openProgrammes.ts";
import { openReleaseCheck, type ReleaseCheck } from "./releaseCheck.ts";
import type { Pages, PagesOptions } from "./remote/pages.ts";
import { openRemote, type Remote } from "./remote/remote.ts";
import { openLoudnessCurves } from "./render/loudnessCurves.ts";
import type { RenderProgress } from "./render/renderer.ts";
import { openSamples } from "./render/samples.ts";
import { createGuildRetention } from "./runtime/guildRetention.ts";
import { createSessions, type Sessions } from "./runtime/sessions.ts";
import { createShardResume } from "./shardResume.ts";
import { lockDatabase } from "./storage/databaseLock.ts";
import { lockFolder } from "./storage/folderLock.ts";
import { openStorage, type Storage } from "./storage/openStorage.ts";
import { progressLine, READY_LINE, type Terminal } from "./terminal.ts";

/** A bot that is logged in and answers. */
export interface Bot {
  /** Takes an error that nothing caught: it is logged, and the sessions play on. */
  onUncaught(error: unknown): void;
  /** Lets every session go to silence on a ramp, leaves, and keeps what may be restored. */
  close(): Promise<void>;
  /** How long that may take beyond the usual time, while other replicas take the shards over. */
  readonly handsOverWithin: Millis;
}

/** Ends of the bot that it does not choose itself. */
export interface BotEvents {
  /** The gateway has refused the bot for good while it ran. */
  onRefused(reason: UserError): void;
  /** Errors that nothing catches come so fast that going on helps nobody. */
  onHopeless(): void;
}

/** Orchestrators give a process half a minute to end. */
const HAND_OVER_TIME: Millis = seconds(20);

/** What Lull keeps in its data folder; whatever else lies there is left alone. */
const isKept = (name: string) =>
  /\.(sqlite|sqlite-wal|sqlite-shm|log(\.\d+)?)$|^(lock|uploads|whispers|rehearsal|before-restore-|settings-of-backup)/.test(
    name,
  );

const openLogFile = ({ log: file, logLevel }: Config, terminal: Terminal): Log => {
  const where = file === "-" ? "standard output" : file;
  try {
    return openLog(file, logLevel, ({ message }) =>
      terminal.print(`The log cannot be written to ${where} (${message}). Lull plays on.`),
    );
  } catch (error) {
    const { message } = error as Error;
    throw new UserError(
      "bad-config",
      `LULL_LOG: ${where} cannot be written (${message}). Choose another file, or "-".`,
    );
  }
};

/** Replicas share a database; who copies it whole has it alone. */
const claimDatabase = (url: string, terminal: Terminal, log: Log, onHopeless: () => void) =>
  lockDatabase(url, {
    kind: "shared",
    onWait: () => terminal.print("The database is being copied; waiting until that is done."),
    onTaken() {
      const sentence = "The database has been taken by what copies it while it could not be reached; this Lull ends.";
      log.error(sentence);
      terminal.print(sentence);
      onHopeless();
    },
  });

/** What stands before anything else: the data folder is this process's own, with its log and its database. */
const openData = async (config: Config, terminal: Terminal, { onHopeless }: BotEvents) => {
  const { data, databaseUrl: url } = config;
  const lock = await lockFolder(data, {
    onWait: () => terminal.print(`Another Lull still uses ${data}; waiting for it to end.`),
  });
  makePrivateFolder(data, isKept);
  const log = openLogFile(config, terminal);
  const databaseLock = url === undefined ? undefined : await claimDatabase(url, terminal, log, onHopeless);
  const storage = await openStorage({ path: join(data, "lull.sqlite"), url, log, onTrouble: terminal.print });
  const monitoring = await openMonitoring(config, storage, log);
  if (monitoring.http !== undefined) terminal.print(`Health and metrics: ${monitoring.http.address}/readyz, /metrics`);
  const release = async () => {
    await databaseLock?.release();
    lock.release();
  };
  return { release, log, storage, monitoring, replica: await openReplica(config, log) };
};

/** Says with each sound that is ready how far the rendering is. */
const createRenderReporter = (terminal: Terminal) => {
  let said = -1;
  return ({ sound, done, total }: RenderProgress) => {
    if (done === said) return;
    said = done;
    if (done === total) terminal.progress(`All ${total} sounds are rendered.`);
    else terminal.progress(progressLine("Rendering", done, total, rawText(sound.title)));
  };
};

const logIn = (
  config: Config & { readonly token: string },
  storage: Storage,
  replica: Replica | undefined,
  log: Log,
  telemetry: Telemetry,
  faces: PanelFaces,
  terminal: Terminal,
  events: BotEvents,
) =>
  openDiscord({
    token: config.token,
    helperTokens: config.helperTokens,
    onHelperNews: terminal.print,
    apiBase: config.apiBase,
    restProxy: config.restProxy,
    shards: { count: config.shards },
    replica,
    consentsToDisconnect: (guild, users) => storage.consents.usersConsenting(guild, "disconnect", users),
    settings: storage.settings,
    faces,
    log,
    telemetry,
    onRefused: events.onRefused,
  });

/** @throws UserError in words for the member when the bot that would speak cannot be heard in the channel */
const accessCheck =
  (channelAccess: ChannelAccess, sessions: Pick<Sessions, "freeBot">): ProgrammesOptions["checkAccess"] =>
  (guild, channel) => {
    const { helper } = sessions.freeBot(guild, channel) ?? {};
    const problem = channelAccess.accessProblem(guild, channel, helper);
    if (problem !== undefined) throw accessRefused(problem, channel);
  };

/** The pages with which listeners control their session: in a browser, and in Discord. */
const openRemotePages = (
  { remote, activity, apiBase }: Config,
  http: HttpServer | undefined,
  options: Omit<PagesOptions, "http"> & { readonly application: string },
): { readonly remote?: Remote; readonly activity?: Pages } => {
  if (http === undefined) return {};
  const origin = remote === "on" ? http.address : remote;
  return {
    ...(origin !== undefined && { remote: openRemote({ ...options, http, origin }) }),
    ...(activity !== undefined && { activity: openActivity({ ...options, http, clientSecret: activity, apiBase }) }),
  };
};

/** Sessions, and what begins, hears and remembers them. */
const openServices = (
  config: Config,
  { library, source, forgetGuild }: Sounds,
  storage: Storage,
  discord: Discord,
  replica: Replica | undefined,
  visuals: VisualRenderer,
  log: Log,
  { telemetry, http }: Pick<Monitoring, "telemetry" | "http">,
  openDueJobs: OpenDueJobs | undefined,
) => {
  const { carries } = discord.shards;
  const shared = { catalogueOf: library.of, clock: systemClock, log, carries, openDueJobs };
  const listenerService = createListenerService({ ...storage, ...discord, ...shared, timeZone: config.timeZone });
  const engine = openEngine({ voiceGateway: discord.voiceGateway, log, engines: config.engines, telemetry });
  const shardResume = createShardResume(discord);
  const sessions = createSessions({
    ...discord,
    ...shared,
    players: engine,
    soundSource: source,
    settings: storage.settings,
    listenerService,
    store: storage.sessions,
    carries: discord.shards.carries,
    ...(replica && { fenceOf: fenceOf(replica, discord.shards) }),
    onView(view) {
      evenings.observe(view);
      programmes.quietChannels.observe(view);
      discord.voiceStatus.show(view);
      // Where nothing is heard, the activity says so.
      activity?.observe(view);
      if (!view.resting) remote?.observe(view);
    },
  });
  const programmes: Programmes = openProgrammes({
    ...discord,
    ...shared,
    schedules: storage.schedules,
    wakeUpStore: storage.wakeUpStore,
    quietChannelStore: storage.quietChannelStore,
    consents: storage.consents,
    programmeStore: storage.programmes,
    sessions,
    listenerService,
    isAvailable: (guild) => shardResume.has(guild) && discord.isAvailable(guild),
    checkAccess: accessCheck(discord.channelAccess, sessions),
    visuals,
    onPlansChanged(guild) {
      for (const pages of [remote, activity]) pages?.plansChanged(guild);
    },
  });
  const evenings: EveningsService = programmes.evenings;
  const { remote, activity } = openRemotePages(config, http, {
    ...shared,
    ...programmes,
    sessions,
    settings: storage.settings,
    favourites: storage.favourites,
    personalFavourites: storage.personalFavourites,
    listenerService,
    loudnessCurves: openLoudnessCurves({ sounds: source, log }),
    voiceChannels: discord.voiceChannels,
    channelAccess: discord.channelAccess,
    timeZone: config.timeZone,
    rights: discord.membersRights,
    application: discord.application,
  });
  const guildRetention = createGuildRetention({
    ...shared,
    store: storage.guildRetention,
    isHere: discord.isInGuild,
    async forget(guild) {
      evenings.forgetGuild(guild);
      programmes.wakeUps.forgetGuild(guild);
      programmes.quietChannels.forgetGuild(guild);
      await forgetGuild(guild);
    },
  });
  const pages = [remote, activity].filter((one) => one !== undefined);
  handOverShards(discord, { ...programmes, sessions, engine, shardResume, pages }, log);
  discord.onGuildLeft((guild) => void guildRetention.guildLeft(guild));
  return { listenerService, engine, visuals, sessions, shardResume, guildRetention, remote, activity, ...programmes };
};

type Services = ReturnType<typeof openServices>;

const serve = (
  config: Config,
  sounds: Sounds,
  storage: Storage,
  discord: Discord,
  services: Services,
  releases: ReleaseCheck,
  log: Log,
) => {
  const { library, added, whispers, optInSounds } = sounds;
  const context: Parameters<Discord["serve"]>[0] = {
    ...storage,
    ...services,
    sessions: services.sessions,
    catalogue: library.catalogue,
    catalogueOf: library.of,
    uploads: added.uploads,
    attachments: added.attachments,
    whispers,
    optInSounds,
    pictures: openSoundPictures({ sounds: sounds.source, log }),
    samples: openSamples({ sounds: sounds.source, log }),
    charts: openCharts(),
    homeGuild: config.homeGuild,
    personalData: {
      of: storage.personalData.of,
      erase: (user) => storage.personalData.erase(user).then(added.refresh),
    },
    programmeStore: storage.programmes,
    remoteLinks: services.remote,
    timeZone: config.timeZone,
    newerRelease: releases.newer,
  };
  const { activity } = services;
  return discord.serve(context, activity && { hasActivity: true, followers: [activity] });
};

/** Says in which guilds the bot is, and what it lacks there. */
const describeGuilds = async (discord: Discord, where: string, terminal: Terminal): Promise<void> => {
  const count = discord.guildCount();
  terminal.print(`${where} in ${count} ${count === 1 ? "guild" : "guilds"}.`);
  for (const { guild, missing } of await discord.guildsMissingPermissions())
    terminal.print(`In “${guild}” it lacks: ${missing.join(", ")}.`);
};

const greet = async (discord: Discord, terminal: Terminal): Promise<void> => {
  const { name, shards } = discord;
  const own = shards.ids().length;
  if (shards.isShared) terminal.print(`${name} is logged in, and shares ${shards.count} shards with other replicas.`);
  else if (own === 1) await describeGuilds(discord, `${name} is logged in,`, terminal);
  else {
    terminal.print(`${name} is logged in. Its ${own} shards are opened one after the other, and answer at once.`);
    void shards.allReady.then(() => describeGuilds(discord, `All ${own} shards are ready,`, terminal));
  }
  terminal.print(`Invite it with ${discord.invite}`);
  await discord.helpers.ready;
  terminal.print(READY_LINE);
};

/** Brings back the sessions of before, then prepares what nobody waits for. Never rejects. */
const resume = async (
  config: Config,
  sounds: Sounds,
  storage: Storage,
  discord: Discord,
  services: Services,
  log: Log,
) => {
  const { shardResume, guildRetention, visuals } = services;
  // Which guilds the bot has left is known once every shard has said which it has.
  void discord.shards.allReady.then(guildRetention.sweep);
  try {
    // What a helper has played is to come back with its voice.
    await discord.helpers.ready;
    const openWhatWaits = async () => {
      await services.wakeUps.open();
      await services.quietChannels.open();
    };
    // Two shards at once would fetch the same files.
    const oneAtATime = createLimit(1);
    const refresh = () => {
      storage.changedElsewhere();
      return oneAtATime(async () => {
        await sounds.refresh();
        await openWhatWaits();
      });
    };
    await shardResume.start({ ...services, log, ...(discord.shards.isShared && { refresh }) });
    if (!discord.shards.isShared) await openWhatWaits();
    await sounds.added.prepareAll();
    if (!config.renderAhead) return;
    await sounds.renderAll();
    await visuals.drawAll();
  } catch (error) {
    log.error("Not everything could be prepared after the start", { error });
  }
};

/**
 * Wires the whole bot and starts it on Discord, or on any server that speaks Discord's API.
 * @throws UserError that names what the operator has to change
 */
export const startBot = async (
  config: Config & { readonly token: string },
  terminal: Terminal,
  events: BotEvents,
): Promise<Bot> => {
  const { release, log, storage, monitoring, replica } = await openData(config, terminal, events);
  const sounds = await openSounds({ config, storage, log, onProgress: createRenderReporter(terminal) });
  const visuals = openVisualRenderer({ cache: config.cache, log });
  const faces = createPanelFaces(visuals, sounds.library.of, systemClock.now, log);
  const discord = await logIn(config, storage, replica, log, monitoring.telemetry, faces, terminal, events);
  const dueQueues = await storage.openDueQueues?.(discord.shards);
  const services = openServices(config, sounds, storage, discord, replica, visuals, log, monitoring, dueQueues?.open);
  monitoring.watch({ ...services, sounds, discord });
  const releases = openReleaseCheck(config, terminal.print);
  await serve(config, sounds, storage, discord, services, releases, log);
  await greet(discord, terminal);
  await services.listenerService.open();
  const changes = followChanges(storage, { ...services, ...sounds }, log);
  const resumed = resume(config, sounds, storage, discord, services, log);
  return {
    onUncaught: createLastResort({ log, print: terminal.print, onHopeless: events.onHopeless }),
    handsOverWithin: replica === undefined ? 0 : HAND_OVER_TIME,
    async close() {
      await replica?.drain(HAND_OVER_TIME);
      await changes?.close();
      releases.close();
      services.remote?.close();
      services.activity?.close();
      services.evenings.close();
      services.wakeUps.close();
      services.quietChannels.close();
      services.guildRetention.close();
      await services.sessions.close();
      services.listenerService.close();
      await dueQueues?.close();
      await services.engine.close();
      await discord.close();
      await services.visuals.close();
      await sounds.close();
      await resumed;
      await replica?.close();
      await storage.close();
      await monitoring.close();
      await release();
    },
  };
};
