import type { Cell, Row, SheetData } from 'write-excel-file/node';
import type { Bill, BillLine } from '#libs/contracts';
import { billWords, describeDays, describeProblem, type BillLanguage } from './bill-words.js';

/** The bill as a workbook: one sheet of lines, one of what was not measured. Texts are texts, also one like `=1+1`. */
export async function billXlsx(bill: Bill, language: BillLanguage): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const words = billWords[language];
  const sheets = [
    {
      data: billSheet(bill, language),
      sheet: words.total,
      columns: [12, 12, 30, 30, 16, 14, 14, 16, 6].map((width) => ({ width })),
    },
    { data: missingSheet(bill, language), sheet: words.missing, columns: [{ width: 26 }, { width: 26 }] },
  ];
  return writeXlsxFile(sheets).toBuffer();
}

function text(value: string, bold = false): Cell {
  return { value, type: String, ...(bold ? { fontWeight: 'bold' as const } : {}) };
}

/** A spreadsheet has doubles only: the exact decimals are in the JSON. */
function number(value: string, format: string): Cell {
  return { value: Number(value), type: Number, format };
}

function billSheet(bill: Bill, language: BillLanguage): SheetData {
  const words = billWords[language];
  const { columns } = words;
  const facts: [string, Cell][] = [
    [words.site, text(bill.site.name)],
    [words.tariff, text(`${bill.tariff.municipality}, ${bill.tariff.name}`)],
    [words.period, text(describeDays(bill, language))],
    [words.timeZone, text(bill.timeZone)],
    [`${words.energy} (kWh)`, number(bill.energyKwh, '#,##0.000')],
    [words.completeness, number(String(bill.completeness), '0.00%')],
    [words.net, number(bill.net, '#,##0.00##')],
    [words.tax, number(bill.tax, '#,##0.00##')],
    [`${words.total} (${bill.currency ?? ''})`, number(bill.total, '#,##0.00#')],
  ];
  const head = [
    words.from,
    words.to,
    columns.item,
    columns.detail,
    columns.quantity,
    columns.unit,
    columns.rate,
    columns.amount,
    '*',
  ];
  return [
    ...facts.map(([label, cell]): Row => [text(label, true), cell]),
    ...bill.problems.map((problem): Row => [text(describeProblem(problem, bill, language))]),
    [],
    head.map((label) => text(label, true)),
    ...bill.lines.map((line) => lineRow(line, bill, language)),
    [],
    [text(words.incomplete)],
  ];
}

function lineRow(line: BillLine, { currency }: Bill, language: BillLanguage): Row {
  const words = billWords[language];
  const unit = line.unit === 'money' ? (currency ?? '') : words.units[line.unit];
  const lastDay = new Date(Date.parse(line.to) - 86_400_000).toISOString().slice(0, 10);
  return [
    text(line.from),
    text(lastDay),
    text(line.name),
    text(line.detail ?? ''),
    number(line.quantity, '#,##0.00######'),
    text(unit),
    number(line.rate, '0.00########'),
    number(line.amount, '#,##0.00####'),
    text(line.isIncomplete ? '*' : ''),
  ];
}

/** As instants of UTC, which a program can read. */
function missingSheet({ missing, missingCount }: Bill, language: BillLanguage): SheetData {
  const words = billWords[language];
  const rest = missingCount - missing.length;
  return [
    [text(`${words.from} (UTC)`, true), text(`${words.to} (UTC)`, true)],
    ...missing.map(({ from, to }): Row => [text(from), text(to)]),
    ...(rest > 0 ? [[text(words.more(rest))]] : []),
  ];
}
