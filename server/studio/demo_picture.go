package studio

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
)

// demoSettings is the text that a generator leaves in its files (the
// "parameters" record of A1111), so that the reader has something real to read.
func demoSettings(prompt string, n, k int) []byte {
	return fmt.Appendf(nil, "%s\nNegative prompt: lowres, bad hands, watermark\nSteps: %d, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 5.5, Seed: %d, Size: 360x640, Model: chouka-demo-xl, Version: v1.10.1",
		prompt, 24+k, 6952411511246973000+int64(n*100+k))
}

// demoPicture draws a sky, a far line of hills and a light, different for each
// number, as PNG of the given size in pixels. Settings go in as a tEXt chunk.
func demoPicture(w, h, n int, label string, settings []byte) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, demoColour(float64(x)/float64(w), float64(y)/float64(h), n))
		}
	}
	var out bytes.Buffer
	// Encoding into memory does not fail for a picture of a sane size.
	_ = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img)
	b := withText(out.Bytes(), "Title", []byte(fmt.Sprintf("sample %d %x", n, label)))
	if settings != nil {
		b = withText(b, "parameters", settings)
	}
	return b
}

// demoColour is the picture at a point, both from 0 to 1.
func demoColour(x, y float64, n int) color.RGBA {
	hue := math.Mod(float64(n)*0.13+0.55, 1)
	lx, ly := 0.2+0.6*math.Mod(float64(n)*0.37, 1), 0.15+0.25*math.Mod(float64(n)*0.61, 1)
	glow := math.Exp(-18 * ((x-lx)*(x-lx) + (y-ly)*(y-ly)*2))
	hill := 0.62 + 0.06*math.Sin(x*7+float64(n)) + 0.03*math.Sin(x*19+float64(n)*2)
	value := 0.25 + 0.5*(1-y) + 0.6*glow
	if y > hill {
		value = 0.12 + 0.25*(1-y) + 0.25*glow*math.Abs(math.Sin(y*90+x*8))
	}
	c := func(shift float64) uint8 {
		v := value * (0.55 + 0.45*math.Cos(2*math.Pi*(hue+shift+0.12*y)))
		return uint8(255 * math.Max(0, math.Min(1, v)))
	}
	return color.RGBA{c(0), c(0.33), c(0.67), 255}
}

// withText puts a tEXt chunk behind the header of a PNG (PNG 3rd ed. §11.3.3.2).
func withText(file []byte, key string, text []byte) []byte {
	const head = 8 + 25 // signature and IHDR
	body := append(append([]byte("tEXt"+key), 0), text...)
	out := append([]byte{}, file[:head]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)-4))
	out = append(out, body...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
	return append(out, file[head:]...)
}
