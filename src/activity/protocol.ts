/** What the page sends, as JSON, to learn whose it is: `POST token`, beside the page. */
export interface EntryRequest {
  /** From Discord, for the scopes that the page has asked for. */
  readonly code: string;
  /** Of which Discord has been shown the hash when it was asked for the code: the code is worth nothing without it. */
  readonly verifier: string;
  readonly guild: string;
  /** The voice channel. */
  readonly channel: string;
}

/** The answer. */
export interface EntryAnswer {
  /** For the page's connection to the bot. */
  readonly token: string;
  /** For the page's connection to Discord. */
  readonly accessToken: string;
  /** BCP 47. */
  readonly language: string;
  /** What is written before the names of those who have the page open; `{names}` is filled in by the page. */
  readonly here: string;
}

/** Why there is no such answer, as JSON: a close code, as the page's connection has it. */
export interface EntryRefusal {
  readonly refused: number;
}

/** What Discord lets the page know: who its member is. */
export const SCOPE = "identify";

/** What this page says besides what the remote does. */
export interface ActivityWords {
  /** In a browser, without Discord around it. */
  readonly onlyInDiscord: string;
  /** The member has not let Discord say who they are. */
  readonly notAllowed: string;
}
