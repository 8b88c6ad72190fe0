/** A recording from a Debian package (bookworm), by which a kind of sound is known. */
export interface Recording {
  readonly kind: string;
  readonly package: string;
  /** Below the folder into which the package was unpacked; `.zip!` and `.pk3!` name what is in an archive. */
  readonly file: string;
}

/** Where the games keep their sounds, and the ends of their files' names, by kind. */
const SOURCES: readonly { package: string; under: string; files: Readonly<Record<string, string>> }[] = [
  {
    package: "0ad-data",
    under: "usr/share/games/0ad/mods/public/public.zip!audio/ambient",
    files: {
      rain: "weather/rain_11.ogg weather/rain_12.ogg",
      wind: "weather/wind_11.ogg weather/windstorm_11.ogg weather/snowstorm_11.ogg weather/windleaves_10.ogg weather/windleaves_11.ogg weather/windgust_11.ogg",
      stream: "water/river_fast_21.ogg water/river_med_21.ogg water/river_raging_21.ogg water/river_slow_21.ogg",
      surf: "water/wave_21.ogg water/wavecrash_21.ogg water/waverocky_21.ogg",
    },
  },
  {
    package: "flightgear-data-base",
    under: "usr/share/games/flightgear/Sounds",
    files: { rain: "rain.wav rain-windshield.wav", wind: "wind1.wav wind.wav" },
  },
  {
    package: "megaglest-data",
    under: "usr/share/games/megaglest/tilesets",
    files: {
      rain: "autumn/sounds/rain.ogg birch_forest/sounds/rain.ogg dark_forest/sounds/rain.ogg desert2/sounds/rain.wav",
      wind: "winter/sounds/wind.ogg",
    },
  },
  {
    package: "redeclipse-data",
    under: "usr/share/games/redeclipse/data/sounds",
    files: {
      rain: "ambience/morph/rain.ogg ambience/morph/stormrain.ogg",
      fire: "ambience/fire.ogg sfx/burnfire.ogg",
      wind: "ambience/wind.ogg ambience/wastewind.ogg ambience/morph/wind1.ogg ambience/morph/stormwind.ogg",
      stream: "ambience/creek.ogg ambience/river.ogg ambience/water.ogg",
    },
  },
  {
    package: "minetest-data",
    under: "usr/share/games/minetest/games/minetest_game/mods",
    files: {
      fire: "fire/sounds/fire_fire.1.ogg fire/sounds/fire_fire.2.ogg fire/sounds/fire_fire.3.ogg fire/sounds/fire_large.ogg fire/sounds/fire_small.ogg",
      stream:
        "env_sounds/sounds/env_sounds_water.1.ogg env_sounds/sounds/env_sounds_water.2.ogg env_sounds/sounds/env_sounds_water.3.ogg env_sounds/sounds/env_sounds_water.4.ogg",
    },
  },
  {
    package: "openarena-data",
    under: "usr/share/games/openarena/baseoa/pak0.pk3!sound/world",
    files: { fire: "fire1.wav fire2.wav firesoft.wav", wind: "wind1.wav wind2.wav" },
  },
  { package: "lincity-ng-data", under: "usr/share/games/lincity-ng/sounds", files: { fire: "Fire3.wav" } },
  {
    package: "wesnoth-1.16-data",
    under: "usr/share/games/wesnoth/1.16/data/core/sounds/ambient",
    files: { fire: "campfire.ogg" },
  },
  { package: "supertuxkart-data", under: "usr/share/games/supertuxkart/data/sfx", files: { stream: "river_loop.ogg" } },
  { package: "lugaru-data", under: "usr/share/games/lugaru/Sounds", files: { fire: "Fire.ogg", wind: "Wind.ogg" } },
];

/** All recordings, the kinds together; none is another's copy. */
export const RECORDINGS: readonly Recording[] = SOURCES.flatMap(({ package: from, under, files }) =>
  Object.entries(files).flatMap(([kind, names]) =>
    names.split(" ").map((name) => ({ kind, package: from, file: `${under}/${name}` })),
  ),
).sort((a, b) => a.kind.localeCompare(b.kind));
