"""A language client that keeps every message of its session."""

import json
import os
import queue
import subprocess
import threading
from pathlib import Path

# Longer than anything here takes; whoever waits this long has failed.
PATIENCE = 60


class Client:
    def __init__(self, program, folder, capabilities, settings=None, **more):
        env = os.environ | {"XDG_CONFIG_HOME": str(folder / "none"), "APPDATA": str(folder / "none")}
        self.server = subprocess.Popen(
            [program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env=env
        )
        self.settings = settings
        self.methods = {}
        self.sent, self.received = [], []
        self.answers = {}
        self.incoming = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        params = {
            "processId": os.getpid(),
            "rootPath": None,
            "rootUri": folder.as_uri(),
            "capabilities": capabilities,
            "workspaceFolders": folders,
            **more,
        }
        self.offer = self.request("initialize", params)["result"]["capabilities"]
        self.notify("initialized", {})

    def _read(self):
        while message := read(self.server.stdout):
            self.incoming.put(message)
        self.incoming.put(None)

    def send(self, message):
        message = {"jsonrpc": "2.0", **message}
        self.sent.append(message)
        self.send_raw(json.dumps(message, ensure_ascii=False).encode())

    def send_raw(self, body):
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params):
        """Asks, and waits for the answer: the whole message."""
        number = len(self.methods) + 1
        self.methods[number] = method
        request = {"id": number, "method": method}
        self.send(request if params is None else {**request, "params": params})
        while number not in self.answers:
            self.take()
        return self.answers.pop(number)

    def take(self):
        """Takes one message, and answers it where it asks for something."""
        message = self.incoming.get(timeout=PATIENCE)
        if message is None:
            raise SystemExit("protocol: the server has gone")
        self.received.append(message)
        if "method" not in message:
            self.answers[message.get("id")] = message
        elif "id" in message:
            self.send({"id": message["id"], "result": self.answer(message)})
        return message

    def answer(self, message):
        if message["method"] == "workspace/configuration":
            return [self.settings for _ in message["params"]["items"]]
        return {"success": True} if message["method"] == "window/showDocument" else None

    def wait(self, method):
        """Waits for a notification or request that has not been seen."""
        while self.take().get("method") != method:
            pass

    def stop(self):
        self.request("shutdown", None)
        self.send({"method": "exit"})
        self.server.stdin.close()
        while (message := self.incoming.get(timeout=PATIENCE)) is not None:
            self.received.append(message)
        if self.server.wait(PATIENCE) != 0:
            raise SystemExit("protocol: the server did not end in order")


def read(stream):
    """The next message of a stream; None at its end."""
    length = None
    while (line := stream.readline().strip()) or length is None:
        if not line:
            return None
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(stream.read(length))


def write(messages, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(message, ensure_ascii=False) + "\n" for message in messages]
    Path(path).write_text("".join(lines), "utf-8")
