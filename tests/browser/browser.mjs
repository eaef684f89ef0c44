// A browser, and a visit that remembers whatever went wrong in it.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const url = process.env.SANVIEC_URL ?? 'http://127.0.0.1:8080';
const pictures = resolve(import.meta.dirname, '../out');

export const PHONE = { width: 360, height: 640 };
export const DESK = { width: 1280, height: 900 };

// WCAG 2.2 AA, the good habits that axe knows, and the contrast of AAA.
const RULES = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'color-contrast-enhanced': { enabled: true } },
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// A page in a fresh context; `wrong` fills with foreign requests, breaches of the content security
// policy, errors in scripts and answers of 500.
export async function visit(browser, options = {}) {
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const wrong = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) wrong.push(`foreign request: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) wrong.push(`${response.status()}: ${response.url()}`);
  });
  page.on('requestfailed', (request) => wrong.push(`failed: ${request.url()}`));
  page.on('pageerror', (error) => wrong.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) wrong.push(message.text());
  });
  return { page, wrong, close: () => context.close() };
}

// What axe finds, a line each.
export async function barriers(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate((rules) => globalThis.axe.run(rules), RULES);
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

// Elements that stick out at the side, where the page can be scrolled sideways.
export function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
  });
}

// Text alone at twice its size, as a reader sets it in the browser.
export function enlargeText(page) {
  return page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
}

export async function picture(page, name) {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

// A vacancy that is open now.
export async function anyVacancy() {
  const answer = await fetch(`${url}/api/v1/vacancies?q=`);
  const { items } = await answer.json();
  return items[0];
}
