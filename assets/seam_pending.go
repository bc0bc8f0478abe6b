package assets

import (
	"time"

	"chouka/assets/genmeta"
)

// Task is what a video service's request and answer say.
type Task struct {
	Service                    string
	Result                     genmeta.Result
	ID, Status, Word           string
	ErrorCode, ErrorText       string
	Cost                       struct{ Amount, Unit string }
	Created, Started, Finished time.Time
	Outputs                    []struct {
		URL, Name string
		Expires   time.Time
	}
	Refs []struct{ Role, Name string }
}

// ReadTask reads a service's JSON.
func ReadTask(request, answer []byte) Task { return Task{} }
