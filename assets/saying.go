package assets

import "chouka/assets/genmeta"

// Saying is what a file says about how it was made.
type Saying = genmeta.Result

// ReaderVersion grows whenever files are read better, so that what an older reader filled in can be told.
const ReaderVersion = genmeta.ReaderVersion

// Hint is what is known about a file besides its bytes; it only ever chooses between outputs of one graph.
type Hint = genmeta.Hint

// ReadText reads a copied text card.
func ReadText(s string) Saying { return genmeta.ReadText(s) }

// ReadBeside reads a file that lies beside a generated one: JSON, XMP or text.
func ReadBeside(name string, b []byte) Saying { return genmeta.ReadBeside(name, b) }

// Redact cuts the queries of addresses in a text, because they may hold keys.
func Redact(s string) string { return genmeta.Redact(s) }

// Task is what a video service's request and answer say about one attempt.
type Task = genmeta.Task

// ReadTask reads a service's request and its answer as they are; either may be empty.
func ReadTask(request, answer []byte) Task { return genmeta.ReadTask(request, answer) }
