// What the page asks of the server: acts of a person, files, and the live stream.

export async function act(action, values) {
  const answer = await fetch(`/rig/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error);
  return result;
}

export const fileUrl = (id) => `/chat/file/${encodeURIComponent(id)}`;

export function listen({ hello, news, connected }) {
  const source = new EventSource("/chat/events");
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => {
    connected(false);
    // A browser gives up for good on some refusals: begin again then.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ hello, news, connected }), 2000);
    }
  });
  source.addEventListener("hello", (event) => hello(JSON.parse(event.data)));
  source.addEventListener("news", (event) => news(JSON.parse(event.data)));
}

export function readBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
