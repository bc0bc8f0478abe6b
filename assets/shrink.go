package assets

import (
	"image"
	"image/draw"

	"github.com/disintegration/imaging"
)

// fit crops the middle to a bearable aspect, shrinks to at most width pixels as shown, and turns the small picture
// upright. It never enlarges.
func fit(full image.Image, orientation, width int) *image.NRGBA {
	area := clampAspect(full.Bounds())
	shown := area.Dx()
	if orientation >= 5 {
		shown = area.Dy()
	}
	small := boxShrink(full, area, max(1, shown/width))
	b := small.Bounds()
	switch {
	case orientation >= 5 && b.Dy() > width:
		return upright(imaging.Resize(small, 0, width, imaging.CatmullRom), orientation)
	case orientation < 5 && b.Dx() > width:
		return upright(imaging.Resize(small, width, 0, imaging.CatmullRom), orientation)
	}
	return upright(imaging.Clone(small), orientation)
}

func clampAspect(b image.Rectangle) image.Rectangle {
	w, h := b.Dx(), b.Dy()
	if w > h*maxAspect {
		b.Min.X += (w - h*maxAspect) / 2
		b.Max.X = b.Min.X + h*maxAspect
	}
	if h > w*maxAspect {
		b.Min.Y += (h - w*maxAspect) / 2
		b.Max.Y = b.Min.Y + w*maxAspect
	}
	return b
}

// upright undoes an Exif orientation (Exif 2.32 §4.6.4, tag Orientation).
func upright(img *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// boxShrink averages blocks of k by k pixels, so that the good filter after it has less to read. The result is of a
// kind that imaging reads quickly and safely.
func boxShrink(full image.Image, area image.Rectangle, k int) image.Image {
	k = max(1, min(k, area.Dx(), area.Dy()))
	switch src := full.(type) {
	case *image.YCbCr:
		if k == 1 {
			return src.SubImage(area)
		}
		return shrinkYCbCr(src, area, k)
	case *image.RGBA:
		return shrinkRGBA(src, area, k)
	case *image.NRGBA:
		if k == 1 {
			return src.SubImage(area)
		}
	}
	// Rare kinds (grey, palette, 16 bit, CMYK, alpha) go row by row through a premultiplied copy.
	if k == 1 {
		out := image.NewNRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
		draw.Draw(out, out.Rect, full, area.Min, draw.Src)
		return out
	}
	return shrinkStrips(full, area, k)
}

// shrinkStrips converts k rows at a time, so that no second full picture is held.
func shrinkStrips(full image.Image, area image.Rectangle, k int) image.Image {
	w, h := area.Dx()/k, area.Dy()/k
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	strip := image.NewRGBA(image.Rect(0, 0, w*k, k))
	for y := range h {
		draw.Draw(strip, strip.Rect, full, image.Pt(area.Min.X, area.Min.Y+y*k), draw.Src)
		averageRow(out.Pix[y*out.Stride:], strip.Pix, strip.Stride, w, k, 4)
	}
	return out
}

func shrinkRGBA(src *image.RGBA, area image.Rectangle, k int) image.Image {
	if k == 1 {
		return src.SubImage(area)
	}
	w, h := area.Dx()/k, area.Dy()/k
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		at := src.PixOffset(area.Min.X, area.Min.Y+y*k)
		averageRow(out.Pix[y*out.Stride:], src.Pix[at:], src.Stride, w, k, 4)
	}
	return out
}

// shrinkYCbCr averages the planes apart; the chroma planes end at full resolution of the small picture.
func shrinkYCbCr(src *image.YCbCr, area image.Rectangle, k int) image.Image {
	w, h := area.Dx()/k, area.Dy()/k
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio444)
	// Where the chroma of each small pixel lies within a row, worked out once for all rows.
	from, wide := make([]int, w), make([]int, w)
	row := src.COffset(area.Min.X, area.Min.Y)
	for x := range w {
		left := area.Min.X + x*k
		from[x] = src.COffset(left, area.Min.Y) - row
		wide[x] = 1 + src.COffset(left+k-1, area.Min.Y) - row - from[x]
	}
	for y := range h {
		top := area.Min.Y + y*k
		averageRow(out.Y[y*out.YStride:], src.Y[src.YOffset(area.Min.X, top):], src.YStride, w, k, 1)
		first := src.COffset(area.Min.X, top)
		high := 1 + (src.COffset(area.Min.X, top+k-1)-first)/src.CStride
		for x := range w {
			at := first + from[x]
			out.Cb[y*out.CStride+x] = average(src.Cb[at:], src.CStride, wide[x], high)
			out.Cr[y*out.CStride+x] = average(src.Cr[at:], src.CStride, wide[x], high)
		}
	}
	return out
}

func average(p []byte, stride, wide, high int) byte {
	sum := 0
	for y := range high {
		for _, v := range p[y*stride : y*stride+wide] {
			sum += int(v)
		}
	}
	n := wide * high
	return byte((sum + n/2) / n)
}

// averageRow writes w averages of k by k blocks of pixels with the given number of channels.
func averageRow(out, in []byte, stride, w, k, channels int) {
	n, half := uint32(k*k), uint32(k*k/2)
	sums := make([]uint32, w*channels)
	for y := range k {
		row := in[y*stride : y*stride+w*k*channels]
		for x := range w {
			block := row[x*k*channels : (x+1)*k*channels]
			for i := 0; i < len(block); i += channels {
				for c := range channels {
					sums[x*channels+c] += uint32(block[i+c])
				}
			}
		}
	}
	for i, s := range sums {
		out[i] = byte((s + half) / n)
	}
}

// opaque lays the picture on white, as JPEG knows no transparency.
func opaque(img *image.NRGBA) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx(), img.Rect.Dy()))
	for y := range out.Rect.Dy() {
		from, to := img.Pix[y*img.Stride:], out.Pix[y*out.Stride:]
		for i := 0; i < out.Rect.Dx()*4; i += 4 {
			a := uint32(from[i+3])
			if a == 255 {
				copy(to[i:i+4], from[i:i+4])
				continue
			}
			for c := range 3 {
				to[i+c] = byte((uint32(from[i+c])*a + 255*(255-a) + 127) / 255)
			}
			to[i+3] = 255
		}
	}
	return out
}
