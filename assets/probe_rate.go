package assets

import "math/big"

// ratio gives frames·scale/ticks in lowest terms, or 0/0 when that is no frame rate anyone uses.
func ratio(frames, scale, ticks uint64) (num, den int) {
	n := new(big.Int).Mul(new(big.Int).SetUint64(frames), new(big.Int).SetUint64(scale))
	r := new(big.Rat).SetFrac(n, new(big.Int).SetUint64(ticks))
	f, _ := r.Float64()
	if f < 0.1 || f > 1000 {
		return 0, 0
	}
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() < 1<<31 && r.Denom().Int64() < 1<<31 {
		return int(r.Num().Int64()), int(r.Denom().Int64())
	}
	return int(f*1000 + 0.5), 1000
}

// usualRates are the frame rates that people use, in frames a second; those of television run by 1000/1001 slower.
func usualRates() []int {
	return []int{8, 10, 12, 15, 16, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 144, 240}
}

// snap gives the usual rate whose frame length, in nanoseconds, is the one stated after rounding.
func snap(nanoseconds uint64) (num, den int) {
	for _, n := range usualRates() {
		if near(nanoseconds, 1_000_000_000/uint64(n)) {
			return n, 1
		}
		if near(nanoseconds, 1_001_000_000/uint64(n)) {
			return n * 1000, 1001
		}
	}
	return ratio(1, 1_000_000_000, nanoseconds)
}

// near allows the rounding of writers that count in microseconds.
func near(a, b uint64) bool { return a+1000 >= b && a <= b+1000 }
