/** Something in a file that can fail to start. */
export interface Start {
  readonly line: number;
  readonly what: string;
  readonly trouble?: string;
}

export const startsIn: (path: string, text: string) => readonly Start[];
