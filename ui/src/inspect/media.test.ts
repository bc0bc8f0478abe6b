import { describe, expect, it } from 'vitest';
import { aTake } from '../attempts/testing';
import { claimFacts, labelFacts, labelState } from './label';
import { mediaFacts, rateOf, tenths, troubleWord } from './media';

const media = (change: object) => ({ ...aTake().media, ...change });

describe('rateOf', () => {
  it('writes the broadcast rates as they are called', () => {
    expect(rateOf(media({ frame_num: 30000, frame_den: 1001 }))).toBe('29.97 fps');
    expect(rateOf(media({ frame_num: 24000, frame_den: 1001 }))).toBe('23.976 fps');
    expect(rateOf(media({ frame_num: 24, frame_den: 1 }))).toBe('24 fps');
  });
  it('says when the rate is not constant', () => {
    expect(rateOf(media({ frame_num: 24, frame_den: 1, variable_rate: true }))).toBe('可变帧率，平均 24 fps');
    expect(rateOf(media({ variable_rate: true }))).toBe('可变帧率');
  });
  it('says nothing of a still', () => expect(rateOf(media({}))).toBe(''));
});

describe('mediaFacts', () => {
  it('lists a clip with its sound', () => {
    const clip = media({
      type: 'video/mp4',
      duration_ms: 5042,
      frame_num: 24,
      frame_den: 1,
      frames: 121,
      codec: 'h264',
      loudness: { lufs_x10: -142, peak_x10: -5 },
    });
    const facts = Object.fromEntries(mediaFacts(clip).map((f) => [f.name, f.value]));
    expect(facts).toMatchObject({ duration: '5.04 s', rate: '24 fps', frames: '121', codec: 'h264' });
    expect(facts.loudness).toContain('−14.2 LUFS');
    expect(facts.loudness).toContain('−0.5 dBTP');
  });
  it('leaves out what a still does not have', () => {
    expect(mediaFacts(aTake().media).map((f) => f.name)).toEqual(['pixels', 'type', 'bytes']);
  });
});

describe('tenths', () => {
  it('keeps the digit behind the point and the sign', () => {
    expect([-142, -5, 0, 7, 100].map(tenths)).toEqual(['−14.2', '−0.5', '0.0', '0.7', '10.0']);
  });
});

describe('troubleWord', () => {
  it('has words for what is known and shows the rest as it came', () => {
    expect(troubleWord('no_ffmpeg')).toBe('服务器没有 ffmpeg');
    expect(troubleWord('sun_spots')).toBe('sun_spots');
  });
});

describe('labels', () => {
  const label = {
    value: '1',
    producer: '001191',
    produce_id: 'x',
    propagator: '',
    propagate_id: '',
    source: 'png:xmp',
  };
  it('tells generated from possibly and suspected', () => {
    const states = ['1', '2', '3', '9'].map((value) => labelState(aTake({ label: { ...label, value } }), 2));
    expect(states).toEqual(['yes', 'maybe', 'suspected', 'other']);
  });
  it('never calls a file free of labels that nobody has read for one', () => {
    expect(labelState(aTake(), 0)).toBe('unread');
    expect(labelState(aTake(), 1)).toBe('unread');
    expect(labelState(aTake(), 2)).toBe('no');
  });
  it('lists what the label and the claim say, and nothing that they leave empty', () => {
    expect(labelFacts(label).map((f) => f.key)).toEqual(['producer', 'produce_id', 'source']);
    const claim = {
      generator: 'Desk',
      software: '',
      actions: ['c2pa.created', 'c2pa.edited'],
      source_type: '',
      source: 'x',
    };
    expect(claimFacts(claim)).toEqual([
      { key: 'generator', value: 'Desk' },
      { key: 'actions', value: 'c2pa.created, c2pa.edited' },
      { key: 'source', value: 'x' },
    ]);
  });
});
