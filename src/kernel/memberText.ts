declare const brand: unique symbol;

/**
 * What a member, an operator or a stranger's file has written: a title, a name. Any string can be
 * taken for one, and it is a string when it runs; but the compiler takes it neither for a string nor
 * in a template, so it becomes text only through `named`, `titled`, `plainly`, `escapeMarkdown` or
 * `rawText`.
 */
export type MemberText = string | (symbol & { readonly [brand]: "MemberText" });

/**
 * A member's words as they are, with all their markdown: for comparing, searching and storing, and
 * for what reads no markdown, such as the labels of choices and buttons.
 */
export const rawText = (text: MemberText): string => text as string;
