import type { Conversation } from '../export/conversation.ts';
import { cProgram } from '../export/programs/c.ts';
import { netcatProgram } from '../export/programs/netcat.ts';
import { nodeProgram } from '../export/programs/node.ts';
import { pythonProgram } from '../export/programs/python.ts';
import { hasProgram } from './oracle.ts';
import { compileC, type Language } from './programs.ts';

/** A writer of programs, and what runs them where it is installed. */
export type Generator = Language & {
  readonly isHere: boolean;
  readonly write: (conversation: Conversation) => string;
};

export const NETCAT: Generator = {
  name: 'nc and xxd',
  file: 'conversation.sh',
  command: async (file) => ['bash', file],
  isHere: hasProgram('nc', ['-h'], /OpenBSD netcat/) && hasProgram('xxd', ['-v'], /xxd/),
  write: netcatProgram,
};

export const GENERATORS: readonly Generator[] = [
  {
    name: 'Python',
    file: 'conversation.py',
    command: async (file) => ['python3', file],
    isHere: hasProgram('python3', ['--version'], /^Python 3/),
    write: pythonProgram,
  },
  {
    name: 'Node',
    file: 'conversation.mjs',
    command: async (file) => [process.execPath, file],
    isHere: true,
    write: nodeProgram,
  },
  NETCAT,
  {
    name: 'C',
    file: 'conversation.c',
    command: compileC,
    isHere: hasProgram('cc', ['--version'], /\d/),
    write: cProgram,
  },
];
