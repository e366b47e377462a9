import type { Bill, BillLine } from '#libs/contracts';
import { BillNumbers } from './bill-numbers.js';
import {
  billWords,
  describeDays,
  describeInstant,
  describeProblem,
  type BillLanguage,
} from './bill-words.js';

/** More missing stretches than this are counted, not listed. */
const maxMissing = 40;
const grey = '#555555';
const rule = '#bbbbbb';

type Document = PDFKit.PDFDocument;

/** The bill on A4. Letters outside of Western European ones are not in the fonts that every reader has. */
export async function billPdf(bill: Bill, language: BillLanguage): Promise<Buffer> {
  // Loaded when the first bill is printed: it is large, and most portals print none.
  const { default: PDFDocument } = await import('pdfkit');
  const words = billWords[language];
  const document = new PDFDocument({
    size: 'A4',
    margin: 48,
    info: { Title: `${words.title}, ${bill.site.name}`, CreationDate: new Date(0) },
    lang: language,
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise((resolve) => document.once('end', resolve));
  writeHead(document, bill, language);
  writeLines(document, bill, language);
  writeTotals(document, bill, language);
  writeRemarks(document, bill, language);
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

function writeHead(document: Document, bill: Bill, language: BillLanguage): void {
  const words = billWords[language];
  const numbers = new BillNumbers(language);
  document.font('Helvetica-Bold').fontSize(18).text(words.title).moveDown(0.5);
  document.fontSize(9);
  const facts: [string, string][] = [
    [words.site, bill.site.name],
    [words.tariff, `${bill.tariff.municipality}, ${bill.tariff.name}`],
    [words.period, describeDays(bill, language)],
    [words.timeZone, bill.timeZone],
    [words.energy, `${numbers.quantity(bill.energyKwh)} kWh`],
    [words.completeness, numbers.percent(bill.completeness)],
  ];
  for (const [label, value] of facts) {
    document.font('Helvetica').fillColor(grey).text(`${label}: `, { continued: true });
    document.fillColor('black').text(value);
  }
  document.moveDown();
}

function writeLines(document: Document, bill: Bill, language: BillLanguage): void {
  const { columns } = billWords[language];
  const head = [columns.period, columns.item, columns.quantity, columns.rate, columns.amount];
  document.fontSize(8).table({
    columnStyles: [
      { width: 108 },
      { width: '*' },
      { width: 92, align: { x: 'right' as const } },
      { width: 62, align: { x: 'right' as const } },
      { width: 72, align: { x: 'right' as const } },
    ],
    defaultStyle: { border: { top: 0, left: 0, right: 0, bottom: 0.5 }, borderColor: rule, padding: 3 },
    data: [
      head.map((text) => ({ text, font: { src: 'Helvetica-Bold' }, type: 'TH' as const })),
      ...bill.lines.map((line) => describeLine(line, bill, language)),
    ],
  });
  document.moveDown(0.5);
}

function describeLine(line: BillLine, bill: Bill, language: BillLanguage): string[] {
  const words = billWords[language];
  const numbers = new BillNumbers(language);
  const { ratchet } = line;
  const details = [line.detail, ratchet === null ? null : words.ratchet(ratchet.month, ratchet.peak)];
  const detail = details.filter((text) => text !== null).join(', ');
  const isTax = line.kind === 'tax';
  return [
    describeDays(line, language),
    `${line.name}${detail === '' ? '' : ` (${detail})`}${line.isIncomplete ? ' *' : ''}`,
    isTax
      ? numbers.money(line.quantity, bill.currency, 2)
      : `${numbers.quantity(line.quantity, line.unit === 'kWh' ? 3 : 8)} ${words.units[line.unit]}`,
    isTax ? numbers.percent(line.rate, 4) : numbers.money(line.rate, bill.currency, 8),
    numbers.money(line.amount, bill.currency, 2),
  ];
}

function writeTotals(document: Document, bill: Bill, language: BillLanguage): void {
  const words = billWords[language];
  const numbers = new BillNumbers(language);
  const right = { align: 'right' as const };
  document.font('Helvetica').fontSize(9);
  document.text(`${words.net}: ${numbers.money(bill.net, bill.currency)}`, right);
  document.text(`${words.tax}: ${numbers.money(bill.tax, bill.currency)}`, right);
  const total = `${numbers.money(bill.total, bill.currency)} ${bill.currency ?? ''}`;
  document.font('Helvetica-Bold').fontSize(12).text(`${words.total}: ${total}`, right).moveDown();
}

/** What the reader must know before believing the total. */
function writeRemarks(document: Document, bill: Bill, language: BillLanguage): void {
  const words = billWords[language];
  document.font('Helvetica').fontSize(8);
  if (bill.lines.some(({ isIncomplete }) => isIncomplete)) document.text(words.incomplete);
  for (const problem of bill.problems) document.text(describeProblem(problem, bill, language));
  if (bill.missingCount > 0) {
    document.moveDown(0.5).font('Helvetica-Bold').text(words.missing).font('Helvetica');
    for (const { from, to } of bill.missing.slice(0, maxMissing)) {
      const [begin, end] = [describeInstant(from, bill, language), describeInstant(to, bill, language)];
      document.text(`${begin} – ${end}`);
    }
    if (bill.missingCount > maxMissing) document.text(words.more(bill.missingCount - maxMissing));
  }
  const channels = bill.channels.map(({ deviceSerial, name }) => `${deviceSerial} ${name}`).join(', ');
  document.moveDown(0.5).fillColor(grey).text(`${words.channels}: ${channels}`);
  for (const { firstDay, lastDay } of bill.versions) {
    document.text(`${words.version}: ${firstDay} – ${lastDay ?? ''}`);
  }
}
