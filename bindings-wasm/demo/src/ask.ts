/** Asking the worker. */

import type { Answer, Answers, Question } from "./protocol.js";

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
const waiting = new Map<number, (answer: Answer) => void>();
let number = 0;

worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
  waiting.get(data.number)?.(data);
  waiting.delete(data.number);
});

/** What the worker answers. */
export function ask<Name extends keyof Answers>(
  name: Name,
  ...args: Parameters<Answers[Name]>
): Promise<ReturnType<Answers[Name]>> {
  number += 1;
  const question: Question = { number, name, args };
  return new Promise((resolve, reject) => {
    waiting.set(question.number, ({ value, problem }) => {
      if (problem === undefined) {
        resolve(value as ReturnType<Answers[Name]>);
      } else {
        reject(new Error(problem));
      }
    });
    worker.postMessage(question);
  });
}
