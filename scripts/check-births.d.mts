/** Something in a file that can fail at birth. */
export interface Birth {
  readonly line: number;
  readonly what: string;
  readonly trouble?: string;
}

export const birthsIn: (path: string, text: string) => readonly Birth[];
