package assets

import "chouka/assets/genmeta"

// Saying is what a file says about how it was made.
type Saying = genmeta.Result

// ReaderVersion is the version of the reader that Metadata reads with.
const ReaderVersion = genmeta.ReaderVersion
