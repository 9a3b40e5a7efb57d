// What the screens tell as limit, measured value and margin, held to the table that the service's sentences are held to.
import { readFileSync } from 'node:fs'
import ts from 'typescript'

const source = readFileSync(new URL('../src/words/told.ts', import.meta.url), 'utf8')
const plain = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } }).outputText
const { toldValue, toldLimit, toldMargin } = await import(`data:text/javascript,${encodeURIComponent(plain)}`)
const rows = JSON.parse(readFileSync(new URL('../../tests/unit/gis/told_numbers.json', import.meta.url), 'utf8'))
const faults = []
for (const { value, limit, unit, relation, told } of rows) {
  const found = [toldValue(value, limit, unit, relation), toldLimit(limit, unit, relation), toldMargin(value, limit, unit, relation)]
  if (String(found) !== String(told)) faults.push(`${value} ${relation} ${limit} ${unit}: told ${found}, should be ${told}`)
}
for (const fault of faults) console.error(fault)
if (faults.length || !rows.length) process.exit(1)
console.log(`told numbers: ${rows.length} examples as in the law's sentences`)
