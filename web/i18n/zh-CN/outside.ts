import type { OutsideWords } from '../en/outside.ts';

export const outside: OutsideWords = {
  label: '标签页之外',
  about: '用于带 POSIX shell 和 Python 3 的终端。其他环境请先“下载 .zip”，再用运行程序的命令。',
  files: (folder: string) => `把文件写入文件夹 ${folder}，并进入该文件夹`,
  filesTooMuch: '文件太大，不适合粘贴到终端：请用“下载 .zip”。',
  run: (file: string) => `运行 ${file}`,
  connect: (file: string, port: number) => `在实验场所在的机器上，连接本标签页中的 ${file}（端口 ${port}）`,
  send: (file: string, port: number) => `在实验场所在的机器上，向本标签页中的 ${file} 发送数据报（端口 ${port}）`,
  throughGateway: (file: string, port: number) => `在任何一台机器上，连接本标签页中的 ${file}（端口 ${port}）`,
  token: '如果实验场要求口令，请加上 --token 口令。',
  nobodyListens: '本页有程序在监听时，这里会显示连接它的命令。',
  copy: '复制',
  copyOf: (label: string) => `复制：${label}`,
  copied: '已复制。',
  copyFailed: '浏览器不允许复制。',
  close: '关闭',
};
