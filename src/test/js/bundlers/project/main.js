// The application that each bundler builds. It is given nothing but `baseUrl`, and tells what came of it.
import { createVk } from "@cloud-objects/sdk";
import { nobleEncryption } from "@cloud-objects/sdk/encryption-noble";

const baseUrl = "BASE_URL";
const url = "template/web-socket/pub.echo";

async function run() {
  const vk = createVk({ baseUrl });
  const { hello } = await vk.callFunction({ url });
  const results = [
    `answer to ${hello}`,
    await echo("clear", vk, false),
    await echo("webcrypto", vk, true),
    await echo("noble", createVk({ baseUrl, encryption: nobleEncryption() }), true),
    without(),
  ];
  return results.join(", ");
}

async function echo(name, vk, encrypt) {
  const socket = await vk.connectWebSocket({ url, channel: name, encrypt });
  const heard = new Promise((resolve, reject) => {
    socket.onMessage(({ said }) => said && resolve(said));
    socket.onError(({ errMsg }) => reject(new Error(errMsg)));
  });
  const [said] = await Promise.all([heard, socket.send({ data: { said: name } })]);
  const how = socket.encrypted ? "sealed" : "open";
  vk.close();
  return `${said} ${how}`;
}

/** A bundle lies anywhere, and so does not know its server. */
function without() {
  try {
    createVk();
    return "no baseUrl";
  } catch (e) {
    return `no baseUrl ${e.code}`;
  }
}

run()
  .catch((e) => `failed: ${e.stack}`)
  .then((text) => (typeof document === "undefined" ? console.log(text) : (document.title = text)));
