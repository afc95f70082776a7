#!/usr/bin/env node
// Runs the program of this platform, which stands in a package of its own (`optionalDependencies`).
const { spawn } = require('node:child_process');

const { arch, argv, env, platform } = process;
const name = `@jianggao/cli-${platform}-${arch}`;
let program = env.JIANGGAO_BINARY || undefined;
try {
  program ??= require.resolve(`${name}/jianggao${platform === 'win32' ? '.exe' : ''}`);
} catch {
  console.error(`讲稿: 没有装 ${name}：npm 装的时候不要加 --omit=optional；没有这个平台的，用 JIANGGAO_BINARY 指明程序在哪里`);
  process.exit(2);
}
const running = spawn(program, argv.slice(2), { stdio: 'inherit' });
// Whoever ends this ends the program.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => running.kill(signal));
running.on('error', ({ message }) => {
  console.error(`讲稿: ${message}`);
  process.exit(2);
});
running.on('exit', (status, signal) => {
  if (!signal) process.exit(status);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
