import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Say } from "../i18n/say.ts";
import { customId } from "./customId.ts";

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Index of its first item in the whole list, from 0. */
  readonly first: number;
}

/** The requested page, or the nearest one. */
export const pageOf = <Item>(all: readonly Item[], wanted: number, size: number): Page<Item> => {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), pages - 1) : 0;
  const first = page * size;
  return { items: all.slice(first, first + size), page, pages, first };
};

/** Buttons to the previous and next page; nothing if there is only one. */
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
  // The two ids must differ even on the first and last page, where one button is disabled.
  return [
    {
      type: ComponentType.ActionRow,
      components: [button(say("pages.previous"), page - 1), button(say("pages.next"), page + 1)],
    },
  ];
};

/** The page number in small print; nothing if there is only one page. */
export const pageNote = ({ page, pages }: Page<unknown>, say: Say): readonly string[] =>
  pages === 1 ? [] : [say("pages.position", { page: page + 1, pages })];
