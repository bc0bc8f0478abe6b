package studio

import (
	"context"
	"errors"
)

// Hit is one thing that a search found.
type Hit struct {
	Kind    string `json:"kind" enum:"title,episode,scene,shot,person,location,element,reference"`
	ID      string `json:"id"`
	TitleID string `json:"title_id,omitempty"`
	Title   string `json:"title,omitempty"` // the title's name
	Name    string `json:"name"`
	More    string `json:"more"` // a second line: the place of a scene, the description of a shot, the line that was found
	Matched string `json:"matched" enum:"text,pinyin,initials"`
}

// Search finds titles, scenes, shots, people, places, elements and sheets by characters, pinyin or initials: jshdjy finds
// 金沙湖大剧院. What the actor may not see is not found. At most limit hits (20 when 0, 100 at most), best first.
func (s *Studio) Search(ctx context.Context, by Actor, q, titleID string, limit int) ([]Hit, error) {
	return nil, errors.New("seam")
}
