import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import '../lib/testing';
import { setQuery } from '../lib/router.svelte';
import EpisodeTable from './EpisodeTable.svelte';
import FunnelChart from './FunnelChart.svelte';
import GroupTable from './GroupTable.svelte';
import Rates from './Rates.svelte';
import { aFunnel, anEpisode } from './testing';

const names = () => screen.getAllByRole('rowheader').map((x) => x.textContent);
const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map((x) => x.textContent);

beforeEach(() => setQuery({ model: null, operator: null, episodes: null }));

describe('the table of models', () => {
  it('says small n as two counts and ends with the total', () => {
    render(GroupTable, { props: { funnel: aFunnel(), kind: 'operator', words: [] } });
    const rows = screen.getAllByRole('row');
    expect(cells(rows[2]!)).toEqual(['4', '3', '3/4', '0', '0/4', '–', '–']);
    expect(names().at(-1)).toBe('合计');
    expect(cells(rows.at(-1)!)).toEqual(['340', '41', '12%（n=340）', '200', '58%（n=340）', '150', '50']);
  });
  it('goes by a column at the press of its head, keeps that in the address, and says so', async () => {
    render(GroupTable, { props: { funnel: aFunnel(), kind: 'model', words: [] } });
    expect(names()).toEqual(['可灵 2.5', '没有记录模型', '合计']);
    const head = screen.getByRole('columnheader', { name: '候选命中率' });
    expect(head.getAttribute('aria-sort')).toBe('none');
    await fireEvent.click(within(head).getByRole('button'));
    expect(head.getAttribute('aria-sort')).toBe('descending');
    await fireEvent.click(within(head).getByRole('button'));
    flushSync();
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    expect(names()).toEqual(['没有记录模型', '可灵 2.5', '合计']);
    expect(location.search).toBe('?model=hit');
  });
});

describe('the table of episodes', () => {
  it('leads each line to the funnel of its episode', () => {
    const episodes = [anEpisode(), anEpisode({ id: 'e2', number: 2, name: '' })];
    render(EpisodeTable, { props: { titleId: 't1', episodes, words: [] } });
    const link = screen.getByRole('link', { name: '第 2 集' });
    expect(link.getAttribute('href')).toBe('/titles/t1/funnel?ep=e2');
  });
});

describe('the drawing', () => {
  it('has a table behind it for those who do not see it', () => {
    render(FunnelChart, { props: { funnel: aFunnel(), label: '全剧' } });
    const rows = within(screen.getByRole('table', { name: '全剧' })).getAllByRole('row');
    expect(cells(rows[2]!)).toEqual(['300', '88%（n=340）', '约 3 小时（n=300）']);
    expect(cells(rows[4]!)).toEqual(['41', '45%（n=90）', '–']);
  });
});

describe('the rates', () => {
  it('stand with their formula and its counts', () => {
    render(Rates, { props: { funnel: aFunnel() } });
    expect(screen.getByText('37%（n=110）')).toBeTruthy();
    expect(screen.getByText('出了当前选片的抽卡 ÷ 有结果的抽卡 = 41 ÷ 110')).toBeTruthy();
  });
  it('set the draws of one shot against the usual, and say what to do where they run away', async () => {
    const funnel = aFunnel({ attempts: 24, picked: 0, usual: { size: '近景', median: 6, n: 17 } });
    const view = render(Rates, { props: { funnel, shot: true } });
    expect(screen.getByText('24 抽 · 同景别中位 6 · n=17')).toBeTruthy();
    expect(screen.getByText(/是中位数的 4 倍，还没选中：/)).toBeTruthy();
    await view.rerender({ funnel: aFunnel({ usual: undefined }), shot: true });
    expect(screen.getByText('选片还太少，没有可比的')).toBeTruthy();
  });
});
