import { join } from "node:path";
import { createCare } from "./care/care.ts";
import { blocked } from "./commands/refusals.ts";
import type { Config } from "./config.ts";
import { openDiscord } from "./discord/client.ts";
import type { Agreed } from "./discord/members.ts";
import { watchFarewells } from "./host/farewells.ts";
import { createRepertoire } from "./host/repertoire.ts";
import { createSessions } from "./host/sessions.ts";
import { systemClock } from "./kernel/clock.ts";
import { UserError } from "./kernel/errors.ts";
import { type Log, openLog } from "./kernel/log.ts";
import { createGuildLibrary } from "./library/guildLibrary.ts";
import { createEvenings, type EveningsHouse } from "./schedule/evenings.ts";
import { openStorage } from "./storage/openStorage.ts";
import { progressLine, READY_LINE, type Terminal } from "./terminal.ts";
import { openEngine } from "./voice/engine.ts";
import { openCatalogue, SCRIPTS } from "./workshop/openCatalogue.ts";
import { openOwnSounds } from "./workshop/ownSounds.ts";
import { openPictures } from "./workshop/pictures.ts";
import { openSamples } from "./workshop/samples.ts";
import { openStudio } from "./workshop/studio.ts";
import { openWhispers } from "./workshop/whispers.ts";
import { openWorkshop, type Progress } from "./workshop/workshop.ts";

const openLogFile = (file: string, level: Config["logLevel"]): Log => {
  try {
    return openLog(file, level);
  } catch {
    throw new UserError("bad-config", `LULL_LOG: ${file} cannot be written. Choose another file, or "-".`);
  }
};

/** Says with each sound that is ready how far the rendering is. */
const reporting = (terminal: Terminal) => {
  let said = -1;
  return ({ sound, done, total }: Progress) => {
    if (done === said) return;
    said = done;
    if (done === total) terminal.progress(`All ${total} sounds are rendered.`);
    else terminal.progress(progressLine("Rendering", done, total, sound.title));
  };
};

/**
 * Wires the whole bot and starts it on Discord, or on whatever speaks as Discord does.
 * @param onRefused the gateway has refused the bot for good while it ran
 * @throws UserError that names what the host has to change
 */
export const startBot = async (
  config: Config & { readonly token: string },
  terminal: Terminal,
  onRefused: (reason: UserError) => void,
): Promise<{ close(): Promise<void> }> => {
  const log = openLogFile(config.log, config.logLevel);
  const builtIn = openCatalogue({ scripts: [SCRIPTS, join(config.sounds, "scripts")] });
  const library = createGuildLibrary(builtIn.sounds);
  const { catalogue, of: catalogueOf } = library;
  const storage = await openStorage({ path: join(config.data, "lull.sqlite"), log });
  const workshop = openWorkshop({ catalogue: builtIn, cache: config.cache, log, onProgress: reporting(terminal) });
  const { token, apiBase, timeZone } = config;
  const own = await openOwnSounds({ config, library, guildSounds: storage.guildSounds, log });
  const whispers = await openWhispers({ folder: join(config.data, "whispers"), library, log });
  const sounds = own.soundsBeside({
    prepare(name, onWhole) {
      const whispered = whispers.find(name);
      return whispered ? workshop.prepareSound(whispered, onWhole) : workshop.prepare(name, onWhole);
    },
  });
  const agreed: Agreed = (guild, users) => storage.consents.agreed(guild, "disconnect", users);
  const discord = await openDiscord({
    token,
    apiBase,
    identifies: join(config.data, "identifies.json"),
    agreed,
    settings: storage.settings,
    log,
    onRefused,
  });
  const { rooms, panels, members, voiceGateway } = discord;
  const { avoid, consents, tingles, heard, nights, personal } = storage;
  const care = createCare({
    catalogueOf,
    avoid,
    consents,
    tingles,
    heard,
    nights,
    rooms,
    tellOnPanel: discord.tellOnPanel,
    clock: systemClock,
    timeZone,
    log,
  });
  const engine = openEngine({ voiceGateway, log, engines: config.engines });
  const sessions = createSessions({
    players: engine,
    sounds,
    settings: storage.settings,
    rooms,
    panels,
    members,
    care,
    onView(view) {
      evenings.watch(view);
      discord.voiceStatus.show(view);
    },
    clock: systemClock,
    log,
    store: storage.sessions,
  });
  const { programmes, schedules, settings } = storage;
  const studio = openStudio({ cache: config.cache, log });
  const repertoire = createRepertoire({ sessions, catalogueOf, programmes, care });
  const evenings: EveningsHouse = createEvenings({
    schedules,
    repertoire,
    events: discord.events,
    view: sessions.view,
    isHere: discord.isHere,
    enter(guild, channel) {
      const obstacle = discord.doors.obstacle(guild, channel);
      if (obstacle !== undefined) throw blocked(obstacle, channel);
    },
    writeLine: discord.writeLine,
    visuals: studio,
    clock: systemClock,
    log,
  });
  const farewells = watchFarewells({
    store: storage.farewells,
    isHere: discord.isMember,
    async forget(guild) {
      evenings.forgetGuild(guild);
      await whispers.forgetGuild(guild);
      await own.forgetGuild(guild);
    },
    clock: systemClock,
    log,
  });
  discord.onFarewell((guild) => void farewells.left(guild));
  const pictures = openPictures({ sounds, log });
  const samples = openSamples({ sounds, log });
  await discord.serve({
    sessions,
    catalogue,
    catalogueOf,
    uploads: own.uploads,
    attachments: own.attachments,
    whispers,
    pictures,
    homeGuild: config.homeGuild,
    favourites: storage.favourites,
    care,
    avoid,
    consents,
    tingles,
    personal: {
      of: personal.of,
      forget: (user) => personal.forget(user).then(own.refresh),
    },
    samples,
    visuals: studio,
    charts: studio,
    settings,
    repertoire,
    programmes,
    evenings,
    timeZone,
  });

  terminal.say(`${discord.name} is logged in, in ${discord.guilds()} ${discord.guilds() === 1 ? "guild" : "guilds"}.`);
  for (const { guild, missing } of discord.lacks()) terminal.say(`In “${guild}” it lacks: ${missing.join(", ")}.`);
  terminal.say(`Invite it with ${discord.invite}`);
  terminal.say(READY_LINE);

  await care.open();
  const rendering = sessions
    .restore()
    .then(async (count) => {
      discord.leaveStaleSeats((guild) => sessions.view(guild) !== undefined);
      await evenings.open();
      await farewells.look();
      return count;
    })
    .then((count) => count > 0 && log.info("Rooms are back after a restart", { count }))
    .then(() => own.prepareAll())
    .then(() => (config.renderAhead ? workshop.renderAll().then(() => studio.drawAll()) : undefined))
    .catch((error: unknown) => log.error("The sounds could not all be rendered", { error }));

  return {
    async close() {
      evenings.close();
      farewells.close();
      await sessions.close();
      care.close();
      await engine.close();
      await discord.close();
      await workshop.close();
      await studio.close();
      await own.close();
      await rendering;
      await storage.close();
    },
  };
};
