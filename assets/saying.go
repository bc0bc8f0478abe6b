package assets

import "chouka/assets/genmeta"

// Saying is what a file says about how it was made.
type Saying = genmeta.Result
