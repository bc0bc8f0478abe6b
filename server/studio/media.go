package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"chouka/assets"
	"chouka/store"
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
	FFmpeg       bool  `json:"ffmpeg"`        // whether clips can be worked on at all
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

// mediaWork is the background's record of one content: what it is and how far its pictures are. Its ID is the SHA-256.
type mediaWork struct {
	store.Meta
	Type     string      `json:"type"`
	Info     assets.Info `json:"info"`
	State    WorkState   `json:"state"`
	Trouble  string      `json:"trouble,omitempty"`
	Tries    int         `json:"tries"`
	Location string      `json:"location,omitempty"` // whose page shows it
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
	return Media{SHA256: blob.SHA256, Bytes: blob.Bytes, Type: info.Type, Width: info.Width, Height: info.Height, DurationMS: info.DurationMS,
		FrameNum: info.FrameNum, FrameDen: info.FrameDen, Codec: info.Codec, Derived: WorkPending}, nil
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
	case assets.BadLying, assets.BadDamaged:
		return refuse(Invalid, full, "文件已损坏，头信息和内容对不上", "the file is damaged: its head and its content disagree")
	}
	return refuse(Unsupported, full, "不支持这种文件。可以上传 PNG、JPEG、WebP、GIF、MP4、MOV 和 WebM", "this kind of file is not taken; PNG, JPEG, WebP, GIF, MP4, MOV and WebM are")
}

// addMedia gives a content its background work, once however often it is used.
func (c *change) addMedia(m Media, location string) error {
	have, err := c.s.r.media.Has(c.tx, m.SHA256)
	if err != nil || have {
		return err
	}
	w := mediaWork{Meta: c.meta(), Type: m.Type, State: WorkPending, Location: location,
		Info: assets.Info{Type: m.Type, Width: m.Width, Height: m.Height, DurationMS: m.DurationMS, FrameNum: m.FrameNum, FrameDen: m.FrameDen, Codec: m.Codec}}
	w.ID = m.SHA256
	if err := c.s.r.media.Insert(c.tx, &w); err != nil {
		return fmt.Errorf("recording background work: %w", err)
	}
	return c.countAll(string(WorkPending), 1, workOwner)
}

// workOwner owns the counters of background work.
const workOwner = "work"

// freshMedia fills in how far a content's pictures are.
func (s *Studio) freshMedia(tx store.Txn, m *Media) error {
	w, err := s.r.media.Get(tx, m.SHA256)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading background work: %w", err)
	}
	m.Derived, m.Trouble = w.State, w.Trouble
	return nil
}

func (s *Studio) openOriginal(m Media, name string) (*File, error) {
	f, err := s.library.Open(m.SHA256)
	if err != nil {
		return nil, fmt.Errorf("opening an original: %w", err)
	}
	inline := isPicture(m.Type) || m.Type == assets.TypeMP4 || m.Type == assets.TypeWebM
	return opened(f, File{Name: name, Type: m.Type, SHA256: m.SHA256, Inline: inline})
}

func (s *Studio) openPicture(m Media, size string) (*File, error) {
	if size != assets.Thumb && size != assets.Preview {
		return nil, unknown("picture")
	}
	f, err := s.library.OpenDerived(m.SHA256, size)
	if errors.Is(err, assets.ErrMissing) {
		return nil, refuse(Unknown, "media.pending", "预览图还没做好", "the picture is not made yet")
	}
	if err != nil {
		return nil, fmt.Errorf("opening a derived picture: %w", err)
	}
	return opened(f, File{Name: size + ".jpg", Type: assets.TypeJPEG, SHA256: m.SHA256 + "-" + size, Inline: true})
}

func opened(f *os.File, out File) (*File, error) {
	stat, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("measuring a file: %w", err), f.Close())
	}
	out.File, out.ModTime = f, stat.ModTime()
	return &out, nil
}
