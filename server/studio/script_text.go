package studio

import (
	"context"
	"fmt"
	"io"
	"strings"

	"chouka/server/studio/script"
	"chouka/store"
)

// ScriptText is a version written anew in a format: docx, fountain or txt. It is made from the kept file, read as it
// was read for the import.
func (s *Studio) ScriptText(ctx context.Context, by Actor, id, format string) (*Document, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	kind, err := documentType(script.Format(format))
	if err != nil {
		return nil, err
	}
	var v *ScriptVersion
	var t *Title
	err = s.view(ctx, func(tx store.Txn) error {
		if v, err = found(s.r.scripts.Get(tx, id))("script"); err != nil {
			return err
		}
		if err := by.readsTitle(v.TitleID, "script"); err != nil {
			return err
		}
		t, err = found(s.r.titles.Get(tx, v.TitleID))("title")
		return err
	})
	if err != nil {
		return nil, err
	}
	read, err := s.rereadScript(v)
	if err != nil {
		return nil, err
	}
	data, err := script.Write(read, script.Format(format))
	if err != nil {
		return nil, fmt.Errorf("writing a script: %w", err)
	}
	return &Document{Name: documentName(t.Name, v.Number, format), Type: kind, Data: data}, nil
}

// rereadScript reads a version's kept file again, with the encoding and the corrections it was imported with.
func (s *Studio) rereadScript(v *ScriptVersion) (*script.Script, error) {
	f, err := s.library.Open(v.SHA256)
	if err != nil {
		return nil, fmt.Errorf("opening a script: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, ScriptLimit+1))
	if err != nil {
		return nil, fmt.Errorf("reading a script: %w", err)
	}
	return readScript(ScriptFile{Name: v.File, Encoding: v.Encoding, Data: data, Corrections: v.Corrections})
}

func documentType(f script.Format) (string, error) {
	switch f {
	case script.Docx:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document", nil
	case script.Fountain, script.Text:
		return "text/plain; charset=utf-8", nil
	case script.FDX:
	}
	return "", wrong("format", "格式只能是 docx、fountain 或 txt", "the format is docx, fountain or txt")
}

// documentName is what a downloaded script is called, such as 湖心来信 v3.docx; signs no file system takes are left out.
func documentName(title string, number int64, format string) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < 0x20 {
			return -1
		}
		return r
	}, title)
	return fmt.Sprintf("%s v%d.%s", strings.Trim(clip(oneLine(title), 80), " ."), number, format)
}
