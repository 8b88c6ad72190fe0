/** The document between the emulator's page and an activity's: it passes their messages on (see `activityProxy.ts`). */
const parameters = new URLSearchParams(location.search);
/** The emulator's page. */
const page = parameters.get("page") ?? location.origin;
parameters.delete("page");

const frame = document.createElement("iframe");
frame.title = document.title;
frame.src = `/?${parameters}`;
document.body.append(frame);

addEventListener("message", ({ source, origin, data }) => {
  if (source === frame.contentWindow && origin === location.origin) parent.postMessage(data, page);
  else if (source === parent && origin === page) frame.contentWindow?.postMessage(data, location.origin);
});
