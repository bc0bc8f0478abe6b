package assets

import (
	"encoding/binary"
	"io"
	"strings"

	"chouka/assets/genmeta"
)

// codecOf names the coding of a sample entry (the four-letter codes registered at mp4ra.org, and Apple's own) as
// people and ffmpeg call it. An unknown code is given as it stands.
func codecOf(code string) string {
	switch code {
	case "avc1", "avc2", "avc3", "avc4":
		return "h264"
	case "hvc1", "hev1", "dvh1", "dvhe":
		return "hevc"
	case "vvc1", "vvi1":
		return "vvc"
	case "av01":
		return "av1"
	case "vp08":
		return "vp8"
	case "vp09":
		return "vp9"
	case "apco", "apcs", "apcn", "apch", "ap4h", "ap4x":
		return "prores"
	case "mp4v", "xvid", "XVID", "DIVX", "DX50":
		return "mpeg4"
	case "jpeg", "mjpa", "mjpb":
		return "mjpeg"
	case "AVdn", "AVdh":
		return "dnxhd"
	case "rle ":
		return "qtrle"
	}
	return strings.TrimSpace(printable(code))
}

// matroskaCodec does the same for the identifiers of RFC 9559 §6.
func matroskaCodec(id string) string {
	switch id = strings.ToUpper(printable(id)); {
	case id == "V_MPEG4/ISO/AVC":
		return "h264"
	case id == "V_MPEGH/ISO/HEVC":
		return "hevc"
	case strings.HasPrefix(id, "V_MPEG4/"):
		return "mpeg4"
	default:
		return strings.ToLower(strings.TrimPrefix(id, "V_"))
	}
}

// description reads codec and coded size of the first sample entry.
func (f *film) description(p genmeta.Part, t *track) error {
	b, err := read(f.r, p, 8+8+78+8+4)
	if err != nil || len(b) < 8+8+28 || t.codec != "" {
		return err
	}
	t.codec = codecOf(string(b[12:16]))
	t.coded = [2]int{int(binary.BigEndian.Uint16(b[40:])), int(binary.BigEndian.Uint16(b[42:]))}
	if t.codec == "h264" && len(b) >= 8+8+78+8+4 && string(b[98:102]) == "avcC" {
		t.codec += deepProfile(b[103])
	}
	return nil
}

// deepProfile marks the profiles of H.264 that browsers do not all play: more than eight bits or more colour than
// 4:2:0 (ISO/IEC 14496-10 §A.2; the byte is AVCProfileIndication of ISO/IEC 14496-15 §5.3.3.1).
func deepProfile(profile byte) string {
	switch profile {
	case 110:
		return "-high10"
	case 122:
		return "-high422"
	case 244:
		return "-high444"
	}
	return ""
}

// integerOf reads a big-endian number of up to eight bytes.
func integerOf(r io.ReaderAt, p genmeta.Part) (uint64, error) {
	if p.Length > 8 {
		return 0, genmeta.ErrMalformed
	}
	b, err := read(r, p, 8)
	var n uint64
	for _, v := range b {
		n = n<<8 | uint64(v)
	}
	return n, err
}
