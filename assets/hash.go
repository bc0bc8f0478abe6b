package assets

import (
	"fmt"
	"image"
	"image/jpeg"
	"math/bits"
	"strconv"

	"github.com/disintegration/imaging"
)

// leastContrast is the span of grey levels below which a picture shows nothing to compare: black, white, one colour.
const leastContrast = 12

// Hash gives the perceptual hash of a derived thumbnail, or ErrMissing where there is none. It is a difference hash of
// 64 bits as 16 hexadecimal digits: each bit says whether a cell of a grid of nine by eight greys is brighter than its
// right neighbour. A picture without contrast has none and gives "".
func (l *Library) Hash(sha string) (string, error) {
	f, err := l.OpenDerived(sha, Thumb)
	if err != nil {
		return "", err
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		return "", fmt.Errorf("reading a thumbnail: %w", ErrMissing)
	}
	return differenceHash(img), nil
}

func differenceHash(img image.Image) string {
	small := imaging.Resize(imaging.Grayscale(imaging.Resize(img, 72, 64, imaging.Box)), 9, 8, imaging.Box)
	var hash uint64
	low, high := byte(255), byte(0)
	for y := range 8 {
		row := small.Pix[y*small.Stride:]
		for x := range 9 {
			low, high = min(low, row[x*4]), max(high, row[x*4])
			if x < 8 {
				hash <<= 1
				if row[x*4] > row[x*4+4] {
					hash |= 1
				}
			}
		}
	}
	if high-low < leastContrast {
		return ""
	}
	return fmt.Sprintf("%016x", hash)
}

// ParseHash reads a hash back as a number; false when it is none.
func ParseHash(s string) (uint64, bool) {
	n, err := strconv.ParseUint(s, 16, 64)
	return n, err == nil && len(s) == 16
}

// Distance is the number of bits in which two hashes differ, 0 to 64. Up to 8 the pictures are almost the same.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }
