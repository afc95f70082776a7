#!/usr/bin/env node
// Runs the program of this platform, which stands in a package of its own (`optionalDependencies`).
const { spawnSync } = require('node:child_process');

const { arch, argv, env, platform } = process;
const name = `@jianggao/cli-${platform}-${arch}`;
let program = env.JIANGGAO_BINARY;
try {
  program ??= require.resolve(`${name}/jianggao${platform === 'win32' ? '.exe' : ''}`);
} catch {
  console.error(`讲稿: 没有装 ${name}：npm 装的时候不要加 --omit=optional；没有这个平台的，用 JIANGGAO_BINARY 指明程序在哪里`);
  process.exit(2);
}
const { error, signal, status } = spawnSync(program, argv.slice(2), { stdio: 'inherit' });
if (error) {
  console.error(`讲稿: ${error.message}`);
  process.exit(2);
}
if (signal) process.kill(process.pid, signal);
process.exitCode = status;
