import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { query } from '../lib/router.svelte';
import Milestones from './Milestones.svelte';
import { aMilestone, aRelease } from './testing';

describe('Milestones', () => {
  const next = aMilestone({ id: 'm2', at: '2026-03-08T15:59:59.999999999Z' });
  const moved = aMilestone({ state: 'moved', became: 'm2', why: '看错小数点', ended_at: '2026-03-09T02:00:00Z' });

  it('keeps a moved one, struck through, with its reason and the way to what it became', async () => {
    render(Milestones, { props: { list: [next, moved], releases: [aRelease()] } });
    const [first, second] = screen.getAllByRole('listitem');
    expect(first?.querySelector('s')).toBeNull();
    expect(second?.querySelector('s')?.textContent).toBe('播放量破1亿');
    expect(second?.textContent).toContain('看错小数点');
    await fireEvent.click(screen.getByText('现为 2026-03-08'));
    expect(document.activeElement).toBe(first);
  });

  it('shows a dozen at first, and all of them where one is asked for', async () => {
    const many = Array.from({ length: 20 }, (_, i) => aMilestone({ id: `m${i + 2}` }));
    render(Milestones, { props: { list: [aMilestone({ state: 'moved', became: 'm21' }), ...many], releases: [] } });
    expect(screen.getAllByRole('listitem')).toHaveLength(12);
    await fireEvent.click(screen.getByText(/^现为/));
    expect(screen.getAllByRole('listitem')).toHaveLength(21);
    expect(document.activeElement?.id).toBe('m-m21');
  });

  it('says which marks rest on less than an exact figure', () => {
    render(Milestones, {
      props: { list: [aMilestone({ mark: 'provisional' }), aMilestone({ id: 'm3', mark: 'lower' })], releases: [] },
    });
    expect(screen.getByText('暂定')).toBeTruthy();
    expect(screen.getByText('下限')).toBeTruthy();
  });

  it('answers where a figure comes from by an address of its own', async () => {
    render(Milestones, { props: { list: [next], releases: [] } });
    await fireEvent.click(screen.getByRole('button', { name: /这个数从哪来/ }));
    expect([query('reading'), query('m')]).toEqual(['x1', 'm2']);
  });
});
