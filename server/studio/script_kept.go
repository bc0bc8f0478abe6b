package studio

import "context"

// PreviewKept previews a kept file again, with corrections and links.
func (s *Studio) PreviewKept(ctx context.Context, by Actor, titleID string, in KeptScript) (Preview, error) {
	f, err := s.keptScript(ctx, by, titleID, in)
	if err != nil {
		return Preview{}, err
	}
	return s.preview(ctx, titleID, f, in.Links)
}

// ImportKept imports a kept file as it was previewed.
func (s *Studio) ImportKept(ctx context.Context, by Actor, titleID string, in KeptScript) (ScriptVersion, error) {
	f, err := s.keptScript(ctx, by, titleID, in)
	if err != nil {
		return ScriptVersion{}, err
	}
	return s.ImportScript(ctx, by, titleID, ScriptIn{ScriptFile: f, SHA256: in.SHA256, Note: in.Note, Links: in.Links})
}

func (s *Studio) keptScript(ctx context.Context, by Actor, titleID string, in KeptScript) (ScriptFile, error) {
	if err := by.must(ImportScript, titleID, "title"); err != nil {
		return ScriptFile{}, err
	}
	data, err := s.kept(ctx, by, titleID, in.SHA256)
	return ScriptFile{Name: in.Name, Encoding: in.Encoding, Data: data, Corrections: in.Corrections}, err
}
