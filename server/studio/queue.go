package studio

import (
	"context"
	"errors"
	"time"
)

// QueueRow is a shot that waits for a pick, with what a list of ten thousand shows of it.
type QueueRow struct {
	ShotID    string    `json:"shot_id"`
	TitleID   string    `json:"title_id"`
	Label     string    `json:"label"`
	Episode   int       `json:"episode"`
	SceneID   string    `json:"scene_id"`
	Since     time.Time `json:"since"` // when it began to wait
	Operators []string  `json:"operators"`
	Attempts  int64     `json:"attempts"`
	Takes     int64     `json:"takes"`
	Unseen    int64     `json:"unseen"` // takes nobody has looked at
	Usual     *Usual    `json:"usual,omitempty"`
}

// QueueFilter narrows a title's queue. Zero fields do not narrow.
type QueueFilter struct {
	Episode  int    `json:"episode,omitempty"`  // number
	Scene    string `json:"scene,omitempty"`    // id
	Operator string `json:"operator,omitempty"` // person id: shots assigned to them
	Hours    int    `json:"hours,omitempty"`    // waiting for at least so long
	Order    string `json:"order,omitempty" enum:",age,script"`
}

// ReviewQueue lists the shots of a title that wait for a pick, the longest waiting first or in the order of the script.
func (s *Studio) ReviewQueue(ctx context.Context, by Actor, titleID string, f QueueFilter, p Page) (List[QueueRow], error) {
	return List[QueueRow]{}, errors.New("seam")
}

// Queues lists the titles on which shots wait for the actor's pick, newest title first.
func (s *Studio) Queues(ctx context.Context, by Actor, p Page) (List[Queue], error) {
	return List[Queue]{}, errors.New("seam")
}
