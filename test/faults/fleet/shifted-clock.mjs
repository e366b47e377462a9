// Loaded into a program with `--import`: its clock is off by as many milliseconds as the file CLOCK_FILE says, at any time.
import { readFileSync } from 'node:fs';

const RealDate = Date;
let offset = 0;

function readOffset() {
  try {
    offset = Number(readFileSync(process.env.CLOCK_FILE, 'utf8')) || 0;
  } catch {
    offset = 0;
  }
}

readOffset();
setInterval(readOffset, 50).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offset;
  }
};
