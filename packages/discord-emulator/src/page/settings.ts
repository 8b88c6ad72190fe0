/** A run of text on the page, in parts. */
export type RichText = readonly (
  | string
  | { readonly strong: string }
  /** What is to be typed. */
  | { readonly keys: string }
  /** A path of the page's own server, such as "/help", or an http(s) address. */
  | { readonly link: string; readonly text: string }
)[];

/** One step of the welcome; it is ticked off once the user has done it. */
export interface WelcomeStep {
  readonly text: RichText;
  /** Label of the button that does it, or begins it. */
  readonly label: string;
  /** Joining a voice channel, or running a command. */
  readonly does:
    | { readonly join: string }
    /** `command` is its path as it is registered, e.g. "sleep in"; `options` are filled in for the user. */
    | { readonly command: string; readonly options?: Readonly<Record<string, string>> };
}

/** Greetings for the time of day at the reader's. */
export interface Greetings {
  readonly morning: string;
  readonly afternoon: string;
  /** Until the morning. */
  readonly evening: string;
}

/** A button that runs a command at once, in the voice channel that the user is in or joins for it. */
export interface Shortcut {
  readonly label: string;
  /** Path of the command as it is registered. */
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What the page says above the first message. */
export interface Welcome {
  readonly heading: string | Greetings;
  readonly text: RichText;
  readonly shortcuts?: {
    readonly text: RichText;
    /** Voice channel that a user joins who is in none. */
    readonly channel: string;
    readonly buttons: readonly Shortcut[];
  };
  readonly steps: readonly WelcomeStep[];
  /** Shown when every step is done. */
  readonly closing: RichText;
}

/** A locale of Discord's, e.g. "es-ES", under the name that its speakers give it. */
export interface PageLocale {
  readonly locale: string;
  readonly name: string;
}

/** An emoji that the user can send into their voice channel. */
export interface PageEffect {
  readonly emoji: string;
  readonly label: string;
}

/** What the page says of its walkthrough, in which companions show what a group does. */
interface WalkthroughTexts {
  /** Of the button that starts it. */
  readonly label: string;
  /** Beside the button. */
  readonly note: string;
  /** Voice channel that a user joins who is in none. */
  readonly channel: string;
  /** One for each step, in their order. */
  readonly captions: readonly string[];
}

/** What the page says and offers for one bot. All of it is text: nothing is read as HTML. */
export interface PageSettings {
  /** Title of the browser's tab. */
  readonly title: string;
  /** Above the list of channels. */
  readonly heading: string;
  /** Shown until the page is there. */
  readonly opening: string;
  readonly botName: string;
  readonly welcome: Welcome;
  /** The first one is the user's where their browser asks for none of them. */
  readonly locales: readonly PageLocale[];
  readonly effects: readonly PageEffect[];
  /** Without it no walkthrough is offered. */
  readonly walkthrough?: WalkthroughTexts;
  /** Commands that are offered before all others, by their paths as they are registered, most used first. */
  readonly firstCommands?: readonly string[];
  /** Drawings of emoji that a font may lack: paths of an SVG of 24 × 24, drawn as lines. */
  readonly emoji?: Readonly<Record<string, string>>;
  /** Origin at which the bot's activity is shown; undefined: it has none. Set by `openPage`. */
  readonly activityOrigin?: string;
  /** Texts in other languages, by locale of Discord's ("es-ES") or language ("es"). */
  readonly translations?: Readonly<Record<string, PageTexts>>;
}

/** What of the settings can be said in another language. */
type PageTexts = Partial<Pick<PageSettings, "title" | "heading" | "welcome" | "effects" | "walkthrough">>;

/** The locales of Discord's client (Discord, "Locales"). */
const LOCALES: readonly PageLocale[] = [
  ["en-US", "English, US"],
  ["en-GB", "English, UK"],
  ["bg", "български"],
  ["cs", "Čeština"],
  ["da", "Dansk"],
  ["de", "Deutsch"],
  ["el", "Ελληνικά"],
  ["es-419", "Español, LATAM"],
  ["es-ES", "Español"],
  ["fi", "Suomi"],
  ["fr", "Français"],
  ["hi", "हिन्दी"],
  ["hr", "Hrvatski"],
  ["hu", "Magyar"],
  ["id", "Bahasa Indonesia"],
  ["it", "Italiano"],
  ["ja", "日本語"],
  ["ko", "한국어"],
  ["lt", "Lietuviškai"],
  ["nl", "Nederlands"],
  ["no", "Norsk"],
  ["pl", "Polski"],
  ["pt-BR", "Português do Brasil"],
  ["ro", "Română"],
  ["ru", "Pусский"],
  ["sv-SE", "Svenska"],
  ["th", "ไทย"],
  ["tr", "Türkçe"],
  ["uk", "Українська"],
  ["vi", "Tiếng Việt"],
  ["zh-CN", "中文"],
  ["zh-TW", "繁體中文"],
].map(([locale = "", name = ""]) => ({ locale, name }));

/** What the page says where a bot does not say otherwise. */
export const defaultSettings = (botName: string): PageSettings => ({
  title: `${botName} · Discord emulator`,
  heading: "Discord emulator",
  opening: "Opening…",
  botName,
  welcome: {
    heading: `Try ${botName}`,
    text: ["This is a small Discord on your own machine. Nothing here leaves it, and nobody else can see or hear you."],
    steps: [
      {
        text: ["Join the voice channel ", { strong: "lounge" }, " if your bot plays or listens."],
        label: "Join lounge",
        does: { join: "lounge" },
      },
    ],
    closing: ["Type ", { keys: "/" }, " below to see the bot's commands. Invite companions to see what a group does."],
  },
  locales: LOCALES,
  effects: [{ emoji: "👋", label: "Wave" }],
});
