import type { Choice, GuildView, ModalForm, Progress, RegisteredCommand } from "../protocol.ts";
import type { Field, RunnableCommand } from "./commandLine.ts";

/** What the user is writing: text, or a command with its options. */
export type Draft =
  | { readonly mode: "text"; readonly text: string }
  | { readonly mode: "command"; readonly command: RunnableCommand; readonly fields: readonly Field[] };

/** A list below a text field. */
export interface Offer {
  /** The option it belongs to; undefined for the list of commands. */
  readonly field?: string;
  readonly choices: readonly (Choice & { readonly note?: string })[];
  /** Index of the choice that Enter takes; −1 for none. */
  readonly active: number;
}

/** What went wrong, shown to the user. */
export interface Notice {
  readonly id: string;
  /** Name of the text channel that it is shown in. */
  readonly channel: string;
  /** When it came up, in milliseconds since the Unix epoch: it stands among the messages of that time. */
  readonly at: number;
  readonly about: string;
  readonly text: string;
}

/** A form that the bot has opened. */
export interface OpenModal {
  readonly form: ModalForm;
  readonly sending: boolean;
  readonly complaint: string;
  /** Custom id of the field that the complaint is about; undefined where it is about the whole form. */
  readonly wrong: string | undefined;
}

/** All that the page draws from. */
export interface State {
  readonly connection: "connecting" | "open" | "lost";
  readonly guild: GuildView | undefined;
  readonly commands: readonly RegisteredCommand[];
  /** What the bot is busy with. */
  readonly progress: Progress | undefined;
  /** Query of the activity's address, while it is open. */
  readonly activity: string | undefined;
  /** Index of the walkthrough's step, while it runs. */
  readonly walkthrough: number | undefined;
  /** Name of the text channel that is shown. */
  readonly channel: string;
  readonly draft: Draft;
  readonly offer: Offer | undefined;
  /** What is wrong with the draft. */
  readonly complaint: string;
  readonly notices: readonly Notice[];
  /** Ephemeral messages that the user has dismissed. */
  readonly dismissed: ReadonlySet<string>;
  /** Controls that wait for their answer, as `message/custom id`; "draft" for the command line. */
  readonly pending: ReadonlySet<string>;
  /** The select whose list is open, as `message/custom id`, with what is chosen so far. */
  readonly select: { readonly key: string; readonly active: number; readonly chosen: readonly string[] } | undefined;
  readonly modal: OpenModal | undefined;
  /** The message whose menu is open. */
  readonly openMenu: string | undefined;
  /** The message or notice whose controls Tab reaches; undefined: the newest. */
  readonly current: string | undefined;
  readonly drawer: "channels" | "people" | undefined;
  /** The companion whose menu is open. */
  readonly openMember: string | undefined;
  readonly sound: { readonly isHeard: boolean; readonly muted: boolean };
  /** Emoji that the user has just sent into their voice channel, oldest first. */
  readonly effects: readonly { readonly id: string; readonly emoji: string; readonly label: string }[];
  /** Commands that the user has run, by path, and pictures that they have revealed. */
  readonly completed: ReadonlySet<string>;
  readonly welcome: boolean;
}

const firstState: State = {
  connection: "connecting",
  guild: undefined,
  commands: [],
  progress: undefined,
  activity: undefined,
  walkthrough: undefined,
  channel: "general",
  draft: { mode: "text", text: "" },
  offer: undefined,
  complaint: "",
  notices: [],
  dismissed: new Set(),
  pending: new Set(),
  select: undefined,
  modal: undefined,
  openMenu: undefined,
  current: undefined,
  drawer: undefined,
  openMember: undefined,
  sound: { isHeard: false, muted: false },
  effects: [],
  completed: new Set(),
  welcome: true,
};

/** DOM id of the line to write in. */
export const TEXT_ID = "draft";

/** Holds the page's state. */
export interface Store {
  readonly state: State;
  set(change: Partial<State>): void;
  /** Calls back after the next drawing. */
  afterDrawing(run: () => void): void;
}

/** Holds the state, and draws it once for all changes of one turn. */
export const createStore = (draw: (state: State) => void): Store => {
  let state = firstState;
  let planned = false;
  let after: (() => void)[] = [];
  const plan = () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      draw(state);
      const run = after;
      after = [];
      for (const one of run) one();
    });
  };
  return {
    get state() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      plan();
    },
    afterDrawing(run) {
      after.push(run);
      plan();
    },
  };
};

/** A copy of the set with the member in it, or without it. */
export const withMember = <T>(set: ReadonlySet<T>, member: T, isIn: boolean): ReadonlySet<T> => {
  const next = new Set(set);
  if (isIn) next.add(member);
  else next.delete(member);
  return next;
};
