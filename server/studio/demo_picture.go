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
	look := demoLook(w, h, n)
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, look.at(x, y))
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

// demoMood is the light of a demonstration picture: sky above, sky at the horizon, land.
type demoMood struct{ high, low, land [3]float64 }

func demoMoods() [5]demoMood {
	return [5]demoMood{
		{[3]float64{58, 76, 110}, [3]float64{238, 178, 134}, [3]float64{38, 42, 52}},  // dawn
		{[3]float64{96, 140, 176}, [3]float64{220, 228, 226}, [3]float64{62, 84, 78}}, // mist
		{[3]float64{22, 26, 48}, [3]float64{92, 74, 120}, [3]float64{14, 16, 28}},     // dusk
		{[3]float64{70, 40, 46}, [3]float64{226, 146, 96}, [3]float64{34, 22, 26}},    // stage
		{[3]float64{30, 58, 70}, [3]float64{142, 186, 178}, [3]float64{20, 36, 40}},   // lake
	}
}

// demoView is a sky with a light and two lines of hills, of a size in pixels.
// What depends on one coordinate only is worked out once.
type demoView struct {
	mood         demoMood
	height       int
	far, near    []float64 // by column: where the hills begin, from 0 to 1
	glowX, glowY []float64 // the light is the product of both
}

// demoLook is view number n.
func demoLook(w, h, n int) *demoView {
	moods := demoMoods()
	v := &demoView{mood: moods[n%len(moods)], height: h}
	lx, ly := 0.2+0.6*math.Mod(float64(n)*0.37, 1), 0.15+0.25*math.Mod(float64(n)*0.61, 1)
	for i := range w {
		x := float64(i) / float64(w)
		v.far = append(v.far, 0.60+0.05*math.Sin(x*7+float64(n))+0.02*math.Sin(x*19+float64(n)*2))
		v.near = append(v.near, 0.74+0.06*math.Sin(x*4+float64(n)*1.7))
		v.glowX = append(v.glowX, math.Exp(-22*(x-lx)*(x-lx)))
	}
	for i := range h {
		y := float64(i) / float64(h)
		v.glowY = append(v.glowY, math.Exp(-44*(y-ly)*(y-ly)))
	}
	return v
}

// at is the colour of one pixel.
func (v *demoView) at(x, y int) color.RGBA {
	depth, glow := float64(y)/float64(v.height), v.glowX[x]*v.glowY[y]
	far, near := v.far[x], v.near[x]
	var out [3]uint8
	for i := range out {
		high, low, land := v.mood.high[i], v.mood.low[i], v.mood.land[i]
		c := high + (low-high)*min(1, depth/0.6) + 120*glow
		switch {
		case depth > near:
			c = land * (1.05 - 0.5*(depth-near))
		case depth > far:
			c = (land*2+low)/3 + 30*glow
		}
		out[i] = uint8(max(0, min(255, c)))
	}
	return color.RGBA{out[0], out[1], out[2], 255}
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
