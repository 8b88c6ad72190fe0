import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Say } from "../i18n/say.ts";
import { customId } from "./customId.ts";

export interface Page<Item> {
  readonly items: readonly Item[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Place of its first item in the whole, from 0. */
  readonly first: number;
}

/** The page asked for, or the nearest there is. */
export const pageOf = <Item>(all: readonly Item[], wanted: number, size: number): Page<Item> => {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), pages - 1) : 0;
  const first = page * size;
  return { items: all.slice(first, first + size), page, pages, first };
};

/** Buttons to the pages before and after; nothing where there is one page. */
export const pageButtons = (
  { page, pages }: Page<unknown>,
  say: Say,
  action: string,
  ...parts: readonly string[]
): readonly APIActionRowComponent<APIButtonComponent>[] => {
  if (pages === 1) return [];
  const button = (label: string, to: number): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: customId(action, ...parts, Math.max(0, to)),
    disabled: to < 0 || to >= pages,
  });
  // The two ids differ even at an edge, where one of them would lead nowhere.
  return [
    {
      type: ComponentType.ActionRow,
      components: [button(say("pages.previous"), page - 1), button(say("pages.next"), page + 1)],
    },
  ];
};

/** Where the page stands among the others, as small print; nothing where there is one page. */
export const pageNote = ({ page, pages }: Page<unknown>, say: Say): readonly string[] =>
  pages === 1 ? [] : [say("pages.position", { page: page + 1, pages })];
