/** Labels of the options that the selects of a message show as chosen. */
export const chosenOptions = (message: unknown): readonly string[] =>
  [...JSON.stringify(message).matchAll(/"label":"([^"]*)","value":"[^"]*","default":true/g)].map(
    ([, label = ""]) => label,
  );
