package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"chouka/assets"
)

// Media is a kept file and what it is by its content.
type Media struct {
	SHA256       string    `json:"sha256"`
	Bytes        int64     `json:"bytes"`
	Type         string    `json:"type"` // image/png, video/mp4 …
	Width        int       `json:"width"`
	Height       int       `json:"height"`
	DurationMS   int64     `json:"duration_ms"`
	FrameNum     int       `json:"frame_num"` // frames a second as a fraction: 30000/1001
	FrameDen     int       `json:"frame_den"`
	Codec        string    `json:"codec,omitempty"`
	Frames       int       `json:"frames"`                                      // 0: not counted
	VariableRate bool      `json:"variable_rate"`                               // frames last unequally long
	Animated     bool      `json:"animated"`                                    // a picture format that moves
	Hash         string    `json:"hash"`                                        // 16 hex digits of how it looks; empty: not known
	Derived      WorkState `json:"derived" enum:"pending,ready,failed,missing"` // the thumb and the preview
	Trouble      string    `json:"trouble,omitempty"`                           // why there is none, as a code
	Film         WorkState `json:"film" enum:",pending,ready,failed,missing"`   // the strip, the proxy and the loudness; empty for a still
	FilmTrouble  string    `json:"film_trouble,omitempty"`
	Strip        *Strip    `json:"strip,omitempty"`
	Proxy        bool      `json:"proxy"` // a copy that every browser plays is there
	Loudness     *Loudness `json:"loudness,omitempty"`
}

// Strip is a picture of Tiles small frames of a clip, evenly spaced over its duration, in rows of Columns; Width and
// Height are one tile's, in pixels.
type Strip struct {
	Tiles   int `json:"tiles"`
	Columns int `json:"columns"`
	Width   int `json:"width"`
	Height  int `json:"height"`
}

// Loudness is how loud a clip is (EBU R 128), in tenths of LUFS and of dBTP.
type Loudness struct {
	LUFSx10 int `json:"lufs_x10"`
	PeakX10 int `json:"peak_x10"`
}

// WorkState is how far a derived picture is.
type WorkState string

// The states of derived pictures.
const (
	WorkPending WorkState = "pending"
	WorkReady   WorkState = "ready"
	WorkFailed  WorkState = "failed"
	WorkMissing WorkState = "missing" // a clip, and no ffmpeg here: the browser may send a poster
)

// Work is what the background still has to do.
type Work struct {
	Pending      int64 `json:"pending"`
	Failed       int64 `json:"failed"`
	Missing      int64 `json:"missing"`
	FilmPending  int64 `json:"film_pending"`
	ReadingLeft  int64 `json:"reading_left"`  // attempts that an older reader filled
	ReadingTotal int64 `json:"reading_total"` // of how many
	// FiguresLeft are the titles whose figures are to be worked out under new thresholds or in a new zone, of FiguresTotal.
	FiguresLeft  int64 `json:"figures_left"`
	FiguresTotal int64 `json:"figures_total"`
	FFmpeg       bool  `json:"ffmpeg"` // whether clips can be worked on at all
}

// File is an open file for an answer. Whoever gets it closes it.
type File struct {
	*os.File
	Name    string
	Type    string
	SHA256  string // with the size of a derived picture behind, so that it names these very bytes
	Inline  bool   // may be shown in the page; anything else is offered as a download
	ModTime time.Time
}

// keep stores bytes before any record names them, and refuses what is no
// picture or clip of an allowed type. Bytes that no record comes to name are swept later.
func (s *Studio) keep(ctx context.Context, r io.Reader, limit int64, allowed func(mediaType string) bool) (Media, error) {
	blob, err := s.library.Put(ctx, r, limit)
	if err != nil {
		return Media{}, refusedMedia(err)
	}
	info, err := s.library.Probe(blob.SHA256)
	if err != nil {
		return Media{}, refusedMedia(err)
	}
	if !allowed(info.Type) {
		return Media{}, refusedMedia(&assets.BadMediaError{Code: assets.BadUnknownType})
	}
	m := Media{SHA256: blob.SHA256, Bytes: blob.Bytes, Derived: WorkPending}
	m.measure(info)
	if info.Clip() {
		m.Film = WorkPending
	}
	return m, nil
}

// measure takes over what the headers of the file say.
func (m *Media) measure(i assets.Info) {
	m.Type, m.Width, m.Height, m.DurationMS, m.Codec = i.Type, i.Width, i.Height, i.DurationMS, i.Codec
	m.FrameNum, m.FrameDen, m.Frames, m.VariableRate, m.Animated = i.FrameNum, i.FrameDen, i.Frames, i.VariableRate, i.Animated
}

// info is measure the other way round.
func (m Media) info() assets.Info {
	return assets.Info{Type: m.Type, Width: m.Width, Height: m.Height, DurationMS: m.DurationMS, Codec: m.Codec,
		FrameNum: m.FrameNum, FrameDen: m.FrameDen, Frames: m.Frames, VariableRate: m.VariableRate, Animated: m.Animated}
}

// refusedMedia says what to do with a file that is not taken.
func refusedMedia(err error) error {
	var bad *assets.BadMediaError
	switch {
	case errors.Is(err, assets.ErrTooLarge):
		return refuse(TooLarge, "media.too_large", "文件太大", "the file is too large")
	case errors.Is(err, assets.ErrEmpty):
		return refuse(Invalid, "media.empty", "文件是空的，请重新导出或下载", "the file is empty; export or download it again")
	case errors.As(err, &bad):
		return badMedia(bad.Code)
	}
	return fmt.Errorf("keeping a file: %w", err)
}

func badMedia(code string) *Error {
	full := "media." + code
	switch code {
	case assets.BadEmpty:
		return refuse(Invalid, full, "文件是空的，请重新导出或下载", "the file is empty; export or download it again")
	case assets.BadTruncated:
		return refuse(Invalid, full, "文件不完整，可能没下载完，请重新下载", "the file is cut short; download it again")
	case assets.BadTooManyPixels:
		return refuse(TooLarge, full, "图片像素太多，最大 5000 万像素", "the picture has too many pixels; at most 50 million")
	case assets.BadHEIC:
		return refuse(Unsupported, full, "不收 HEIC（手机照片格式），请先另存为 JPEG 或 PNG", "HEIC, a telephone's format, is not taken; save it as JPEG or PNG first")
	case assets.BadLying, assets.BadDamaged:
		return refuse(Invalid, full, "文件已损坏，头信息和内容对不上", "the file is damaged: its head and its content disagree")
	}
	return refuse(Unsupported, full, "不支持这种文件。可以上传 PNG、JPEG、WebP、AVIF、GIF、MP4、MOV、WebM 和 MKV", "this kind of file is not taken; PNG, JPEG, WebP, AVIF, GIF, MP4, MOV, WebM and MKV are")
}

func (s *Studio) openOriginal(m Media, name string) (*File, error) {
	f, err := s.library.Open(m.SHA256)
	if err != nil {
		return nil, fmt.Errorf("opening an original: %w", err)
	}
	inline := isTake(m.Type) && m.Type != assets.TypeQuickTime && m.Type != assets.TypeMatroska // no browser is sure to play these two
	return opened(f, File{Name: name, Type: m.Type, SHA256: m.SHA256, Inline: inline})
}

// openPicture opens a kept picture as it came ("original") or one of its smaller pictures ("thumb", "preview").
func (s *Studio) openPicture(ctx context.Context, m Media, file, size string) (*File, error) {
	switch size {
	case "original":
		return s.openOriginal(m, file)
	case assets.Thumb, assets.Preview:
		return s.openDerived(ctx, m, size)
	}
	return nil, unknown("picture")
}

// openDerived opens a derived file by its name. One that is called ready and is not there is made again.
func (s *Studio) openDerived(ctx context.Context, m Media, name string) (*File, error) {
	kind, ending, step := assets.TypeJPEG, ".jpg", stepPicture
	switch name {
	case assets.Thumb, assets.Preview:
	case assets.Strip:
		step = stepFilm
	case assets.Proxy:
		kind, ending, step = assets.TypeMP4, ".mp4", stepFilm
	default:
		return nil, unknown("picture")
	}
	f, err := s.library.OpenDerived(m.SHA256, name)
	if errors.Is(err, assets.ErrMissing) {
		if err := s.remake(ctx, m, name, step); err != nil {
			return nil, err
		}
		return nil, refuse(Unknown, "media.pending", "预览图还没做好", "the picture is not made yet")
	}
	if err != nil {
		return nil, fmt.Errorf("opening a derived file: %w", err)
	}
	return opened(f, File{Name: name + ending, Type: kind, SHA256: m.SHA256 + "-" + name, Inline: true})
}

func opened(f *os.File, out File) (*File, error) {
	stat, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("measuring a file: %w", err), f.Close())
	}
	out.File, out.ModTime = f, stat.ModTime()
	return &out, nil
}

func isTake(mediaType string) bool {
	switch mediaType {
	case assets.TypeMP4, assets.TypeQuickTime, assets.TypeWebM, assets.TypeMatroska, assets.TypeGIF, assets.TypeAVIF:
		return true
	}
	return isPicture(mediaType)
}

// isPicture names the stills that every browser shows and that this program decodes by itself.
func isPicture(mediaType string) bool {
	switch mediaType {
	case assets.TypePNG, assets.TypeJPEG, assets.TypeWebP:
		return true
	}
	return false
}
